using System.Diagnostics;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary><c>gitops-policy reconcile</c> while it runs.</summary>
[Collection(ReconciledClusterTests.Name)]
public sealed class ReconcileDaemonTests(ClusterFixture cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [ClusterFact]
    public async Task Commits_and_drift_are_followed_until_a_signal_ends_it()
    {
        // Objects are read anew much too seldom for that: what changes is heard of.
        using var shop = await Shop.OpenAsync(cluster, "drift: { interval: 1h }");
        using var engine = RunningBinary.Start(shop.Folder, [], shop.Arguments);
        await engine.SaysAsync("/shop: synced: ");
        Assert.Equal("blue", await shop.ColourAsync());

        await shop.KubectlAsync("patch", "configmap", "colours", "--type=merge", "-p", """{"data":{"sky":"green"}}""");
        await BecomesAsync(shop, "blue");
        await shop.CommitColourAsync("red");
        await BecomesAsync(shop, "red");

        Assert.Equal(0, await engine.TerminateAsync());
    }

    private static async Task BecomesAsync(Shop shop, string colour)
    {
        var begun = Stopwatch.GetTimestamp();
        while (await shop.ColourAsync() != colour)
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, $"it did not become {colour}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }
}
