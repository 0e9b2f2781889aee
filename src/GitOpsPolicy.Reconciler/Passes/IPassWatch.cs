using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>The steps of a pass, in their order.</summary>
public enum PassPoint
{
    /// <summary>It begins.</summary>
    Begun,

    /// <summary>What is kept of the unit was read.</summary>
    StateRead,

    /// <summary>Git was asked.</summary>
    Fetched,

    /// <summary>Files became objects.</summary>
    Rendered,

    /// <summary>What lives was read.</summary>
    LiveRead,

    /// <summary>The rules have judged.</summary>
    Judged,

    /// <summary>It is known what is done.</summary>
    Planned,

    /// <summary>The inventory is about to be written ahead.</summary>
    InventoryAnnouncing,

    /// <summary>The inventory was written ahead.</summary>
    InventoryAnnounced,

    /// <summary>An object is about to be written.</summary>
    Writing,

    /// <summary>An object was written.</summary>
    Written,

    /// <summary>A wave is written.</summary>
    WaveWritten,

    /// <summary>A wave is ready.</summary>
    WaveReady,

    /// <summary>An object is about to be deleted.</summary>
    Pruning,

    /// <summary>An object was deleted.</summary>
    Pruned,

    /// <summary>What is kept of the unit is about to be written.</summary>
    StateWriting,

    /// <summary>What is kept of the unit was written.</summary>
    StateWritten,

    /// <summary>It ends.</summary>
    Ended,
}

/// <summary>Follows a pass step by step.</summary>
public interface IPassWatch
{
    /// <summary>A step has been reached.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="point">The step.</param>
    /// <param name="subject">The object it is about; null for none.</param>
    void At(UnitKey unit, PassPoint point, string? subject = null);
}

/// <summary>Follows nothing.</summary>
public sealed class NoWatch : IPassWatch
{
    /// <summary>The one there is.</summary>
    public static NoWatch Instance { get; } = new();

    /// <inheritdoc/>
    public void At(UnitKey unit, PassPoint point, string? subject = null)
    {
    }
}
