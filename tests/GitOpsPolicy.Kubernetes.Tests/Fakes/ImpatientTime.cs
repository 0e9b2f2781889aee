namespace GitOpsPolicy.Kubernetes.Tests.Fakes;

/// <summary>
/// A clock on which every wait passes at once, though it is counted: for what happens after waits, and how long they would be.
/// </summary>
internal sealed class ImpatientTime : TimeProvider
{
    private long ticks;

    /// <summary>The waits that were asked for, in order.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() =>
        new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero) + TimeSpan.FromTicks(Interlocked.Read(ref ticks));

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // Timeouts of requests are no waits: they run on the real clock.
        if (dueTime >= TimeSpan.FromSeconds(30)) return System.CreateTimer(callback, state, dueTime, period);
        lock (Waits) Waits.Add(dueTime);
        Pass(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
