using System.Text.Json.Nodes;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Model;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Tests.Inputs;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>
/// What becomes of a unit whose repository is another one, or none any more: it is held at what it had, and drift from that is
/// told.
/// </summary>
public sealed class GitExchangeTests
{
    private static readonly List<JsonObject> Applied = Revision.Maps(1, 1, 4);
    private static readonly List<JsonObject> Foreign = Revision.Maps(2, 3, 4); // some are gone

    private static readonly Dictionary<string, Func<GitBench, TemporaryFolder, GitSource>> Exchanges = new(StringComparer.Ordinal)
    {
        ["another repository at its address"] = static (bench, other) =>
        {
            bench.Origin.Run("sh", "-c", "rm -rf .git * && cp -r \"$0\"/. .", other.Path);
            return bench.Bench.Unit.Source;
        },
        ["the address of another repository"] = static (bench, other) => bench.Bench.Unit.Source with { Url = other.Path },
        ["no repository at its address"] = static (bench, _) =>
        {
            bench.Origin.Run("rm", "-rf", ".git");
            return bench.Bench.Unit.Source;
        },
        ["the address of a file"] = static (bench, _) =>
        {
            return bench.Bench.Unit.Source with { Url = bench.Origin.At("shop/all.yaml") };
        },
        ["the address of nothing"] = static (bench, _) => bench.Bench.Unit.Source with { Url = "/no/such/repository" },
        ["an empty repository"] = static (bench, other) =>
        {
            other.Git("init", "-q", "--bare", "empty");
            return bench.Bench.Unit.Source with { Url = other.At("empty") };
        },
    };

    [Theory]
    [InlineData("another repository at its address")]
    [InlineData("the address of another repository")]
    public async Task An_unrelated_repository_is_held_until_somebody_agrees(string what)
    {
        var status = await HeldAsync(what);

        Assert.Equal(UnitPhase.Held, status.Phase);
        Assert.Equal("rewrite", Assert.Single(status.Approvals).Subject);
        Assert.Contains("which does not come after the commit that is applied", status.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no repository at its address", "there is no repository at the address")]
    [InlineData("the address of a file", "there is no such folder")]
    [InlineData("the address of nothing", "/no/such/repository: there is no such folder")]
    [InlineData("an empty repository", "/empty: the repository is empty: push a first commit")]
    public async Task A_repository_that_is_not_to_be_had_is_told_by_its_address(string what, string message)
    {
        var status = await HeldAsync(what);

        Assert.Equal((UnitPhase.Failed, "fetch"), (status.Phase, status.Trouble?.Stage));
        Assert.StartsWith("fetch: /", status.Message, StringComparison.Ordinal);
        Assert.EndsWith(message, status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_drifted_while_the_repository_was_away_is_brought_back_once_it_is_there_again()
    {
        await using var bench = await GitBench.StartAsync(Applied);
        using var engine = bench.Process();
        await engine.SettleAsync();
        bench.Origin.Run("mv", ".git", "away");
        bench.Bench.Server.Cluster.Edit("kubectl-edit", Revision.Map(1), ByHand);
        Assert.Equal(UnitPhase.Failed, (await engine.PassAsync()).Status.Phase);
        bench.Origin.Run("mv", "away", ".git");

        Assert.Equal(UnitPhase.Synced, (await engine.SettleAsync()).Status.Phase);
        Assert.True(Revisions.Holds(bench.Bench.Server.Cluster.Find(Revision.Map(1)), Applied[0]));
    }

    // By the process that saw it, and by one more that shares its mirrors and remembers nothing of the unit.
    private static async Task<UnitStatus> HeldAsync(string what)
    {
        await using var bench = await GitBench.StartAsync(Applied);
        using (var engine = bench.Process()) await engine.SettleAsync();
        using var other = new TemporaryFolder();
        other.Write("shop/all.yaml", string.Join("\n---\n", Foreign.Select(static one => one.ToJsonString()))).Commit();
        var unit = bench.Bench.Unit with { Source = Exchanges[what](bench, other) };
        bench.Bench.Server.Cluster.Edit("kubectl-edit", Revision.Map(1), ByHand);
        var before = bench.Bench.Log.Count;
        UnitStatus? status = null;
        foreach (var process in (InProcess[])[bench.Process(unit: unit), bench.Process(unit: unit)])
            using (process)
            {
                status = (await process.PassAsync()).Status;
                var drift = Assert.Single(status.Drift);
                Assert.Equal(("ConfigMap default/shop-001", "alert", "kubectl-edit"), (drift.Resource, drift.Class, drift.Manager));
            }

        Assert.DoesNotContain(
            bench.Bench.Log.All.Skip(before), static one => one is { IsWrite: true, Key.Name: not "reconciliation-shop" });
        return status!;
    }

    private static void ByHand(JsonObject live) => live["data"]!["revision"] = "by hand";
}
