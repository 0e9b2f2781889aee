using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Kubernetes.Watching;
using Xunit;

namespace GitOpsPolicy.Kubernetes.Tests.Live;

/// <summary>Watching a real API server while kubectl changes things.</summary>
[Collection(ClusterTests.Name)]
public sealed class WatchTests(ClusterFixture cluster)
{
    private static readonly ResourceType ConfigMaps = new("", "v1", "configmaps", "ConfigMap", IsNamespaced: true);

    [ClusterFact]
    public async Task What_kubectl_does_is_told_in_order()
    {
        var ns = await cluster.NewNamespaceAsync();
        await cluster.KubectlAsync("create", "configmap", "a", "-n", ns, "--from-literal=x=1");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);

        var told = new List<string>();
        await foreach (var happened in cluster.Client.FollowAsync(
            ConfigMaps, new() { Namespace = ns, FieldSelector = "metadata.name!=kube-root-ca.crt" }, patience.Token))
        {
            told.Add(happened switch
            {
                WatchEvent.Listed(var node) => $"listed {new ObjectMetadata(node).Name} {node.At("/kind")}",
                WatchEvent.Added(var node) => $"added {new ObjectMetadata(node).Name} {node.At("/kind")}",
                WatchEvent.Modified(var node) => $"modified {new ObjectMetadata(node).Name} {node.At("/data/x")}",
                WatchEvent.Deleted(var node) => $"deleted {new ObjectMetadata(node).Name} {node.At("/data/x")}",
                _ => happened.GetType().Name,
            });
            if (happened is WatchEvent.Synced)
            {
                await cluster.KubectlAsync("create", "configmap", "b", "-n", ns);
                await cluster.KubectlAsync("patch", "configmap", "a", "-n", ns, "-p", """{"data":{"x":"2"}}""");
                await cluster.KubectlAsync("delete", "configmap", "a", "-n", ns);
            }

            if (happened is WatchEvent.Deleted) break;
        }

        Assert.Equal(["Listing", "listed a ConfigMap", "Synced", "added b ConfigMap", "modified a 2", "deleted a 2"], told);
    }

    [ClusterTheory]
    [InlineData(ListExpiry.GoOn, "0-9 10-19 20-24")]
    [InlineData(ListExpiry.StartOver, "0-9 over 0-9 10-19 20-24")]
    public async Task A_list_whose_state_the_server_forgot_goes_on_or_starts_over(ListExpiry expiry, string expected)
    {
        if (cluster.Cluster is not AssetCluster assets) return; // only there do tests have the server's memory
        // later ones keep states apart from etcd
        if (int.Parse((await cluster.Client.GetVersionAsync(default)).Split('.')[1]) >= 31) return;
        var ns = await cluster.NewNamespaceAsync();
        for (var i = 0; i < 25; i++)
            await cluster.Client.CreateAsync(
                ConfigMaps, ns, Sample.Object($$"""{metadata: {name: "m{{i:00}}"} }"""), null, default);
        using var client = new KubernetesClient(cluster.Connection, new() { PageSize = 10 });

        var seen = new List<string>();
        var states = new HashSet<string>();
        var selection = new Selection { Namespace = ns, FieldSelector = "metadata.name!=kube-root-ca.crt" };
        await foreach (var page in client.ListPagesAsync(ConfigMaps, selection, expiry, default))
        {
            var numbers = page.Items().Select(static item => int.Parse(new ObjectMetadata(item.Object!).Name[1..])).ToList();
            states.Add(page.ResourceVersion);
            if (page.StartsOver) seen.Add("over");
            seen.Add($"{numbers[0]}-{numbers[^1]}");
            if (seen.Count != 1) continue;
            await cluster.NewNamespaceAsync(); // the list's state is the past from now on
            await assets.ForgetHistoryAsync();
        }

        Assert.Equal(expected, string.Join(' ', seen));
        Assert.Equal(2, states.Count);
    }

    [ClusterFact]
    public async Task The_server_ends_a_watch_when_its_time_is_over()
    {
        var ns = await cluster.NewNamespaceAsync();
        var count = 0;
        await foreach (var _ in cluster.Client.WatchAsync(
            ConfigMaps, new() { Namespace = ns, FieldSelector = "metadata.name=nobody" }, "", TimeSpan.FromSeconds(1), default))
            count++;
        Assert.InRange(count, 0, 1); // a bookmark perhaps
    }

    [ClusterFact]
    public async Task A_watch_from_an_old_state_tells_what_happened_since()
    {
        var ns = await cluster.NewNamespaceAsync();
        var selection = new Selection { Namespace = ns, FieldSelector = "metadata.name!=kube-root-ca.crt" };
        var from = "";
        await foreach (var page in cluster.Client.ListPagesAsync(ConfigMaps, selection, ListExpiry.StartOver, default))
            from = page.ResourceVersion;
        foreach (var name in (string[])["a", "b"])
            await cluster.Client.CreateAsync(ConfigMaps, ns, Sample.Object($"{{metadata: {{name: {name}}}}}"), null, default);

        var names = new List<string>();
        await foreach (var happened in cluster.Client.WatchAsync(ConfigMaps, selection, from, TimeSpan.FromSeconds(30), default))
        {
            if (happened is WatchEvent.Added(var node)) names.Add(new ObjectMetadata(node).Name);
            if (names.Count == 2) break;
        }

        Assert.Equal(["a", "b"], names);
    }
}
