using System.Diagnostics;
using System.Globalization;
using GitOpsPolicy.Reconciler.Tests.Model;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>Two processes whose clocks differ: by an hour, or in how fast they go. Who leads is decided by neither.</summary>
public sealed class SkewedClockTests(ITestOutputHelper output)
{
    private const double Lease = 2;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("GITOPS_POLICY_LONG") is { Length: > 0 };

    private static readonly int Rounds = IsLong ? 20 : 1;

    /// <summary>Clocks as the library writes them, and whether they go at another rate.</summary>
    public static TheoryData<string, bool> Clocks =>
        IsLong ? new() { { "+1h", false }, { "-1h", false }, { "+0 x2.0", true } } : new() { { "-1h", false } };

    [NeedsFakeTimeTheory]
    [MemberData(nameof(Clocks))]
    public async Task A_leader_that_was_stopped_writes_nothing_though_clocks_differ(string clock, bool isRate)
    {
        var chance = new Random(4);
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", Revision.Maps(1, 1, 30));
        await using var skewed = EngineProcess.Start(bench, "shop", FakeTime.Of(clock, isRate), $"lease={Lease}", "tell=clock");
        await skewed.UntilAsync(static line => line.StartsWith("pass shop Synced", StringComparison.Ordinal));
        await AssertSkewedAsync(skewed, clock, isRate);
        await using var right = EngineProcess.Start(bench, $"lease={Lease}");
        await right.UntilAsync(static line => line == "ready");
        // whoever would think a Lease over by the clock on the wall takes it now
        await Task.Delay(TimeSpan.FromSeconds(Lease), TimeProvider.System);
        Assert.DoesNotContain(right.Told, static line => line.StartsWith("leads", StringComparison.Ordinal));
        var ((leader, other), stoppedAmongWrites) = ((skewed, right), 0);
        bench.SlowDown(TimeSpan.FromMilliseconds(20));
        for (var round = 2; round < Rounds + 2; round++)
        {
            bench.Push($"r{round}", Revision.Maps(round, 1 + (round % 3), 30));
            await Task.Delay(chance.Next(50, 500), CancellationToken.None);
            leader.Stop();
            bench.Log.Mark($"{leader.Name} is stopped");
            stoppedAmongWrites += bench.Log.All
                .LastOrDefault(operation => operation.Actor == leader.Name && operation.IsWrite && !operation.IsLease)?.Key.Name
                .StartsWith("shop", StringComparison.Ordinal) == true
                ? 1
                : 0;
            await other.UntilAsync(line => line.StartsWith("pass shop Synced", StringComparison.Ordinal)
                && line.Contains($" r{round} ", StringComparison.Ordinal));
            bench.Push($"q{round}", Revision.Maps(1000 + round, 2 + (round % 3), 30));
            bench.Log.Mark($"{leader.Name} wakes up");
            leader.Continue();
            await other.UntilAsync(line => line.Contains($" q{round} ", StringComparison.Ordinal)
                && line.StartsWith("pass shop Synced", StringComparison.Ordinal));
            (leader, other) = (other, leader);
            await Task.Delay(TimeSpan.FromSeconds(Lease * 0.7), TimeProvider.System);
        }

        output.WriteLine($"{clock}: {stoppedAmongWrites} of {Rounds} leaders were stopped among their writes");
        bench.Log.Settled();
        bench.AssertGood(bench.Model with { Lease = "default/lead" });
        Assert.Contains(right.Told, static line => line.StartsWith("leads", StringComparison.Ordinal));
    }

    // A library that does not take hold would show nothing.
    private static async Task AssertSkewedAsync(EngineProcess skewed, string clock, bool isRate)
    {
        var (first, at) = (Last(skewed), Stopwatch.StartNew());
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        var (last, took) = (Last(skewed), at.Elapsed);
        if (isRate) Assert.InRange((last.Went - first.Went) / took.TotalMilliseconds, 1.5, 2.6);
        else
            Assert.InRange(
                Math.Abs((DateTimeOffset.FromUnixTimeMilliseconds(last.Wall) - TimeProvider.System.GetUtcNow()).TotalMinutes), 59,
                61);
        Assert.True(
            isRate || (last.Went - first.Went) / took.TotalMilliseconds is > 0.5 and < 1.6,
            $"{clock}: seconds are not what they were");
    }

    private static (long Wall, double Went) Last(EngineProcess process)
    {
        var line = process.Told.Last(static line => line.StartsWith("clock", StringComparison.Ordinal)).Split(' ');
        return (long.Parse(line[1], CultureInfo.InvariantCulture), double.Parse(line[2], CultureInfo.InvariantCulture));
    }
}

/// <summary>Debian's library that tells processes another time.</summary>
internal static class FakeTime
{
    private static readonly string[] Places = [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
        "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
        "/usr/lib64/faketime/libfaketimeMT.so.1"
    ];

    /// <summary>Where it is; null where it is not.</summary>
    public static string? Library { get; } = Array.Find(Places, File.Exists);

    /// <summary>What a process is started with.</summary>
    /// <param name="clock">Its time, as the library takes it.</param>
    /// <param name="isRate">Seconds are to be others as well; else only the clock on the wall.</param>
    public static IEnumerable<(string Name, string Value)> Of(string clock, bool isRate) =>
        [
            ("LD_PRELOAD", Library!), ("FAKETIME", clock), ("FAKETIME_DONT_FAKE_MONOTONIC", isRate ? "0" : "1"),
            ("FAKETIME_NO_CACHE", "1")
        ];
}

/// <summary>Skipped where the library is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsFakeTimeTheoryAttribute : TheoryAttribute
{
    public NeedsFakeTimeTheoryAttribute() =>
        Skip = FakeTime.Library is null ? "Needs libfaketime (apt-get install faketime)." : null;
}
