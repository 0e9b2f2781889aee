using System.Diagnostics;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>Several processes of the engine, as the chart starts them: one leads, and another takes over.</summary>
[Collection(ChartClusterTests.Name)]
public sealed class ReconcileLeadersTests(ChartCluster cluster)
{
    // The Lease runs out after 15 seconds, and is looked at every 2 to 4; the rest is for a busy machine.
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(15 + 4 + 20);

    [ChartFact]
    public async Task When_the_leader_is_killed_another_takes_over_and_nothing_is_lost()
    {
        using var bench = await ChartBench.OpenAsync(cluster, "one");
        await bench.AccountAsync("deployer", "[get, list, watch, create, patch, delete]");
        await bench.UnitAsync("web", "serviceAccount: deployer");
        await bench.UnitAsync("left", "serviceAccount: deployer");
        var first = bench.Start("reconciler-a");
        await first.SaysAsync("this process leads");
        await bench.UntilAsync("web", "synced");
        var second = bench.Start("reconciler-b");
        await second.SaysAsync("judging by");

        // Something is to be written at that moment, and something by hand has to be put back afterwards.
        await bench.CommitAsync("web", "two");
        await first.KillAsync();
        var killed = Stopwatch.GetTimestamp();
        await bench.KubectlAsync("patch", "configmap", "left", "--type=merge", "-p", """{"data":{"a":"by-hand"}}""");
        await second.SaysAsync("this process leads");
        Assert.InRange(Stopwatch.GetElapsedTime(killed), TimeSpan.Zero, LongestGap);
        await bench.UntilAsync(
            async () => (await bench.LivesAsync("web"), await bench.LivesAsync("left")) == ("two", "one"),
            "everything is as Git says");
        await bench.UntilAsync("web", "synced");
        Assert.StartsWith("reconciler-b_", await bench.HolderAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await second.TerminateAsync());
    }

    [ChartFact]
    public async Task A_leader_that_is_asked_to_end_gives_the_lead_up_at_once()
    {
        using var bench = await ChartBench.OpenAsync(cluster, "one");
        await bench.AccountAsync("deployer", "[get, list, watch, create, patch, delete]");
        await bench.UnitAsync("web", "serviceAccount: deployer");
        var first = bench.Start("reconciler-a");
        await first.SaysAsync("this process leads");
        var second = bench.Start("reconciler-b");
        await second.SaysAsync("judging by");
        await bench.UntilAsync("web", "synced");
        Assert.StartsWith("reconciler-a_", await bench.HolderAsync(), StringComparison.Ordinal);

        Assert.Equal(0, await first.TerminateAsync());
        Assert.DoesNotContain("reconciler-a_", await bench.HolderAsync(), StringComparison.Ordinal);
        await second.SaysAsync("this process leads");
        await bench.CommitAsync("web", "two");
        await bench.UntilAsync(async () => await bench.LivesAsync("web") == "two", "the second goes on");
        Assert.Equal(0, await second.TerminateAsync());
    }

    [ChartFact]
    public async Task Shards_of_the_chart_each_reconcile_their_part_and_leave_the_other_alone()
    {
        string[] names = ["a", "b", "c", "search", "stock", "g"];   // three in each shard
        using var bench = await ChartBench.OpenAsync(cluster, "one");
        var chart = await ChartCluster.RenderAsync("reconciler.shards=2");
        await cluster.GrantAsync(chart);
        try
        {
            await bench.AccountAsync("deployer", "[get, list, watch, create, patch, delete]");
            foreach (var name in names) await bench.UnitAsync(name, "serviceAccount: deployer");
            RunningBinary[] shards = [bench.Start("reconciler-1", chart, 0), bench.Start("reconciler-2", chart, 1)];
            foreach (var name in names) await bench.UntilAsync(name, "synced");
            var parts = shards
                .Select(
                    shard => names.Where(name => shard.Rest().Contains($"shop/{name}: synced", StringComparison.Ordinal))
                        .ToList())
                .ToList();
            Assert.All(parts, Assert.NotEmpty);
            Assert.Equal(
                names.Order(StringComparer.Ordinal), parts.SelectMany(static part => part).Order(StringComparer.Ordinal));

            // What one has is nobody's while it is down, and waits for it.
            await shards[0].KillAsync();
            foreach (var name in names) await bench.CommitAsync(name, "two");
            foreach (var name in parts[1])
                await bench.UntilAsync(async () => await bench.LivesAsync(name) == "two", $"{name} is followed");
            foreach (var name in parts[0]) Assert.Equal("one", await bench.LivesAsync(name));
            bench.Start("reconciler-3", chart, 0);
            foreach (var name in parts[0])
                await bench.UntilAsync(async () => await bench.LivesAsync(name) == "two", $"{name} is followed again");
        }
        finally
        {
            await cluster.GrantAsync(cluster.Chart);
        }
    }
}
