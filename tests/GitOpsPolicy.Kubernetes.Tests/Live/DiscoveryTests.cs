using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.Kubernetes.Tests.Live;

/// <summary>What a real API server serves, beside kubectl.</summary>
[Collection(ClusterTests.Name)]
public sealed class DiscoveryTests(ClusterFixture cluster)
{
    [ClusterFact]
    public async Task The_catalog_holds_what_kubectl_lists()
    {
        var catalog = await cluster.Client.Discovery.RefreshAsync(default);
        var ours = catalog.Types.Where(static type => type.Verbs.Contains("list"))
            .Select(static type => type.ToString()).Distinct().Order(StringComparer.Ordinal);
        var theirs = (await cluster.KubectlAsync("api-resources", "--verbs=list", "-o", "name", "--cached=false")).Split(
            '\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours);
    }

    [ClusterTheory]
    [InlineData("po", "", "v1", "Pod", true)]
    [InlineData("deployment", "apps", "v1", "Deployment", true)]
    [InlineData("deployments.apps", "apps", "v1", "Deployment", true)]
    [InlineData("Namespace", "", "v1", "Namespace", false)]
    [InlineData("leases.coordination.k8s.io", "coordination.k8s.io", "v1", "Lease", true)]
    public async Task A_word_means_what_it_means_to_kubectl(
        string word, string group, string version, string kind, bool namespaced)
    {
        var type = await cluster.Client.Discovery.NamedAsync(word, default);
        Assert.Equal((group, version, kind, namespaced), (type?.Group, type?.Version, type?.Kind, type?.IsNamespaced));
        Assert.Equal(type, await cluster.Client.Discovery.FindAsync(group, kind, version, default));
    }

    [ClusterFact]
    public async Task Subresources_and_verbs_are_known()
    {
        var pods = await cluster.Client.Discovery.FindAsync("", "Pod", null, default);
        Assert.Contains("status", pods!.Subresources);
        Assert.Contains("deletecollection", pods.Verbs);
    }

    [ClusterFact]
    public async Task A_definition_made_meanwhile_is_found()
    {
        var time = new Fakes.ImpatientTime();
        using var client = new KubernetesClient(cluster.Connection, new() { Time = time });
        Assert.Null(await client.Discovery.FindAsync("example.test", "Shop", null, default));
        await cluster.TryKubectlAsync("""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: shops.example.test}
            spec:
              group: example.test
              scope: Namespaced
              names: {plural: shops, singular: shop, kind: Shop, shortNames: [sh]}
              versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
            """, "create", "-f", "-");
        await cluster.KubectlAsync("wait", "--for=condition=Established", "crd/shops.example.test", "--timeout=60s");

        ResourceType? shop = null;
        for (var tries = 0; shop is null && tries < 300; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            time.Pass(TimeSpan.FromSeconds(6)); // a catalog just read is not read again
            shop = await client.Discovery.FindAsync("example.test", "Shop", null, default);
        }

        Assert.Equal("shops.example.test", shop?.ToString());
        Assert.Equal(shop, await client.Discovery.NamedAsync("sh", default));
    }
}
