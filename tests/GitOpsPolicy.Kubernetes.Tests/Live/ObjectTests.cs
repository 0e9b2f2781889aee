using System.Text.Json.Nodes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.Kubernetes.Tests.Live;

/// <summary>Reading and writing objects of a real API server, beside kubectl.</summary>
[Collection(ClusterTests.Name)]
public sealed class ObjectTests(ClusterFixture cluster)
{
    private static readonly ResourceType ConfigMaps = new("", "v1", "configmaps", "ConfigMap", IsNamespaced: true);
    private static readonly ResourceType Deployments = new("apps", "v1", "deployments", "Deployment", IsNamespaced: true);

    [ClusterFact]
    public async Task An_object_reads_as_kubectl_shows_it()
    {
        var ns = await cluster.NewNamespaceAsync();
        await cluster.Client.CreateAsync(ConfigMaps, ns, Map("a", "x: \"1\", y: \"ä\\n</script>\""), null, default);

        var ours = await cluster.Client.GetAsync(new(ConfigMaps, ns, "a"), default);
        var theirs = await cluster.KubectlAsync("get", "configmap", "a", "-n", ns, "-o", "json", "--show-managed-fields");
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(NodeWriter.ToJson(ours)), JsonNode.Parse(theirs)), NodeWriter.ToJson(ours));
    }

    [ClusterFact]
    public async Task A_list_of_many_pages_holds_what_kubectl_lists()
    {
        var ns = await cluster.NewNamespaceAsync();
        await Task.WhenAll(Enumerable.Range(
            0, 25).Select(i => cluster.Client.CreateAsync(ConfigMaps, ns, Map($"m{i:00}", $"n: \"{i}\""), null, default)));
        using var small = new KubernetesClient(cluster.Connection, new() { PageSize = 10 });

        var listed = new List<MappingNode>();
        await foreach (var item in small.ListAsync(
            ConfigMaps, new() { Namespace = ns, FieldSelector = "metadata.name!=kube-root-ca.crt" }, default))
            listed.Add(item.Object!);

        var theirs = JsonNode.Parse(await cluster.KubectlAsync(
            "get", "configmaps", "-n", ns, "-o", "json", "--show-managed-fields",
            "--field-selector=metadata.name!=kube-root-ca.crt"))!["items"]!.AsArray();
        Assert.Equal(25, theirs.Count);
        Assert.True(JsonNode.DeepEquals(
            new JsonArray([.. listed.Select(static node => JsonNode.Parse(NodeWriter.ToJson(node)))]), theirs));
        Assert.Equal("ConfigMap", listed[0].At("/kind")); // the list leaves it out, as kubectl's raw answer shows
    }

    [ClusterFact]
    public async Task Labels_select()
    {
        var ns = await cluster.NewNamespaceAsync();
        await cluster.Client.CreateAsync(
            ConfigMaps, ns, Sample.Object("{metadata: {name: red, labels: {color: red} } }"), null, default);
        await cluster.Client.CreateAsync(
            ConfigMaps, ns, Sample.Object("{metadata: {name: blue, labels: {color: blue} } }"), null, default);

        var names = new List<string>();
        await foreach (var item in cluster.Client.ListAsync(
            ConfigMaps, new() { Namespace = ns, LabelSelector = "color in (red, green)" }, default))
            names.Add(new ObjectMetadata(item.Object!).Name);
        Assert.Equal(["red"], names);
    }

    [ClusterFact]
    public async Task An_object_that_is_not_there_is_null_and_a_type_that_is_not_there_is_an_error()
    {
        var ns = await cluster.NewNamespaceAsync();
        Assert.Null(await cluster.Client.FindAsync(new(ConfigMaps, ns, "nobody"), default));

        var e = await Assert.ThrowsAsync<KubernetesException>(() => cluster.Client.FindAsync(
            new(ConfigMaps with { Plural = "unheardof" }, ns, "x"), default));
        Assert.True(e.Failure.IsNotFound);
    }

    [ClusterFact]
    public async Task What_is_there_already_is_not_created()
    {
        var ns = await cluster.NewNamespaceAsync();
        await cluster.Client.CreateAsync(ConfigMaps, ns, Map("a", "x: \"1\""), null, default);

        var e = await Assert.ThrowsAsync<KubernetesException>(() => cluster.Client.CreateAsync(
            ConfigMaps, ns, Map("a", "x: \"2\""), null, default));
        Assert.True(e.Failure.IsAlreadyExists);
    }

    [ClusterFact]
    public async Task An_update_of_an_older_state_is_a_conflict()
    {
        var ns = await cluster.NewNamespaceAsync();
        var address = new ObjectAddress(ConfigMaps, ns, "a");
        var first = (await cluster.Client.CreateAsync(ConfigMaps, ns, Map("a", "x: \"1\""), null, default)).Object;
        await cluster.KubectlAsync("patch", "configmap", "a", "-n", ns, "-p", """{"data":{"x":"2"}}""");

        var e = await Assert.ThrowsAsync<KubernetesException>(() => cluster.Client.UpdateAsync(address, first, null, default));
        Assert.True(e.Failure is { IsConflict: true, IsAlreadyExists: false });
    }

    [ClusterTheory]
    [InlineData(PatchForm.Merge, """{"data":{"x":null,"y":"2"}}""")]
    [InlineData(PatchForm.Json, """[{"op":"remove","path":"/data/x"},{"op":"add","path":"/data/y","value":"2"}]""")]
    [InlineData(PatchForm.Strategic, """{"data":{"x":null,"y":"2"}}""")]
    public async Task A_patch_changes_parts_in_each_form(PatchForm form, string patch)
    {
        var ns = await cluster.NewNamespaceAsync();
        await cluster.Client.CreateAsync(ConfigMaps, ns, Map("a", "x: \"1\", z: \"3\""), null, default);

        var node = ((SequenceNode)Sample.Object($"{{p: [{patch}]}}")["p"]!)[0];
        var written = await cluster.Client.PatchAsync(new(ConfigMaps, ns, "a"), form, Detached(node), null, default);
        Assert.Equal("""{"y":"2","z":"3"}""", Canonical(written.Object["data"]!));
    }

    [ClusterFact]
    public async Task A_dry_run_changes_nothing()
    {
        var ns = await cluster.NewNamespaceAsync();
        var written = await cluster.Client.CreateAsync(ConfigMaps, ns, Map("a", "x: \"1\""), new() { DryRun = true }, default);
        Assert.NotEqual("", new ObjectMetadata(written.Object).Uid);
        Assert.Null(await cluster.Client.FindAsync(new(ConfigMaps, ns, "a"), default));
    }

    [ClusterFact]
    public async Task Fields_that_kubectl_applied_are_conflicts_with_its_name_until_forced()
    {
        var ns = await cluster.NewNamespaceAsync();
        await cluster.TryKubectlAsync(Web(replicas: 1, "nginx:1"), "apply", "--server-side", "-n", ns, "-f", "-");
        var address = new ObjectAddress(Deployments, ns, "web");
        var options = new ApplyOptions { FieldManager = "gitops-policy" };

        var refused = Assert.IsType<Applied.Refused>(await cluster.Client.ApplyAsync(
            address, Sample.Object(Web(replicas: 3, "nginx:2")), options, default));
        Assert.Equal(
            [".spec.replicas", ".spec.template.spec.containers[name=\"web\"].image"],
            refused.Conflicts.Select(static conflict => conflict.Field).Order(StringComparer.Ordinal));
        Assert.All(refused.Conflicts, static conflict => Assert.Equal("kubectl", conflict.Manager));

        var (code, _, error) = await cluster.TryKubectlAsync(
            Web(replicas: 3, "nginx:2"), "apply", "--server-side", "--field-manager=other", "-n", ns, "-f", "-");
        Assert.Equal(1, code);
        Assert.All(refused.Conflicts, conflict => Assert.Contains(conflict.Field, error, StringComparison.Ordinal));

        var done = Assert.IsType<Applied.Done>(await cluster.Client.ApplyAsync(
            address, Sample.Object(Web(replicas: 3, "nginx:2")), options with { Force = true }, default));
        Assert.Equal("3", done.Result.Object.At("/spec/replicas"));
        Assert.False(done.Result.WasCreated);
    }

    [ClusterFact]
    public async Task Applying_what_is_not_there_creates_it_and_applying_it_again_changes_nothing()
    {
        var ns = await cluster.NewNamespaceAsync();
        var address = new ObjectAddress(Deployments, ns, "web");
        var options = new ApplyOptions { FieldManager = "gitops-policy" };

        var first = Assert.IsType<Applied.Done>(await cluster.Client.ApplyAsync(
            address, Sample.Object(Web(1, "nginx:1")), options, default));
        var second = Assert.IsType<Applied.Done>(await cluster.Client.ApplyAsync(
            address, Sample.Object(Web(1, "nginx:1")), options, default));
        Assert.True(first.Result.WasCreated);
        Assert.Equal(
            new ObjectMetadata(first.Result.Object).ResourceVersion, new ObjectMetadata(second.Result.Object).ResourceVersion);
    }

    [ClusterFact]
    public async Task An_apply_that_the_server_finds_invalid_names_the_field()
    {
        // a server out of the bare library validates nothing
        if (await cluster.Client.Discovery.FindAsync("events.k8s.io", "Event", "v1", default) is null) return;
        var ns = await cluster.NewNamespaceAsync();
        var bad = Sample.Object(Web(-1, "nginx:1"));
        var e = await Assert.ThrowsAsync<KubernetesException>(() => cluster.Client.ApplyAsync(
            new(Deployments, ns, "web"), bad, new() { FieldManager = "gitops-policy" }, default));
        Assert.Equal((422, "Invalid"), (e.Failure.Code, e.Failure.Reason));
        Assert.Contains(e.Failure.Causes, static cause => cause is { Field: "spec.replicas", Reason: "FieldValueInvalid" });
    }

    [ClusterFact]
    public async Task Subresources_are_read_and_written_apart()
    {
        var ns = await cluster.NewNamespaceAsync();
        await cluster.Client.CreateAsync(Deployments, ns, Sample.Object(Web(1, "nginx:1")), null, default);
        var scale = new ObjectAddress(Deployments, ns, "web") { Subresource = "scale" };

        var written = await cluster.Client.PatchAsync(
            scale, PatchForm.Merge, Sample.Object("{spec: {replicas: 4} }"), null, default);
        Assert.Equal("Scale", written.Object.At("/kind"));
        Assert.Equal("4", await cluster.KubectlAsync("get", "deployment", "web", "-n", ns, "-o", "jsonpath={.spec.replicas}"));
    }

    [ClusterFact]
    public async Task A_delete_holds_to_its_preconditions()
    {
        var ns = await cluster.NewNamespaceAsync();
        var address = new ObjectAddress(ConfigMaps, ns, "a");
        var metadata = new ObjectMetadata(
            (await cluster.Client.CreateAsync(ConfigMaps, ns, Map("a", "x: \"1\""), null, default)).Object);

        var other = await Assert.ThrowsAsync<KubernetesException>(() => cluster.Client.DeleteAsync(
            address, new() { Uid = "00000000-0000-0000-0000-000000000000" }, default));
        var older = await Assert.ThrowsAsync<KubernetesException>(() => cluster.Client.DeleteAsync(
            address, new() { ResourceVersion = "1" }, default));
        Assert.True(other.Failure.IsConflict && older.Failure.IsConflict);
        Assert.True(await cluster.Client.DeleteAsync(
            address, new() { Uid = metadata.Uid, ResourceVersion = metadata.ResourceVersion }, default));
        Assert.Null(await cluster.Client.FindAsync(address, default));
    }

    [ClusterFact]
    public async Task A_delete_that_waits_for_a_finalizer_says_that_it_is_not_done()
    {
        var ns = await cluster.NewNamespaceAsync();
        await cluster.Client.CreateAsync(
            ConfigMaps, ns, Sample.Object("{metadata: {name: a, finalizers: [example.test/hold]} }"), null, default);
        var address = new ObjectAddress(ConfigMaps, ns, "a");

        Assert.False(await cluster.Client.DeleteAsync(address, new() { Propagation = Propagation.Background }, default));
        Assert.True(new ObjectMetadata(await cluster.Client.GetAsync(address, default)).IsDeleting);
        await cluster.Client.PatchAsync(
            address, PatchForm.Merge, Sample.Object("{metadata: {finalizers: null} }"), null, default);
        Assert.Null(await cluster.Client.FindAsync(address, default));
    }

    [ClusterFact]
    public async Task A_collection_is_deleted_in_one_namespace_alone()
    {
        var (here, there) = (await cluster.NewNamespaceAsync(), await cluster.NewNamespaceAsync());
        foreach (var ns in (string[])[here, there])
            await cluster.Client.CreateAsync(ConfigMaps, ns, Map("a", "x: \"1\""), null, default);

        await cluster.Client.DeleteCollectionAsync(ConfigMaps, new() { Namespace = here }, null, default);

        Assert.Null(await cluster.Client.FindAsync(new(ConfigMaps, here, "a"), default));
        Assert.NotNull(await cluster.Client.FindAsync(new(ConfigMaps, there, "a"), default));
        await Assert.ThrowsAsync<ArgumentException>(() => cluster.Client.DeleteCollectionAsync(
            ConfigMaps, Selection.All, null, default));
    }

    private static MappingNode Map(string name, string data) =>
        Sample.Object($$"""{metadata: {name: "{{name}}"}, data: { {{data}} } }""");

    private static string Web(int replicas, string image) => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: {{replicas}}
          selector: {matchLabels: {app: web} }
          template:
            metadata: {labels: {app: web} }
            spec: {containers: [{name: web, image: "{{image}}"}]}
        """;

    private static Node Detached(Node node) => ((SequenceNode)Sample.Object($"{{p: [{NodeWriter.ToJson(node)}]}}")["p"]!)[0];

    private static string Canonical(Node node)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        NodeWriter.WriteCanonicalJson(node, output);
        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
