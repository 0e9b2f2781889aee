namespace GitOpsPolicy.Evaluation;

/// <summary>Whether what Git says is known as it is now.</summary>
public enum SourceState
{
    /// <summary>It was read just now.</summary>
    Current,

    /// <summary>It was read some time ago and could not be since, or it went back to an older revision.</summary>
    Stale,

    /// <summary>It could not be read or rendered.</summary>
    Unknown,
}

/// <summary>What is going on around a drift, which only a host can know. By itself nothing is.</summary>
public sealed record DriftContext
{
    /// <summary>Nothing special is going on.</summary>
    public static DriftContext None { get; } = new();

    /// <summary>How well what Git says is known.</summary>
    public SourceState Source { get; init; }

    /// <summary>The time it is, by which the freeze windows of the configuration are open or not. Null: none is.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>A freeze window is open, one that the configuration does not know: nothing is changed that can wait.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Somebody has broken the glass over this scope: what is done by hand there is meant.</summary>
    public bool IsBreakGlass { get; init; }

    /// <summary>What Git says violates the rules.</summary>
    public bool IsGitForbidden { get; init; }

    /// <summary>It has been told for longer than it may go undecided.</summary>
    public bool IsOverdue { get; init; }
}
