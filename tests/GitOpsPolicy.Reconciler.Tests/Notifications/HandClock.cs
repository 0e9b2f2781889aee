using GitOpsPolicy.Reconciler.Tests.Status;

namespace GitOpsPolicy.Reconciler.Tests.Notifications;

/// <summary>A clock that is moved by hand; waits are over at once, and remembered.</summary>
internal sealed class HandClock : TimeProvider
{
    private long ticks;

    public List<TimeSpan> Waits { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public override DateTimeOffset GetUtcNow() => Statuses.Now + TimeSpan.FromTicks(GetTimestamp());

    public void Pass(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (Waits) Waits.Add(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
