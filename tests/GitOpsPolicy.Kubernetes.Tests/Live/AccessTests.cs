using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Kubernetes.Credentials;
using GitOpsPolicy.Kubernetes.Events;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.Kubernetes.Tests.Live;

/// <summary>Who may do what on a real API server, and what it says about requests.</summary>
[Collection(ClusterTests.Name)]
public sealed class AccessTests(ClusterFixture cluster)
{
    private static readonly ResourceType ConfigMaps = new("", "v1", "configmaps", "ConfigMap", IsNamespaced: true);
    private static readonly ResourceType Secrets = new("", "v1", "secrets", "Secret", IsNamespaced: true);

    [ClusterFact]
    public async Task Somebody_unknown_is_told_so()
    {
        using var client = new KubernetesClient(cluster.Connection with { Credential = new GivenCredential { Token = "wrong" } });
        var e = await Assert.ThrowsAsync<KubernetesException>(() => client.GetVersionAsync(default));
        Assert.True(e.Failure is { IsUnauthorized: true, Reason: "Unauthorized" }, e.Message);
    }

    [ClusterFact]
    public async Task Somebody_without_the_right_is_told_which_one_is_missing()
    {
        using var client = new KubernetesClient(cluster.Connection with { Impersonation = new("jane", null, ["dev"], []) });
        var e = await Assert.ThrowsAsync<KubernetesException>(() => client.GetAsync(new(Secrets, "default", "x"), default));
        Assert.True(e.Failure.IsForbidden);
        Assert.Contains(
            """User "jane" cannot get resource "secrets" in API group "" in the namespace "default" """.TrimEnd(), e.Message,
            StringComparison.Ordinal);
    }

    [ClusterFact]
    public async Task A_client_certificate_names_its_user()
    {
        if (cluster.Cluster is not AssetCluster assets) return; // only there do tests have the authority
        var pair = assets.Authority.ForClient("bob", "system:masters");
        var credential = new GivenCredential { Certificate = PemText.InPlace(pair.Certificate), Key = PemText.InPlace(pair.Key) };
        using var client = new KubernetesClient(cluster.Connection with { Credential = credential });

        Assert.StartsWith("v1.", await client.GetVersionAsync(default), StringComparison.Ordinal);
        await client.Discovery.GetAsync(default);
        var ns = await cluster.NewNamespaceAsync();
        Assert.Null(await client.FindAsync(new(ConfigMaps, ns, "x"), default));
    }

    [ClusterFact]
    public async Task The_server_is_known_by_its_other_names_too()
    {
        using var right = new KubernetesClient(cluster.Connection with { TlsServerName = "kubernetes.default.svc" });
        using var wrong = new KubernetesClient(cluster.Connection with { TlsServerName = "example.test" });
        await right.GetVersionAsync(default);
        Assert.Equal(
            FailureStage.Securing,
            (await Assert.ThrowsAsync<KubernetesException>(() => wrong.GetVersionAsync(default))).Failure.Stage);
    }

    [ClusterFact]
    public async Task A_deprecated_version_warns()
    {
        var catalog = await cluster.Client.Discovery.GetAsync(default);
        if (catalog.Find("apiextensions.k8s.io", "CustomResourceDefinition", "v1beta1") is not { } old) return; // gone since 1.22

        var body = Sample.Object("""
            apiVersion: apiextensions.k8s.io/v1beta1
            kind: CustomResourceDefinition
            metadata: {name: olds.example.test}
            spec: {group: example.test, version: v1, scope: Namespaced, names: {plural: olds, kind: Old} }
            """);
        var written = await cluster.Client.CreateAsync(old, null, body, new() { DryRun = true }, default);
        Assert.Equal(
            "apiextensions.k8s.io/v1beta1 CustomResourceDefinition is deprecated in v1.16+, unavailable in v1.22+; use apiextensions.k8s.io/v1 CustomResourceDefinition", Assert.Single(
                written.Warnings));
    }

    [ClusterFact]
    public async Task Unknown_fields_are_warned_about_or_refused_by_servers_that_can()
    {
        var ns = await cluster.NewNamespaceAsync();
        var body = Sample.Object("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, dota: {x: '1'} }");
        var warned = await cluster.Client.CreateAsync(
            ConfigMaps, ns, body, new() { DryRun = true, FieldValidation = "Warn" }, default);
        var refused = await Record.ExceptionAsync(() => cluster.Client.CreateAsync(
            ConfigMaps, ns, body, new() { DryRun = true, FieldValidation = "Strict" }, default));
        if (int.Parse((await cluster.Client.GetVersionAsync(default)).Split('.')[1]) < 25)
        {
            Assert.Null(refused);
            return;
        }

        Assert.Equal("unknown field \"dota\"", Assert.Single(warned.Warnings));
        Assert.Contains("unknown field \"dota\"", Assert.IsType<KubernetesException>(refused).Message, StringComparison.Ordinal);
    }

    [ClusterFact]
    public async Task What_happened_to_an_object_is_seen_with_kubectl()
    {
        // a server out of the bare library
        if (await cluster.Client.Discovery.FindAsync("events.k8s.io", "Event", "v1", default) is null) return;
        var ns = await cluster.NewNamespaceAsync();
        var made = await cluster.Client.CreateAsync(
            ConfigMaps, ns, Sample.Object("{apiVersion: v1, kind: ConfigMap, metadata: {name: a} }"), null, default);
        var events = new ClusterEvents(cluster.Client, "gitops-policy.dev/test", "pod-1");

        Assert.Null(await events.WriteAsync(
            made.Object, new("RulesRejected", "Reload", "line\n" + new string('ä', 2000)) { IsWarning = true }, default));

        var seen = await cluster.KubectlAsync(
            "get", "events.v1.events.k8s.io", "-n", ns, "-o",
            "jsonpath={.items[*].type} {.items[*].reason} {.items[*].regarding.kind}/{.items[*].regarding.name} {.items[*].note}");
        Assert.StartsWith("Warning RulesRejected ConfigMap/a line\\u000Aää", seen, StringComparison.Ordinal);
        Assert.EndsWith("ä…", seen, StringComparison.Ordinal);
    }

    [ClusterFact]
    public async Task What_happened_to_an_object_outside_of_namespaces_is_taken_by_every_server()
    {
        // a server out of the bare library
        if (await cluster.Client.Discovery.FindAsync("events.k8s.io", "Event", "v1", default) is null) return;
        var ns = await cluster.NewNamespaceAsync();
        var made = await cluster.Client.GetAsync(
            new(new("", "v1", "namespaces", "Namespace", IsNamespaced: false), null, ns), default);
        Assert.Null(await new ClusterEvents(cluster.Client, "gitops-policy.dev/test", "pod-1").WriteAsync(
            made, new("BreakGlassUsed", "Allow", "n"), default));
        var seen = await cluster.KubectlAsync(
            "get", "events.v1.events.k8s.io", "-n", "kube-system", "-o",
            "jsonpath={.items[*].reason} {.items[*].regarding.kind}/{.items[*].regarding.name}");
        Assert.Contains("BreakGlassUsed", seen, StringComparison.Ordinal);
        Assert.Contains(ns, seen, StringComparison.Ordinal);
    }

    [ClusterFact]
    public async Task An_event_that_cannot_be_written_is_a_value_not_an_exception()
    {
        using var nobody = new KubernetesClient(cluster.Connection with { Impersonation = new("jane", null, [], []) });
        var failure = await new ClusterEvents(nobody, "gitops-policy.dev/test", "pod-1").WriteAsync(
            Sample.Object("{kind: X, metadata: {name: a} }"), new("R", "A", "n"), default);
        Assert.True(failure!.IsForbidden);
    }
}
