using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Crash;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Running;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Faults;
using GitOpsPolicy.Reconciler.Units;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Running;

/// <summary>A unit goes to a commit only when those that it depends on are there, where they follow the same branch.</summary>
public sealed class DependenciesTests
{
    [Fact]
    public async Task Of_the_same_branch_a_unit_has_to_have_applied_the_commit_first()
    {
        await using var bench = await Bench.StartAsync();
        using var client = bench.Server.ClientOf(bench.NewProcess());
        var engine = EngineOf(bench, client, EngineParts.UnitOf("base"), DependentOn("base"));
        Push(bench, "base", "r1");
        Push(bench, "shop", "r1");
        Assert.Equal(UnitPhase.Synced, (await PassAsync(engine, "base")).Status.Phase);
        Assert.Equal((UnitPhase.Synced, "r1"), PhaseOf(await PassAsync(engine, "shop")));

        Push(bench, "shop", "r2");
        bench.Server.Cluster.Edit("kubectl-edit", Revision.Map(1), static live => live["data"]!["revision"] = "by hand");
        var waiting = await PassAsync(engine, "shop");
        Assert.Equal(
            (UnitPhase.Progressing, "r1", "r2", true),
            (waiting.Status.Phase, waiting.Status.Applied, waiting.Status.Attempted, waiting.IsWaitingForOthers));
        Assert.Equal("r2 waits until default/base has applied it, which is at r1", waiting.Status.Message);
        Assert.Equal("r1", RevisionOf(bench)); // what drifts meanwhile is put back

        Push(bench, "base", "r2");
        await PassAsync(engine, "base");
        Assert.Equal((UnitPhase.Synced, "r2"), PhaseOf(await PassAsync(engine, "shop")));
        Assert.Equal("r2", RevisionOf(bench));
    }

    [Fact]
    public async Task A_unit_that_was_never_applied_waits_the_same()
    {
        await using var bench = await Bench.StartAsync();
        using var client = bench.Server.ClientOf(bench.NewProcess());
        var engine = EngineOf(bench, client, EngineParts.UnitOf("base"), DependentOn("base"));
        Push(bench, "base", "r1");
        Push(bench, "shop", "r2");
        await PassAsync(engine, "base");
        Assert.Equal((UnitPhase.Progressing, null), PhaseOf(await PassAsync(engine, "shop")));
        Assert.Null(bench.Server.Cluster.Find(Revision.Map(1)));
    }

    [Theory]
    [InlineData("file:///elsewhere", "refs/heads/main")]
    [InlineData("file:///revisions", "refs/heads/base")]
    public async Task Of_another_repository_or_branch_it_is_enough_that_a_unit_is_in_sync(string url, string followed)
    {
        await using var bench = await Bench.StartAsync();
        using var client = bench.Server.ClientOf(bench.NewProcess());
        var other = EngineParts.UnitOf("base");
        var engine = EngineOf(
            bench, client, other with { Source = other.Source with { Url = url, Ref = followed } }, DependentOn("base"));
        Push(bench, "base", "r1");
        Push(bench, "shop", "r2");
        await PassAsync(engine, "base");
        Assert.Equal((UnitPhase.Synced, "r2"), PhaseOf(await PassAsync(engine, "shop")));
    }

    private static ReconcileEngine EngineOf(Bench bench, KubernetesClient client, params Unit[] units)
    {
        var services = EngineParts.Services(client, new FolderRevisions(bench.Folder), NoWatch.Instance, Fence.None);
        var engine = new ReconcileEngine(services, new(), new(), TextWriter.Null);
        foreach (var unit in units) engine.Put(unit);
        return engine;
    }

    private static Unit DependentOn(string name) => EngineParts.UnitOf("shop") with { DependsOn = [new("default", name)] };

    private static void Push(Bench bench, string unit, string commit) => Revision.Push(
        bench.Folder, bench.Log, commit, Revision.Maps(int.Parse(commit[1..]), 1, 2, unit), unit);

    // Passes until the unit is at rest or waits for others.
    private static async Task<PassResult> PassAsync(ReconcileEngine engine, string unit)
    {
        for (var i = 0; ; i++)
        {
            var result = (await engine.RunOnceAsync(new("default", unit), default))!;
            if (result.Again is null || result.IsWaitingForOthers) return result;
            Assert.True(i < 12, result.Status.Message);
        }
    }

    private static (UnitPhase, string?) PhaseOf(PassResult result) => (result.Status.Phase, result.Status.Applied);

    private static string? RevisionOf(Bench bench) => (string?)bench.Server.Cluster.Find(Revision.Map(1))!["data"]!["revision"];
}
