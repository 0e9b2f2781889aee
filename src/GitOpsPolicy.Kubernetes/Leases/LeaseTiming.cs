namespace GitOpsPolicy.Kubernetes.Leases;

/// <summary>The times of an election. The defaults are client-go's.</summary>
public sealed record LeaseTiming
{
    /// <summary>How long others leave a leader alone that they hear nothing of. Whole seconds: the Lease keeps no less.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a leader goes on without having renewed; shorter than <see cref="Duration"/>, so that it stops before others
    /// start.
    /// </summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often everybody tries.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>A leader's time in office.</summary>
public sealed class LeaderTerm
{
    private readonly TimeProvider time;
    private readonly TimeSpan limit;
    private long asked;

    /// <param name="time">The clock.</param>
    /// <param name="limit">How long a renewal is good for.</param>
    /// <param name="number">The term's number.</param>
    /// <param name="asked">When the Lease was asked for: others count from its arrival, which is later.</param>
    internal LeaderTerm(TimeProvider time, TimeSpan limit, int number, long asked) =>
        (this.time, this.limit, Number, this.asked) = (time, limit, number, asked);

    /// <summary>Counts the changes of leader: a later leader has a higher number.</summary>
    public int Number { get; }

    /// <summary>
    /// Nobody else leads for certain. A process that was frozen finds this false when it wakes, before it is told; ask before
    /// anything that cannot be undone. It is no fence: writes need preconditions of their own.
    /// </summary>
    public bool IsCertain => Left > TimeSpan.Zero;

    internal TimeSpan Left => limit - time.GetElapsedTime(Interlocked.Read(ref asked));

    /// <summary>Goes on as long as a later term of the same leader.</summary>
    internal void Renew(LeaderTerm later) => Interlocked.Exchange(ref asked, Interlocked.Read(ref later.asked));
}
