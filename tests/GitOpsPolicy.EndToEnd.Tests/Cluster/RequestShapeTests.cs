using System.Diagnostics;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Cluster;

/// <summary>Requests that are no plain create, update or delete, and those that keep the cluster itself going.</summary>
[Collection(GuardedClusterTests.Name)]
public sealed class RequestShapeTests(GuardedCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [GuardedFact]
    public async Task Scaling_is_judged_by_rules_that_name_the_subresource()
    {
        var ns = await cluster.NewGuardedNamespaceAsync();
        await cluster.PipeAsync(
            null, "create", "deployment", "web", "--image=registry.example.com/web:1", "--replicas=0", "-n", ns);
        var error = await cluster.RefusedAsync(null, "scale", "deployment", "web", "--replicas=11", "-n", ns);
        Assert.Contains(
            $"[few-replicas] Scale {ns}/web would have 11 replicas (/spec/replicas). Ask for more nodes first.", error,
            StringComparison.Ordinal);
        Assert.Contains(
            "scaled", await cluster.PipeAsync(null, "scale", "deployment", "web", "--replicas=1", "-n", ns),
            StringComparison.Ordinal);
    }

    [GuardedFact]
    public async Task Opening_a_shell_is_refused_before_a_node_hears_of_it()
    {
        var ns = await cluster.NewGuardedNamespaceAsync();
        await cluster.PipeAsync(null, "run", "web", "--image=registry.example.com/web:1", "-n", ns);
        var isServed = await IsServedAsync("pods/exec");
        var error = await cluster.RefusedAsync(null, "exec", "web", "-n", ns, "--", "/bin/sh", "-c", "id");
        Assert.Contains(
            !isServed
                ? "the server could not find the requested resource"
                : "[no-shell] `/bin/sh -c id` in web is a shell (/command). Read the logs", error, StringComparison.Ordinal);
        // No node runs the Pod, which is what the server says once the rules have let a request through.
        Assert.DoesNotContain(
            "denied the request", await cluster.RefusedAsync(null, "exec", "web", "-n", ns, "--", "id"),
            StringComparison.Ordinal);
    }

    [GuardedFact]
    public async Task A_container_added_to_a_running_pod_is_judged_like_the_others()
    {
        var ns = await cluster.NewGuardedNamespaceAsync();
        await cluster.PipeAsync(null, "run", "web", "--image=registry.example.com/web:1", "-n", ns);
        var isServed = await IsServedAsync("pods/ephemeralcontainers");
        var error = await cluster.RefusedAsync(null, "debug", "web", "--image=busybox:1", "--attach=false", "-n", ns);
        Assert.Contains(
            isServed
                ? "[approved-images] `busybox:1` is not from an approved registry (/spec/ephemeralContainers/0/image)"
                : "ephemeral containers are disabled", error, StringComparison.Ordinal);
    }

    [GuardedFact]
    public async Task Custom_resources_are_judged()
    {
        var ns = await cluster.NewGuardedNamespaceAsync();
        await cluster.PipeAsync(Widget(2), "create", "-f", "-", "-n", ns);
        var error = await cluster.RefusedAsync(Widget(4), "apply", "--server-side", "--force-conflicts", "-f", "-", "-n", ns);
        Assert.Contains("[small-widgets] the widget is too large (/spec/size). Take two.", error, StringComparison.Ordinal);
        Assert.Equal("2", await cluster.KubectlAsync("get", "widget", "w", "-n", ns, "-o", "jsonpath={.spec.size}"));
    }

    [GuardedFact]
    public async Task What_the_namespace_controller_deletes_is_let_go_and_what_a_person_deletes_is_not()
    {
        var ns = await cluster.NewGuardedNamespaceAsync();
        await cluster.PipeAsync(Claim, "create", "-f", "-", "-n", ns);
        string[] delete = ["delete", "pvc", "data", "-n", ns, "--wait=false", "--as-group=system:masters"];
        await cluster.RefusedAsync(null, [.. delete, "--as=system:serviceaccount:default:namespace-controller"]);
        await cluster.PipeAsync(null, [.. delete, "--as=system:serviceaccount:kube-system:namespace-controller"]);
        var line = Assert.Single(cluster.AuditLines(
            $"\"namespace\":\"{ns}\"", "\"verb\":\"delete\"", "kube-system:namespace-controller"));
        Assert.Contains("\"validate.gitops-policy.test/spared\":\"cascade\"", line, StringComparison.Ordinal);
        Assert.Contains("\"validate.gitops-policy.test/noted-by\":\"no-unprotected-prune\"", line, StringComparison.Ordinal);
    }

    [GuardedFact(Controllers = true)]
    public async Task A_namespace_whose_deletion_was_let_through_goes_with_all_it_holds()
    {
        var ns = $"going-{Environment.ProcessId}";
        await cluster.KubectlAsync("create", "namespace", ns);
        await cluster.GuardAsync(ns);
        await cluster.PipeAsync(Claim, "create", "-f", "-", "-n", ns);
        await cluster.PipeAsync(Widget(1), "create", "-f", "-", "-n", ns);
        var said = await cluster.PipeAsync(null, "delete", "namespace", ns, "--wait=false");
        Assert.Contains("Warning: [namespace-deletion] waived by ", said, StringComparison.Ordinal);

        var patience = Stopwatch.StartNew();
        while ((await cluster.KubectlAsync("get", "namespace", ns, "--ignore-not-found", "-o", "name")).Length > 0)
        {
            Assert.True(patience.Elapsed < Patience, cluster.Cluster.Logs);
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }

        Assert.NotEmpty(cluster.AuditLines($"\"namespace\":\"{ns}\"", "\"validate.gitops-policy.test/spared\":\"cascade\""));
    }

    // Not every server has every subresource; what it does not have is no way past the rules either.
    private async Task<bool> IsServedAsync(string resource) =>
        (await cluster.KubectlAsync("get", "--raw", "/api/v1")).Contains($"\"{resource}\"", StringComparison.Ordinal);

    private const string Claim = """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: { name: data }
        spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
        """;

    private static string Widget(int size) => $$"""
        apiVersion: example.test/v1
        kind: Widget
        metadata: { name: w }
        spec: { size: {{size}} }
        """;
}
