using System.Text.Json.Nodes;
using GitOpsPolicy.Reconciler.Status;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>What a cluster makes of what Git says, as soon as that is applied, is told and not written again and again.</summary>
public sealed class UnkeptTests
{
    [Fact]
    public async Task What_a_webhook_writes_otherwise_is_told_and_not_fought_for()
    {
        await using var bench = await AppliedAsync("1", static data => data["revision"] = "theirs");
        var before = Writes(bench);
        using var engine = bench.Process();
        for (var i = 0; i < 3; i++) await HeldAsync(engine);
        using var next = bench.Process();
        await HeldAsync(next);
        Assert.Equal(before, Writes(bench));
        Assert.Equal(2, bench.Log.All.Count(static one => one.IsDryRun)); // one of each process

        async Task HeldAsync(InProcess process)
        {
            var result = await process.PassAsync();
            var drift = Assert.Single(result.Status.Drift);
            Assert.Equal((UnitPhase.Held, "alert", false), (result.Status.Phase, drift.Class, drift.IsFight));
            Assert.Contains("the cluster writes that as soon as what Git says is applied", drift.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(0)]
    public async Task What_is_empty_in_Git_and_filled_in_by_the_cluster_is_no_drift_and_noted(object empty)
    {
        await using var bench = await AppliedAsync(empty, static data => data["revision"] = "default");
        var before = Writes(bench);
        using var engine = bench.Process();
        await engine.PassAsync();
        var result = await engine.PassAsync();
        Assert.Equal((UnitPhase.Synced, 0), (result.Status.Phase, result.Status.Drift.Length));
        Assert.Equal(
            "ConfigMap default/shop-001: what Git says at `/data/revision` (objects/all.yaml:1:111) is empty, and the cluster puts its own there: leave it out of Git",
            Assert.Single(result.Status.Notes));
        Assert.Equal(before, Writes(bench));
    }

    [Fact]
    public async Task What_a_webhook_adds_each_time_it_is_taken_away_is_taken_away_once()
    {
        await using var bench = await AppliedAsync("1", static data => data["injected"] = "sidecar");
        bench.Server.Cluster.Edit("injector", Revision.Map(1), static live => live["data"]!["injected"] = "sidecar");
        using var engine = bench.Process();
        for (var i = 0; i < 8; i++) await engine.PassAsync();
        var result = await engine.PassAsync();
        Assert.Equal((UnitPhase.Held, false), (result.Status.Phase, Assert.Single(result.Status.Drift).IsFight));
        Assert.InRange(result.Status.History.Sum(static pass => pass.Corrected), 0, 1);
    }

    [Fact]
    public async Task What_somebody_changed_in_the_name_of_the_engine_is_put_back()
    {
        await using var bench = await AppliedAsync("1", null);
        bench.Server.Cluster.Edit("gitops-policy", Revision.Map(1), static live => live["data"]!["revision"] = "by hand");
        using var engine = bench.Process();
        var result = await engine.SettleAsync();
        Assert.Equal((UnitPhase.Synced, 0), (result.Status.Phase, result.Status.Notes.Length));
        Assert.Equal("1", (string?)bench.Server.Cluster.Find(Revision.Map(1))!["data"]!["revision"]);
    }

    private static int Writes(Bench bench) => bench.Log.All.Count(static one => one.IsWrite && one.Key == Revision.Map(1));

    private static async Task<Bench> AppliedAsync(object revision, Action<JsonObject>? mutation)
    {
        var bench = await Bench.StartAsync();
        if (mutation is not null)
            bench.Server.Cluster.Mutation = (_, live) =>
            {
                if ((string?)live["metadata"]!["name"] == "shop-001") mutation((JsonObject)live["data"]!);
            };
        var map = Revision.Maps(1, 1, 1)[0];
        map["data"]!["revision"] = revision is int number ? number : (string)revision;
        bench.Push("r1", map);
        using var first = bench.Process();
        await first.SettleAsync();
        return bench;
    }
}
