using System.Globalization;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.Kubernetes.Tests.Live;

/// <summary>
/// What a real API server sends to a webhook. With <c>GITOPS_POLICY_RECORD_REVIEWS</c> set to a folder the reviews are written
/// there; those under <c>tests/Fixtures/reviews</c> came about so.
/// </summary>
[Collection(ClusterTests.Name)]
public sealed class ReviewTests(ClusterFixture cluster)
{
    private static readonly ResourceType ConfigMaps = new("", "v1", "configmaps", "ConfigMap", IsNamespaced: true);
    private static readonly ResourceType Configurations = new(
        "admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration",
        IsNamespaced: false);

    private static readonly string[] Expected =
    [
        "CREATE configmaps/ one", "CREATE configmaps/ ", "CREATE configmaps/ applied", "UPDATE configmaps/ one",
        "UPDATE configmaps/ one dry",
        "CREATE secrets/ password", "CREATE deployments/ web", "UPDATE deployments/scale web", "UPDATE deployments/status web",
        "CREATE serviceaccounts/ default",
        "CREATE pods/ p", "UPDATE pods/ p", "DELETE configmaps/ one", "DELETE configmaps/ ", "DELETE configmaps/ ",
        "DELETE namespaces/ NS",
    ];

    [ClusterFact]
    public async Task A_real_server_sends_the_shapes_that_the_fixtures_have()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        var ns = await cluster.NewNamespaceAsync();
        await cluster.KubectlAsync("label", "namespace", ns, $"record={ns}");
        await RegisterAsync(webhook, ns);
        try
        {
            await webhook.Reviews.WhenFirstAsync(() => cluster.KubectlAsync(
                "create", "configmap", "probe", "-n", ns, "--dry-run=server"));
            webhook.Reviews.Clear();
            await ActAsync(ns);
        }
        finally
        {
            await cluster.Client.DeleteAsync(new(Configurations, null, ns), null, default);
        }

        var seen = webhook.Reviews.ToArray();
        var told = seen.Select(review => Brief(review).Replace(ns, "NS", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        Assert.All(Expected, expected => Assert.Contains(expected, told));
        if (Environment.GetEnvironmentVariable("GITOPS_POLICY_RECORD_REVIEWS") is { Length: > 0 } folder) Write(folder, seen, ns);
    }

    private async Task ActAsync(string ns)
    {
        await InAsync(ns, "create", "configmap", "one", "--from-literal=x=1");
        await PipeAsync(ns, """{apiVersion: v1, kind: ConfigMap, metadata: {generateName: many-} }""", "create", "-f", "-");
        await PipeAsync(
            ns, """{apiVersion: v1, kind: ConfigMap, metadata: {name: applied} }""", "apply", "--server-side", "-f", "-");
        await InAsync(ns, "patch", "configmap", "one", "-p", """{"data":{"x":"2"}}""");
        await InAsync(ns, "patch", "configmap", "one", "-p", """{"data":{"x":"3"}}""", "--dry-run=server");
        await InAsync(ns, "create", "secret", "generic", "password", "--from-literal=password=hunter2hunter2");
        await InAsync(ns, "create", "deployment", "web", "--image=nginx:1");
        await InAsync(ns, "scale", "deployment", "web", "--replicas=3");
        await InAsync(
            ns, "patch", "deployment", "web", "--subresource=status", "--type=merge", "-p", """{"status":{"replicas":1}}""");
        await PipeAsync(ns, """{apiVersion: v1, kind: ServiceAccount, metadata: {name: default} }""", "create", "-f", "-");
        await PipeAsync(
            ns,
            """{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {automountServiceAccountToken: false, containers: [{name: c, image: "nginx:1"}]} }""", "create", "-f", "-");
        await InAsync(ns, "label", "pod", "p", "a=b");
        await TryAsync(ns, null, "debug", "p", "--image=busybox:1", "--attach=false");
        await TryAsync(
            ns, """{"apiVersion":"v1","kind":"Binding","metadata":{"name":"p"},"target":{"kind":"Node","name":"n1"}}""", "create",
            "--raw", $"/api/v1/namespaces/{ns}/pods/p/binding", "-f", "-");
        await TryAsync(ns, null, "exec", "p", "--", "sh");
        await TryAsync(
            ns, """{"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"p"}}""", "create", "--raw",
            $"/api/v1/namespaces/{ns}/pods/p/eviction", "-f", "-");
        await InAsync(ns, "delete", "configmap", "one");
        await cluster.Client.DeleteCollectionAsync(ConfigMaps, new() { Namespace = ns }, null, default);
        await cluster.KubectlAsync("delete", "namespace", ns, "--wait=false");
    }

    private async Task RegisterAsync(
        RecordingWebhook webhook, string ns) => await cluster.Client.CreateAsync(Configurations, null, Sample.Object($$"""
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata: {name: {{ns}} }
        webhooks:
        - name: record.example.test
          clientConfig: {{webhook.ClientConfiguration}}
          admissionReviewVersions: [v1]
          sideEffects: None
          failurePolicy: Ignore
          namespaceSelector: {matchLabels: {record: {{ns}} } }
          rules: [{apiGroups: ["*"], apiVersions: ["*"], resources: ["*/*"], operations: ["*"]}]
        """), null, default);

    private Task<string> InAsync(string ns, params string[] arguments) =>
        cluster.KubectlAsync([.. arguments[..1], "-n", ns, .. arguments[1..]]);

    private async Task PipeAsync(string ns, string input, params string[] arguments)
    {
        var (code, _, error) = await cluster.TryKubectlAsync(NodeWriter.ToJson(Sample.Object(input)), [.. arguments, "-n", ns]);
        Assert.True(code == 0, error);
    }

    // Some servers lack the subresource, and none of them has a kubelet behind it; the review is sent before that matters.
    private async Task TryAsync(string ns, string? input, params string[] arguments) =>
        await cluster.TryKubectlAsync(input, [.. arguments[..1], "-n", ns, .. arguments[1..]]);

    // The name that the server makes up for a `generateName` is there by the time it asks validating webhooks.
    private static string Brief(MappingNode review) =>
        $"{review.At("/request/operation")} {review.At("/request/resource/resource")}/{review.At("/request/subResource")} {(review.At("/request/name") is { } name && !name.StartsWith("many-", StringComparison.Ordinal) ? name : "")}{(review.At("/request/dryRun") == "true" ? " dry" : "")}";

    private static void Write(string folder, MappingNode[] reviews, string ns)
    {
        Directory.CreateDirectory(folder);
        for (var i = 0; i < reviews.Length; i++)
        {
            var request = reviews[i].At(
                "/request/resource/resource") + (reviews[i].At("/request/subResource") is { } part ? "-" + part : "");
            var name = string.Create(
                CultureInfo.InvariantCulture,
                $"{i + 1:00}-{reviews[i].At("/request/operation")!.ToLowerInvariant()}-{request}.json");
            File.WriteAllText(
                Path.Join(folder, name),
                NodeWriter.ToJson(reviews[i], indented: true).Replace(ns, "prod", StringComparison.Ordinal) + "\n",
                new UTF8Encoding(false));
        }
    }
}

/// <summary>Waits for a webhook's configuration to count, which takes the server a moment.</summary>
internal static class FirstReview
{
    public static async Task WhenFirstAsync(
        this System.Collections.Concurrent.ConcurrentQueue<MappingNode> reviews, Func<Task> act)
    {
        for (var tries = 0; reviews.IsEmpty; tries++)
        {
            if (tries == 100) throw new InvalidOperationException("The webhook was never asked.");
            await act();
            if (reviews.IsEmpty) await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }
}
