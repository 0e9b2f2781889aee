using System.Text.RegularExpressions;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>The pages whose reader has a cluster of their own, to play with.</summary>
public sealed partial class ReconcilePagesTests
{
    // The reader's has a controller that lets go of claims which no Pod uses.
    private static readonly ClusterRequest Playground = new() { ApiServerFlags = ["--disable-admission-plugins=StorageObjectInUseProtection"] };

    private static string Guide => Repository.PathOf("docs", "guides", "reconcile.md");

    [ClusterFact]
    public async Task The_guide_can_be_followed_from_its_start_to_its_end()
    {
        if (ClusterProviders.Available is not { TakesFlags: true } provider) return;
        await using var cluster = await provider.StartAsync(Playground);
        await Story.FollowAsync(Guide, ShellWith(cluster));
    }

    [ClusterFact]
    public async Task The_quick_start_of_the_README_comes_to_what_it_shows()
    {
        if (ClusterProviders.Available is not { TakesFlags: true } provider) return;
        await using var cluster = await provider.StartAsync(Playground);
        var start = QuickStart().Match(await File.ReadAllTextAsync(Repository.PathOf("README.md")));
        using var folder = await TemporaryRepository.CreateAsync();
        var ran = await Transcript.TypeAsync(start.Groups["typed"].Value, folder.Folder, ShellWith(cluster));
        Assert.True(Transcript.Matches($"…\n{start.Groups["shown"].Value}", ran.Out), ran.ToString());
        Assert.Contains("default/shop: synced: ", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_guide_is_a_story_that_needs_a_cluster() => Assert.True(Story.IsOne(Guide) && Story.NeedsCluster(Guide));

    private static string ShellWith(TestCluster cluster) => $"export KUBECONFIG='{cluster.KubeConfig}' PATH='{Path.GetDirectoryName(cluster.Kubectl)}':\"$PATH\"";

    [GeneratedRegex("(?s)## Reconcile a cluster\n.*?```sh\n(?<typed>.*?)```\n.*?```\n(?<shown>.*?)```", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex QuickStart();
}
