using System.Collections.Immutable;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Status;

/// <summary>A unit's status has changed.</summary>
/// <param name="Unit">Which unit.</param>
/// <param name="Before">What was known; null for a unit that is new.</param>
/// <param name="Now">What is known; null for a unit that is gone.</param>
public sealed record StatusChange(UnitKey Unit, UnitStatus? Before, UnitStatus? Now);

/// <summary>
/// What is known of every unit at the moment. The passes put it here; the dashboard, metrics and notices read it.
/// </summary>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class StatusBoard
{
    private readonly Lock writing = new();
    private ImmutableArray<Action<StatusChange>> listeners = [];
    private volatile ImmutableSortedDictionary<UnitKey, UnitStatus> units = ImmutableSortedDictionary.Create<UnitKey, UnitStatus>(
        new ByName());

    /// <summary>How many units there are.</summary>
    public int Count => units.Count;

    /// <summary>All units as they are now, by namespace and name.</summary>
    public ImmutableArray<UnitStatus> Snapshot() => [.. units.Values];

    /// <summary>What is known of a unit; null when there is none of that name.</summary>
    public UnitStatus? Find(UnitKey unit) => units.GetValueOrDefault(unit);

    /// <summary>
    /// Tells a listener of every change from now on: one after the other, in their order, on the thread that made the change. It
    /// returns quickly and throws nothing.
    /// </summary>
    /// <returns>Ends it.</returns>
    public IDisposable Listen(Action<StatusChange> listener)
    {
        lock (writing) listeners = listeners.Add(listener);
        return new Listening(this, listener);
    }

    /// <summary>Tells what is known of a unit from now on.</summary>
    public void Put(UnitStatus status)
    {
        lock (writing)
        {
            var before = Find(status.Unit);
            units = units.SetItem(status.Unit, status);
            Tell(new(status.Unit, before, status));
        }
    }

    /// <summary>Forgets a unit; nothing happens when there is none of that name.</summary>
    public void Remove(UnitKey unit)
    {
        lock (writing)
        {
            if (Find(unit) is not { } before) return;
            units = units.Remove(unit);
            Tell(new(unit, before, null));
        }
    }

    private void Tell(StatusChange change)
    {
        foreach (var listener in listeners) listener(change);
    }

    private sealed class Listening(StatusBoard board, Action<StatusChange> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (board.writing) board.listeners = board.listeners.Remove(listener);
        }
    }

    private sealed class ByName : IComparer<UnitKey>
    {
        public int Compare(UnitKey? x, UnitKey? y) =>
            string.CompareOrdinal(x!.Namespace, y!.Namespace) is var order and not 0
                ? order
                : string.CompareOrdinal(x.Name, y.Name);
    }
}
