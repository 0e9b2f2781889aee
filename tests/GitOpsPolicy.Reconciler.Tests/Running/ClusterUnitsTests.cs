using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Reconciler.Running;
using GitOpsPolicy.Reconciler.Status;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Running;

/// <summary>Units of a real cluster, from the resource to its status.</summary>
[Collection(Fakes.ClusterTests.Name)]
public sealed class ClusterUnitsTests(ClusterFixture cluster)
{
    [ClusterFact]
    public async Task A_unit_is_reconciled_and_its_status_says_so_once()
    {
        var bench = await UnitBench.OpenAsync(cluster);
        Assert.Equal("", await bench.ApplyAsync("web"));
        await using var process = bench.Start();

        await bench.UntilAsync(async () => await bench.FieldAsync("web", ".status.phase") == "synced", "the unit is in sync");
        Assert.Equal("b", await bench.KubectlAsync("get", "configmap", "web", "-o", "jsonpath={.data.a}"));
        await bench.KubectlAsync("wait", "--for=condition=Ready", "reconciliation/web", "--timeout=10s");
        Assert.Equal(
            "1 1 1 0",
            await bench.FieldAsync(
                "web", ".status.observedGeneration} {.metadata.generation} {.status.objects} {.status.drift.freeze"));

        // Passes go on, and find nothing new: nothing is written, and what is written wakes nobody.
        var (version, looks) = (await bench.FieldAsync("web", ".metadata.resourceVersion"), process.Desired.Looks["web"]);
        await bench.UntilAsync(() => Task.FromResult(process.Desired.Looks["web"] >= looks + 3), "three more passes");
        Assert.Equal(version, await bench.FieldAsync("web", ".metadata.resourceVersion"));
        Assert.InRange(looks, 1, 6);
    }

    [ClusterFact]
    public async Task A_unit_that_cannot_be_understood_is_told_what_is_wrong_and_nothing_of_it_is_touched()
    {
        var bench = await UnitBench.OpenAsync(cluster);
        await bench.ApplyAsync("web");
        await using var process = bench.Start();
        await bench.UntilAsync(async () => await bench.FieldAsync("web", ".status.phase") == "synced", "the unit is in sync");

        Assert.Equal("", await bench.ApplyAsync("web", "{source: {url: \"https://git.test/x\", branch: main, tag: v1}}"));
        await bench.UntilAsync(async () => await bench.FieldAsync("web", ".status.phase") == "failed", "the unit is refused");
        Assert.Contains(
            "`branch` and `tag` do not go together", await bench.FieldAsync("web", ".status.message"), StringComparison.Ordinal);
        Assert.Equal(
            "2 True",
            await bench.FieldAsync("web", ".status.observedGeneration} {.status.conditions[?(@.type==\"Stalled\")].status"));
        await bench.KubectlAsync("delete", "configmap", "web");
        var looks = process.Desired.Looks["web"];
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        Assert.Equal(looks, process.Desired.Looks["web"]);

        await bench.ApplyAsync("web");
        await bench.UntilAsync(
            async () => await bench.FieldAsync("web", ".status.phase") == "synced", "the unit is in order again");
    }

    // What was owned below a mapping that is applied no more stays as null with servers before 1.21, which then refuse it.
    [ClusterFact]
    public async Task A_unit_that_is_no_longer_suspended_says_so()
    {
        var bench = await UnitBench.OpenAsync(cluster);
        await bench.ApplyAsync("web");
        await bench.KubectlAsync(
            "patch", "reconciliation", "web", "--type=merge", "-p", """{"spec":{"suspend":{"by":"kim","reason":"a look"}}}""");
        await using var process = bench.Start();
        await bench.UntilAsync(
            async () => await bench.FieldAsync("web", ".status.paused.by") == "kim", "the unit is suspended");

        await bench.KubectlAsync("patch", "reconciliation", "web", "--type=merge", "-p", """{"spec":{"suspend":null}}""");
        await bench.UntilAsync(async () => await bench.FieldAsync("web", ".status.phase") == "synced", "the unit is at work");
        Assert.Equal("", await bench.FieldAsync("web", ".status.paused"));
    }

    [ClusterFact]
    public async Task A_unit_that_is_deleted_leaves_its_objects()
    {
        var bench = await UnitBench.OpenAsync(cluster);
        await bench.ApplyAsync("web");
        await using var process = bench.Start();
        await bench.UntilAsync(async () => await bench.FieldAsync("web", ".status.phase") == "synced", "the unit is in sync");

        await bench.KubectlAsync("delete", "reconciliation", "web");
        await bench.UntilAsync(() => Task.FromResult(process.Board.Count == 0), "the unit is let go");
        Assert.Contains($"{bench.Namespace}/web: gone: its objects stay", process.Log.ToString(), StringComparison.Ordinal);
        Assert.Equal("b", await bench.KubectlAsync("get", "configmap", "web", "-o", "jsonpath={.data.a}"));
    }

    [ClusterTheory]
    [InlineData("{source: {}}", "url")]
    [InlineData("{source: {url: \"https://git.test/x\", interval: soon}}", "interval")]
    [InlineData("{source: {url: \"https://git.test/x\"}, prune: {maxPercent: 101}}", "maxPercent")]
    [InlineData("{source: {url: \"https://git.test/x\"}, render: {tool: jsonnet}}", "tool")]
    [InlineData("{source: {url: \"https://git.test/x\"}, suspend: {by: kim}}", "reason")]
    [InlineData("{source: {url: \"https://git.test/x\", secretref: {name: a}}}", "secretref")]
    public async Task The_server_refuses_what_can_be_seen_to_be_wrong(string spec, string field)
    {
        var bench = await UnitBench.OpenAsync(cluster);
        Assert.Contains(field, await bench.ApplyAsync("web", spec), StringComparison.Ordinal);
    }

    [ClusterFact]
    public async Task One_of_two_processes_writes_and_the_other_shows_what_it_knows_and_takes_over_when_the_lead_is_lost()
    {
        var bench = await UnitBench.OpenAsync(cluster);
        await bench.ApplyAsync("web");
        await using var first = bench.Start("first");
        await bench.UntilAsync(async () => await bench.FieldAsync("web", ".status.phase") == "synced", "the unit is in sync");
        await using var second = bench.Start("second");
        await bench.UntilAsync(
            () => Task.FromResult(second.Board.Find(new(bench.Namespace, "web")) is { Phase: UnitPhase.Synced }),
            "the second shows the unit");
        Assert.True(first.Duty.Leads && !second.Duty.Leads && second.Desired.Looks.IsEmpty, "only the first works");

        await bench.KubectlAsync(
            "patch", "lease", "reconcile", "--type=merge", "-p", """{"spec":{"holderIdentity":"","leaseTransitions":9}}""");
        UnitBench.Process? leader = null;
        await bench.UntilAsync(
            () => Task.FromResult(
                (leader = new[] { first, second }.FirstOrDefault(static process => process.Log.ToString()
                    .Contains("term 10", StringComparison.Ordinal))) is not null), "one leads anew");
        var looks = leader!.Desired.Looks.GetValueOrDefault("web");
        await bench.UntilAsync(
            () => Task.FromResult(leader.Desired.Looks.GetValueOrDefault("web") > looks + 1), "the leader works");
    }

    [ClusterFact]
    public async Task Shards_share_the_units_and_each_shows_them_all()
    {
        var bench = await UnitBench.OpenAsync(cluster);
        UnitShard[] shards = [new(1, 2), new(2, 2)];

        // Which shard has a unit hangs on the namespace too, which is another one each time.
        var names = shards
            .SelectMany(
                shard => Enumerable.Range(0, 100).Select(static i => $"u{i:00}")
                    .Where(name => shard.Has(new(bench.Namespace, name)))
                    .Take(3))
            .Order(StringComparer.Ordinal)
            .ToArray();
        foreach (var name in names) await bench.ApplyAsync(name);
        await using var one = bench.Start(shard: shards[0]);
        await using var two = bench.Start(shard: shards[1]);
        await bench.UntilAsync(
            () => Task.FromResult(new[] { one, two }.All(process =>
                process.Board.Snapshot()
                    .Count(static unit => unit.Phase == UnitPhase.Synced) == names.Length)), "both show all units in sync");
        Assert.Equal(3, one.Desired.Looks.Count);
        Assert.Equal(names, one.Desired.Looks.Keys.Concat(two.Desired.Looks.Keys).Order(StringComparer.Ordinal));
    }
}
