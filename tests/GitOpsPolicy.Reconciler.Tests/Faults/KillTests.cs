using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Tests.Model;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>Processes of the engine that are killed, as <c>kill -9</c> does, at each step and at any instant.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("GITOPS_POLICY_LONG") is { Length: > 0 };

    private static readonly int Objects = IsLong ? 200 : 50;

    /// <summary>
    /// The steps that change something; all of them, each several times, where <c>GITOPS_POLICY_LONG</c> is set.
    /// </summary>
    public static TheoryData<string> Steps => IsLong
        ? [
            .. from point in Enum.GetValues<PassPoint>() from time in (int[])[1, 2, 3, 10, 40, 150] where time == 1
                || point is PassPoint.Writing or PassPoint.Written
                || (time <= 3 && point is PassPoint.Pruning or PassPoint.Pruned) select $"{point}:{time}"
        ]
        : ["InventoryAnnounced:1", "Writing:20", "Written:40", "Pruning:2", "Pruned:3", "StateWriting:1"];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_process_that_is_killed_at_a_step_is_gone_on_for(string step)
    {
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", [.. Revision.Maps(1, 1, Objects), Revision.Claim()]);
        using (var first = bench.Process()) await first.SettleAsync();
        bench.Push("r2", Revision.Maps(2, 4, Objects));
        await using (var dying = EngineProcess.Start(bench, $"die={step}")) await dying.EndedAsync();
        await AssertGoesOnAsync(bench);
    }

    public static TheoryData<string> Deletions =>
        IsLong
            ? [.. from point in (string[])["Pruning", "Pruned"] from time in (int[])[1, 2, 20, 59] select $"{point}:{time}"]
            : ["Pruned:7"];

    [Theory]
    [MemberData(nameof(Deletions))]
    public async Task A_process_that_is_killed_among_deletions_that_somebody_agreed_to_is_gone_on_for(string step)
    {
        var gone = IsLong ? 60 : 10;
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", [.. Revision.Maps(1, 1, Objects), Revision.Claim()]);
        using (var first = bench.Process()) await first.SettleAsync();
        await Agreement.PushAsync(
            bench, Revision.Maps(1, gone + 1, Objects - gone),
            [
                .. Enumerable.Range(1, gone).Select(static i => Revision.Map(i)),
                new("", "PersistentVolumeClaim", "default", "data")
            ]);
        await using (var dying = EngineProcess.Start(bench, $"die={step}")) await dying.EndedAsync();
        await AssertGoesOnAsync(bench);
        Assert.Equal(
            Objects - gone,
            bench.Server.Cluster.Snapshot()
                .Count(static one => one.Key.Name.StartsWith("shop-", StringComparison.Ordinal) || one.Key.Name == "data"));
    }

    [Fact]
    public async Task Processes_that_are_killed_at_any_instant_are_gone_on_for()
    {
        var chance = new Random(20261121);
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", [.. Revision.Maps(1, 1, Objects), Revision.Claim()]);
        using (var first = bench.Process()) await first.SettleAsync();
        bench.SlowDown(TimeSpan.FromMilliseconds(8));
        for (var i = 2; i < (IsLong ? 302 : 10); i++)
        {
            bench.Push($"r{i}", Revision.Maps(i, 1 + (i % 4), Objects));
            await using var dying = EngineProcess.Start(bench, "tell=steps");
            // most instants of a short life are spent on starting
            var from = i % 4 == 0 ? "ready" : $"step shop {PassPoint.Planned}";
            await dying.UntilAsync(line => line.StartsWith(from, StringComparison.Ordinal));
            await Task.Delay(chance.Next(0, 700), CancellationToken.None);
            dying.Kill();
        }

        bench.Server.Faults.Stop();
        Assert.InRange(bench.CutOffAmongWrites, 1, int.MaxValue);
        output.WriteLine($"{bench.CutOffAmongWrites} of {bench.Engines.Count - 1} processes were killed among their writes");
        await AssertGoesOnAsync(bench);
    }

    private static async Task AssertGoesOnAsync(Bench bench)
    {
        using var next = bench.Process();
        await next.SettleAsync();
        await next.PassAsync();
        bench.Log.Settled();
        bench.Log.Quiet();
        await next.PassAsync();
        bench.AssertGood();
    }
}
