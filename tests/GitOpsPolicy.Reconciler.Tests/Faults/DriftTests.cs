using System.Diagnostics;
using GitOpsPolicy.Reconciler.Crash;
using GitOpsPolicy.Reconciler.Tests.Fakes;
using GitOpsPolicy.Reconciler.Tests.Model;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>What does not change is not written, and what somebody changes is put back soon, once.</summary>
public sealed class DriftTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    // An hour of it.
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("GITOPS_POLICY_LONG") is { Length: > 0 };

    [Fact]
    public async Task Five_hundred_passes_over_what_does_not_change_write_nothing()
    {
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", [.. Revision.Maps(1, 1, 8), Revision.Claim()]);
        using var engine = bench.Process();
        await engine.SettleAsync();
        bench.Log.Settled();
        bench.Log.Quiet();
        for (var i = 0; i < 500; i++) await engine.PassAsync();
        bench.AssertGood();
    }

    [Fact]
    public async Task A_drift_is_put_back_soon_and_by_one_write()
    {
        var unit = EngineParts.UnitOf("shop"); // so often as this test changes an object nobody is to be believed otherwise
        await using var bench = await Bench.StartAsync(
            IsLong ? unit with { Drift = unit.Drift with { MaxCorrectionsPerHour = 1000 } } : unit);
        bench.Push("r1", Revision.Maps(1, 1, 30));
        await using var running = await RunningEngine.StartAsync(bench);
        var chance = new Random(8);
        var took = new List<TimeSpan>();
        for (var i = 0; i < (IsLong ? 2800 : 24); i++)
        {
            var key = Revision.Map(1 + (i % 30));
            if (i % 5 == 4) bench.Server.Cluster.Delete("kubectl-edit", key);
            else bench.Server.Cluster.Edit("kubectl-edit", key, static live => live["data"]!["revision"] = "by hand");
            took.Add(await UntilBackAsync(bench, key));
            await Task.Delay(chance.Next(0, IsLong ? 2000 : 100), CancellationToken.None);
        }

        output.WriteLine($"{took.Count} drifts were put back within {took.Max().TotalMilliseconds:0} ms, half of them within {took.Order().ElementAt(took.Count / 2).TotalMilliseconds:0} ms");
        bench.Log.Settled();
        bench.AssertGood(bench.Model with { MaxCorrections = IsLong ? 200 : 5 });
    }

    [Theory]
    [InlineData("kubectl-edit")]
    [InlineData("kubectl-edit", "labeller")]
    public async Task A_drift_is_put_back_by_one_request_whoever_else_has_written_other_fields(params string[] writers)
    {
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", Revision.Maps(1, 1, 3));
        using var engine = bench.Process();
        await engine.SettleAsync();
        bench.Server.Cluster.Edit(writers[0], Revision.Map(2), static live => live["data"]!["revision"] = "by hand");
        foreach (var other in writers.Skip(1))
            bench.Server.Cluster.Edit(other, Revision.Map(2), static live => live["metadata"]!["labels"]!["tier"] = "back");
        var before = bench.Log.Count;
        await engine.SettleAsync();
        var asked = bench.Log.All.Skip(before).Where(static one => one.Key == Revision.Map(2) && one.Verb is not "get").ToList();
        Assert.Equal(("apply", 200), asked.Select(static one => (one.Verb, one.Code)).Single());
    }

    [Fact]
    public async Task What_drifts_while_nobody_watches_is_put_back_once_the_watch_is_there_again()
    {
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", Revision.Maps(1, 1, 10));
        await using var running = await RunningEngine.StartAsync(bench);
        bench.Server.Faults = new(1, (FaultKind.ResetBefore, 1))
        {
            Only = static request => request.Verb == "watch",
            WatchLifetime = TimeSpan.Zero,
        };
        bench.Server.CutWatches();
        bench.Server.Cluster.Edit("kubectl-edit", Revision.Map(3), static live => live["data"]!["revision"] = "by hand");
        bench.Server.Cluster.Delete("kubectl-edit", Revision.Map(4));
        bench.Server.Cluster.ForgetHistory();
        await Task.Delay(TimeSpan.FromSeconds(0.5), TimeProvider.System);
        bench.Server.Faults.Stop();
        // a watch that broke is begun again later and later
        await UntilBackAsync(bench, Revision.Map(3), TimeSpan.FromSeconds(20));
        await UntilBackAsync(bench, Revision.Map(4));
        bench.Log.Settled();
        bench.AssertGood();
    }

    [Fact]
    public async Task Somebody_who_changes_it_again_and_again_is_not_fought_for_ever()
    {
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", Revision.Maps(1, 1, 10));
        await using var running = await RunningEngine.StartAsync(bench);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(8), TimeProvider.System);
        var changes = 0;
        while (!stop.IsCancellationRequested)
        {
            if ((string?)bench.Server.Cluster.Find(Revision.Map(2))!["data"]!["revision"] == "r1")
            {
                bench.Server.Cluster.Edit("kubectl-edit", Revision.Map(2), static live => live["data"]!["revision"] = "by hand");
                changes++;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        Assert.Equal(bench.Unit.Drift.MaxCorrectionsPerHour + 1, changes);
        Assert.Contains(running.Board.Find(bench.Unit.Key)!.Drift, static drift => drift.IsFight);
        bench.AssertGood();
    }

    private static async Task<TimeSpan> UntilBackAsync(Bench bench, FakeKey key, TimeSpan? patience = null)
    {
        var begun = Stopwatch.StartNew();
        while ((string?)bench.Server.Cluster.Find(key)?["data"]?["revision"] != "r1")
        {
            Assert.True(
                begun.Elapsed < (patience ?? Soon),
                $"{key} is not put back after {begun.Elapsed.TotalSeconds:0.0} s; the last of the log:\n{string.Join('\n', bench.Log.All.TakeLast(20))}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        return begun.Elapsed;
    }
}
