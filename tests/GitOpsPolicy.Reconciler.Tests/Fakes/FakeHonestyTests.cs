using System.Runtime.CompilerServices;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Kubernetes.Watching;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Fakes;

/// <summary>The fake does as a real API server does: honesty-cases.yaml, carried out at both.</summary>
[Collection(ClusterTests.Name)]
public sealed class FakeHonestyTests(ClusterFixture real)
{
    private static readonly ResourceType ConfigMaps = new("", "v1", "configmaps", "ConfigMap", IsNamespaced: true);
    private static readonly Dictionary<string, MappingNode> Cases = Read();

    public static TheoryData<string> Names => [.. Cases.Keys];

    [ClusterTheory]
    [MemberData(nameof(Names))]
    public async Task The_fake_answers_as_a_real_server(string name)
    {
        // earlier servers did otherwise
        if (Cases[name].Integer("since") is { } since
            && int.Parse((await real.Client.GetVersionAsync(default)).Split('.')[1]) < since)
            return;
        var theirs = await new HonestyRun(real.Client, await real.NewNamespaceAsync()).RunAsync(Cases[name]);
        await using var fake = await FakeApiServer.StartAsync();
        using var client = fake.ClientOf("tester");
        var ours = await new HonestyRun(client, "default").RunAsync(Cases[name]);
        Assert.Equal(string.Join('\n', theirs), string.Join('\n', ours));
    }

    [ClusterFact]
    public async Task The_fake_lists_in_pages_as_a_real_server()
    {
        var theirs = await PagesAsync(real.Connection, await real.NewNamespaceAsync());
        await using var fake = await FakeApiServer.StartAsync();
        Assert.Equal(theirs, await PagesAsync(fake.ConnectionOf("tester"), "default"));
    }

    [ClusterFact]
    public async Task The_fake_tells_changes_as_a_real_server()
    {
        var theirs = await ChangesAsync(real.Client, await real.NewNamespaceAsync());
        await using var fake = await FakeApiServer.StartAsync();
        using var client = fake.ClientOf("tester");
        Assert.Equal(theirs, await ChangesAsync(client, "default"));
    }

    private static async Task<List<string>> PagesAsync(Kubernetes.Configuration.ClusterConnection connection, string ns)
    {
        using var client = new KubernetesClient(connection, new() { PageSize = 2 });
        foreach (var (name, label) in ((string, string)[])[("a", "x"), ("b", "y"), ("c", "x"), ("d", "x"), ("e", "y")])
            await MakeAsync(client, ns, name, label);
        var told = new List<string>();
        foreach (var labels in (string?[])["l", "l=x", "l!=x,l", "!l", "l=x,m=1"])
        {
            var selection = new Selection
            {
                Namespace = ns,
                LabelSelector = labels,
                FieldSelector = "metadata.name!=kube-root-ca.crt",
            };
            var page = new List<string>();
            await foreach (var one in client.ListPagesAsync(ConfigMaps, selection, ListExpiry.GoOn, default))
                page.Add(string.Join('+', one.Items().Select(static item => new ObjectMetadata(item.Object!).Name)));
            told.Add($"{labels}: {string.Join(" | ", page)}");
        }

        return told;
    }

    private static async Task<List<string>> ChangesAsync(KubernetesClient client, string ns)
    {
        await MakeAsync(client, ns, "a", "x");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        var told = new List<string>();
        await foreach (var happened in client.FollowAsync(
            ConfigMaps, new() { Namespace = ns, LabelSelector = "l=x" }, patience.Token))
        {
            if (Tell(happened) is { } line) told.Add(line);
            if (happened is WatchEvent.Synced) await ChangeAsync(client, ns);
            if (happened is WatchEvent.Deleted(var gone) && new ObjectMetadata(gone).Name == "z") return told;
        }

        throw new TimeoutException(string.Join('\n', told));
    }

    // In and out of the selection, changed, deleted with and without a finalizer.
    private static async Task ChangeAsync(KubernetesClient client, string ns)
    {
        await MakeAsync(client, ns, "b", "y");
        await PatchAsync(client, ns, "b", """{metadata: {labels: {l: "x"} } }""");
        await PatchAsync(client, ns, "a", """{data: {k: "2"} }""");
        await PatchAsync(client, ns, "a", """{metadata: {labels: {l: "y"} } }""");
        await PatchAsync(client, ns, "b", """{metadata: {finalizers: [a.example/x]} }""");
        await client.DeleteAsync(new(ConfigMaps, ns, "b"), null, default);
        await PatchAsync(client, ns, "b", """{metadata: {finalizers: null} }""");
        await MakeAsync(client, ns, "z", "x");
        await client.DeleteAsync(new(ConfigMaps, ns, "z"), null, default);
    }

    private static string? Tell(WatchEvent happened) => happened switch
    {
        WatchEvent.Listed(var node) => $"listed {Of(node)}",
        WatchEvent.Added(var node) => $"added {Of(node)}",
        WatchEvent.Modified(var node) => $"modified {Of(node)}",
        WatchEvent.Deleted(var node) => $"deleted {Of(node)}",
        WatchEvent.Bookmark => null, // when they come is the server's affair
        _ => happened.GetType().Name,
    };

    private static string Of(MappingNode node) =>
        $"{new ObjectMetadata(node).Name} {new ObjectMetadata(node).Label("l")} {node.At("/data/k")} {(new ObjectMetadata(node).IsDeleting ? "deleting" : "")}";

    private static Task<Written> MakeAsync(KubernetesClient client, string ns, string name, string label) =>
        client.CreateAsync(
            ConfigMaps, ns, Sample.Object($$"""{metadata: {name: {{name}}, labels: {l: "{{label}}"} }, data: {k: "1"} }"""), null,
            default);

    private static Task<Written> PatchAsync(KubernetesClient client, string ns, string name, string patch) =>
        client.PatchAsync(new(ConfigMaps, ns, name), PatchForm.Merge, Sample.Object(patch), null, default);

    private static Dictionary<string, MappingNode> Read([CallerFilePath] string thisFile = "") =>
        Sample.Object(File.ReadAllText(Path.Join(Path.GetDirectoryName(thisFile), "honesty-cases.yaml"))).Mappings("cases")
            .ToDictionary(static row => row.Text("name"), StringComparer.Ordinal);
}

/// <summary>Tests that share the one cluster.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterTests : ICollectionFixture<ClusterFixture>
{
    public const string Name = "cluster";
}
