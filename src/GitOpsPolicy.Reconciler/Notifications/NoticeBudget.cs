namespace GitOpsPolicy.Reconciler.Notifications;

/// <summary>So many notices in an hour, and no more: whoever gets a hundred at night reads none.</summary>
/// <param name="most">How many.</param>
/// <param name="clock">The time.</param>
internal sealed class NoticeBudget(int most, TimeProvider clock)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Queue<long> spent = new();

    /// <summary>Notices that were not told since the last one that was.</summary>
    public int HeldBack { get; private set; }

    /// <summary>Whether one more may be told; counts it either way.</summary>
    /// <param name="heldBack">How many were not told before this one; 0 when this one is not either.</param>
    public bool TrySpend(out int heldBack)
    {
        heldBack = 0;
        while (spent.TryPeek(out var first) && clock.GetElapsedTime(first) >= Hour) spent.Dequeue();
        if (spent.Count >= most)
        {
            HeldBack++;
            return false;
        }

        spent.Enqueue(clock.GetTimestamp());
        (heldBack, HeldBack) = (HeldBack, 0);
        return true;
    }
}
