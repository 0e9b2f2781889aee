namespace GitOpsPolicy.Reconciler.Tests.Faults.Lives;

/// <summary>Two clocks, as a machine has them: one that only goes on, and the one on the wall, which somebody may set.</summary>
internal sealed class LifeClock : TimeProvider
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    private long passed;
    private long set;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref passed);

    public override DateTimeOffset GetUtcNow() => Begin + TimeSpan.FromTicks(GetTimestamp() + Interlocked.Read(ref set));

    /// <summary>Time goes by.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref passed, time.Ticks);

    /// <summary>Somebody sets the clock on the wall, forward or back.</summary>
    public void Set(TimeSpan by) => Interlocked.Add(ref set, by.Ticks);
}
