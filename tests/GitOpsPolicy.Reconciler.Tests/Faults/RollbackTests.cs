using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Faults.Lives;
using GitOpsPolicy.Reconciler.Tests.Model;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>
/// A revision that does not get healthy is taken back, whatever becomes of the processes that do so, and nothing is deleted for
/// it.
/// </summary>
public sealed class RollbackTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20); // a failure that lasts so long is no hiccup

    public static TheoryData<PassPoint, int> Steps
    {
        get
        {
            var steps = new TheoryData<PassPoint, int>();
            foreach (var point in Enum.GetValues<PassPoint>())
                foreach (var time in point is PassPoint.Pruning or PassPoint.Pruned ? [] : (int[])[1, 2, 3])
                    steps.Add(point, time);
            return steps;
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_rollback_that_is_cut_off_is_gone_on_with(PassPoint point, int time)
    {
        await using var bench = await FailingAsync();
        var clock = new LifeClock();
        var guillotine = new Guillotine(point, time) { IsArmed = false };
        using (var dying = bench.Process(guillotine, time: clock))
        {
            await dying.PassAsync();
            clock.Pass(Long);
            guillotine.IsArmed = true;
            await CutOffAsync(dying);
        }

        using var next = bench.Process(time: clock);
        await RolledBackAsync(bench, next, clock);
        await GoesOnAsync(bench, next);
    }

    [Fact]
    public async Task The_last_good_revision_is_gone_back_to_after_two_bad_ones_in_a_row()
    {
        await using var bench = await FailingAsync();
        var clock = new LifeClock();
        using var engine = bench.Process(time: clock);
        await engine.PassAsync();
        bench.Push("r3", [.. Revision.Maps(3, 1, 3), LifeObjects.Of("w0", 3, isBad: true)]);
        await engine.PassAsync();
        bench.Push("r4", [.. Revision.Maps(4, 1, 3), LifeObjects.Of("w0", 4, isBad: true)]);
        await RolledBackAsync(bench, engine, clock);
        await GoesOnAsync(bench, engine);
    }

    [Fact]
    public async Task What_is_pushed_while_a_revision_is_taken_back_is_what_counts()
    {
        await using var bench = await FailingAsync();
        var clock = new LifeClock();
        var guillotine = new Guillotine(PassPoint.Written, 2) { IsArmed = false };
        using (var dying = bench.Process(guillotine, time: clock))
        {
            await dying.PassAsync();
            clock.Pass(Long);
            guillotine.IsArmed = true;
            await CutOffAsync(dying);
        }

        using var next = bench.Process(time: clock);
        await GoesOnAsync(bench, next);
    }

    [Fact]
    public async Task What_somebody_is_deleting_is_no_reason_to_take_a_revision_back()
    {
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", Revision.Maps(1, 1, 3));
        var clock = new LifeClock();
        using var engine = bench.Process(time: clock);
        await engine.SettleAsync();
        bench.Server.Cluster.Edit(
            "somebody", Revision.Map(2),
            static live => live["metadata"]!["finalizers"] = new System.Text.Json.Nodes.JsonArray("example.com/wait"));
        bench.Server.Cluster.Delete("somebody", Revision.Map(2));
        bench.Push("r2", Revision.Maps(2, 1, 4));
        await engine.PassAsync();
        clock.Pass(TimeSpan.FromMinutes(6));
        var status = (await engine.PassAsync()).Status;
        Assert.Equal((UnitPhase.Unhealthy, "r1", 0), (status.Phase, status.LastGood, status.Refused.Length));
        Assert.EndsWith(
            "; it is not rolled back, since somebody is deleting it, which no commit did", status.Message, StringComparison.Ordinal);
        Assert.Equal("r2", (string?)bench.Server.Cluster.Find(Revision.Map(1))!["data"]!["revision"]);
    }

    [Fact]
    public async Task The_time_in_which_a_revision_can_fail_does_not_run_while_the_cluster_refuses_it()
    {
        await using var bench = await FailingAsync();
        bench.Server.Cluster.Admission = static request => request is { Key.Name: "shop-003", Verb: "apply" }
            ? Fakes.Refusals.Of(403, "Forbidden", "no")
            : null;
        var clock = new LifeClock();
        using var engine = bench.Process(time: clock);
        Assert.Equal(UnitPhase.Blocked, (await engine.PassAsync()).Status.Phase);
        clock.Pass(TimeSpan.FromHours(2));
        bench.Server.Cluster.Admission = null;
        await RolledBackAsync(bench, engine, clock);
    }

    // r1 is good; r2 changes everything, brings a map, and its Deployment never gets ready.
    private static async Task<Bench> FailingAsync()
    {
        var bench = await Bench.StartAsync();
        bench.Server.Cluster.Controller = LifeObjects.Control;
        bench.Push("r1", [.. Revision.Maps(1, 1, 3), LifeObjects.Of("w0", 1)]);
        using (var first = bench.Process()) Assert.Equal(UnitPhase.Synced, (await first.SettleAsync()).Status.Phase);
        bench.Push("r2", [.. Revision.Maps(2, 1, 4), LifeObjects.Of("w0", 2, isBad: true)]);
        return bench;
    }

    private static async Task CutOffAsync(InProcess dying)
    {
        try
        {
            for (var i = 0; i < 4; i++) await dying.PassAsync();
        }
        catch (CutOffException)
        {
            // That is the end of that process.
        }
    }

    private static async Task RolledBackAsync(Bench bench, InProcess engine, LifeClock clock)
    {
        var result = await engine.PassAsync();
        for (var i = 0; i < 8 && result.Status is not { Phase: UnitPhase.RolledBack, Unhealthy.IsEmpty: true }; i++)
        {
            clock.Pass(Long);
            result = await engine.PassAsync();
        }

        Assert.True(result.Status.Phase == UnitPhase.RolledBack, $"{result.Status.Phase}: {result.Status.Message}");
        Assert.Equal(("r1", "r1"), (result.Status.Applied, result.Status.LastGood));
        foreach (var wanted in (System.Text.Json.Nodes.JsonObject[])[.. Revision.Maps(1, 1, 3), LifeObjects.Of("w0", 1)])
            Assert.True(
                Revisions.Holds(bench.Server.Cluster.Find(Revisions.KeyOf(wanted)), wanted),
                $"{Revisions.KeyOf(wanted)} is not as r1 says");
        Assert.DoesNotContain(bench.Log.All, static one => one is { Verb: "delete", IsDone: true });
    }

    private static async Task GoesOnAsync(Bench bench, InProcess engine)
    {
        bench.Push("good", [.. Revision.Maps(9, 1, 4), LifeObjects.Of("w0", 9)]);
        var result = await engine.SettleAsync();
        Assert.True(
            result.Status is { Phase: UnitPhase.Synced, Applied: "good" }, $"{result.Status.Phase}: {result.Status.Message}");
        await engine.PassAsync();
        bench.Log.Settled();
        bench.Log.Quiet();
        await engine.PassAsync();
        bench.AssertGood(bench.Model with { RollsBack = true });
    }
}
