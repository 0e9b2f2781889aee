using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Inventories;

/// <summary>What is kept of a unit from pass to pass, and from process to process.</summary>
/// <param name="Inventory">The objects that it has written.</param>
/// <param name="Status">What the last pass that changed something found out; null before the first.</param>
/// <param name="Version">The state of the object that keeps it; empty before the first write.</param>
public sealed record UnitState(Inventory Inventory, UnitStatus? Status, string Version)
{
    /// <summary>That of a unit of which nothing is kept.</summary>
    public static UnitState New { get; } = new(Inventory.Empty, null, "");

    /// <summary>Nothing has been kept: which objects are its own nobody knows, so that none may be deleted.</summary>
    public bool IsNew => Version.Length == 0;
}

/// <summary>What is kept of a unit cannot be read, so that nothing may be written or deleted.</summary>
public sealed class UnreadableStateException(string message) : Exception(message);

/// <summary>Somebody else has written what is kept of a unit since it was read: another process leads, or did.</summary>
public sealed class StateChangedException(string message) : Exception(message);
