using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>The pages whose reader has a cluster of their own, to play with.</summary>
public sealed class ReconcilePagesTests
{
    // The reader's has a controller that lets go of claims which no Pod uses.
    private static readonly ClusterRequest Playground = new()
    {
        ApiServerFlags = ["--disable-admission-plugins=StorageObjectInUseProtection"],
    };

    /// <summary>The heading of what a newcomer types.</summary>
    public const string QuickStart = "## Reconcile a cluster";

    public static TheoryData<string> Guides() => [.. PagesWithCluster];

    private static IEnumerable<string> PagesWithCluster =>
        Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Where(static page => Story.IsOne(page) && Story.NeedsCluster(page))
            .Select(static page => Path.GetRelativePath(Repository.Root, page))
            .Order(StringComparer.Ordinal);

    [ClusterTheory]
    [MemberData(nameof(Guides))]
    public async Task A_guide_can_be_followed_from_its_start_to_its_end(string page)
    {
        if (ClusterProviders.Available is not { TakesFlags: true } provider) return;
        await using var cluster = await provider.StartAsync(Playground);
        await Story.FollowAsync(Repository.PathOf(page), ShellWith(cluster));
    }

    [ClusterFact]
    public async Task The_quick_start_of_the_README_comes_to_what_it_shows()
    {
        if (ClusterProviders.Available is not { TakesFlags: true } provider) return;
        await using var cluster = await provider.StartAsync(Playground);
        var section = Transcript.Section(await File.ReadAllLinesAsync(Repository.PathOf("README.md")), QuickStart);
        var engine = Array.IndexOf(section, "```sh") + 1;
        var folder = Directory.CreateTempSubdirectory("gitops-policy-test-");
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "docs"), Repository.PathOf("docs"));
            await TypeAsync(section[..engine], folder.FullName, cluster);
            await LookAsync(section[engine], folder.FullName, cluster);
            await TypeAsync(section[engine..], folder.FullName, cluster);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_guides_are_stories_that_need_a_cluster() =>
        Assert.Equal(["docs/guides/argo-flux.md", "docs/guides/reconcile.md"], PagesWithCluster);

    private static async Task TypeAsync(string[] lines, string folder, TestCluster cluster)
    {
        var commands = Transcript.Of(lines).ToList();
        Assert.NotEmpty(commands);
        foreach (var (_, command, expected) in commands)
        {
            var ran = await Transcript.TypeAsync(command, folder, $"{ShellWith(cluster)} XDG_CACHE_HOME='{folder}/.cache'");
            Assert.True(Transcript.Matches(expected, ran.Out), $"`{command}` was to print\n{expected}\nbut gave {ran}");
        }
    }

    // What happened before is all on the dashboard. It gets a port of its own.
    private static async Task LookAsync(string command, string folder, TestCluster cluster)
    {
        Assert.EndsWith(" --dashboard 8090", command, StringComparison.Ordinal);
        using var engine = RunningBinary.Start(
            folder, [("KUBECONFIG", cluster.KubeConfig), ("XDG_CACHE_HOME", Path.Combine(folder, ".cache"))],
            [.. command.Split(' ')[1..^1], "127.0.0.1:0"]);
        await engine.SaysAsync("dashboard: ");
        var address = new Uri((await engine.SaysAsync("\n")).Trim());
        await engine.SaysAsync("play/web: rolledBack: ");
        using var client = new HttpClient();
        var page = await client.GetStringAsync(address);
        Assert.All(
            (string[])[
                "units need you", "Rolled back", "carts-database</code>", "1 deletion, and it holds state",
                "orders-database</code>", "Frozen", "Alert", "ConfigMap play/colours</code>", "kubectl-patch"
            ],
            words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Equal(0, await engine.TerminateAsync());
    }

    private static string ShellWith(TestCluster cluster) =>
        $"export KUBECONFIG='{cluster.KubeConfig}' PATH='{Path.GetDirectoryName(cluster.Kubectl)}':\"$PATH\"";
}
