using Xunit;

namespace GitOpsPolicy.Script.Tests.Hostile;

/// <summary>What any hostile case may take.</summary>
internal static class HostileLimits
{
    /// <summary>Allocated in all, garbage included; what is held at once is far less.</summary>
    public const long MaxBytes = 96 << 20;

    /// <summary>Processor time.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromMilliseconds(300);

    /// <summary>Runs a case and holds it against the limits.</summary>
    /// <param name="ending">How it has to end; null for any way.</param>
    /// <param name="run">Runs it and says how it ended.</param>
    /// <param name="own">Bytes that the case itself allocates to make what it tries.</param>
    public static void AssertHeld(string? ending, Func<string> run, long own)
    {
        var measured = Measure(run);

        // The time of a thread is no less noisy than the caches it shares: a second chance, never a larger limit.
        if (measured.Time > MaxTime) measured = Measure(run);
        if (ending is not null) Assert.Equal(ending, measured.Ending);
        Assert.InRange(measured.Bytes - own, long.MinValue, MaxBytes);
        Assert.InRange(measured.Time, TimeSpan.Zero, MaxTime);
    }

    private static (string Ending, TimeSpan Time, long Bytes) Measure(Func<string> run)
    {
        var (time, bytes) = (ThreadTime.IsKnown ? ThreadTime.Now : default, GC.GetAllocatedBytesForCurrentThread());
        var ending = run();
        return (ending, ThreadTime.IsKnown ? ThreadTime.Now - time : default, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }
}
