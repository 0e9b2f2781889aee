using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Cluster;

/// <summary>What a person with kubectl meets: what is refused, what is said, and what excuses it.</summary>
[Collection(GuardedClusterTests.Name)]
public sealed class RefusalTests(GuardedCluster cluster)
{
    private const string Denied = "admission webhook \"validate.gitops-policy.test\" denied the request: ";

    [GuardedFact]
    public async Task A_secret_in_clear_is_refused_and_its_value_shown_nowhere()
    {
        var ns = await cluster.NewGuardedNamespaceAsync();
        var error = await cluster.RefusedAsync(
            null, "create", "secret", "generic", "db", "--from-literal=password=hunter2hunter2", "-n", ns);
        Assert.Matches(
            $@"{Denied}\[secret-by-hand\] `password` of Secret {ns}/db was typed in: \(sensitive #[0-9a-f]{{4}}\) \(/data/password\)\. Write an ExternalSecret and let the operator make it\.",
            error);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
        Assert.DoesNotContain("aHVudGVy", error, StringComparison.Ordinal);
    }

    [GuardedFact]
    public async Task An_unapproved_image_is_refused_whatever_the_way_it_comes()
    {
        var ns = await cluster.NewGuardedNamespaceAsync();
        var expected = $"{Denied}[approved-images] `nginx:1.27` is not from an approved registry (/spec/containers/0/image). Push it to an approved registry";
        string[] run = ["run", "web", "--image=nginx:1.27", "-n", ns];
        Assert.Contains(expected, await cluster.RefusedAsync(null, run), StringComparison.Ordinal);
        Assert.Contains(expected, await cluster.RefusedAsync(null, [.. run, "--dry-run=server"]), StringComparison.Ordinal);
        Assert.Contains(
            expected, await cluster.RefusedAsync(Pod("name: web", "nginx:1.27"), "apply", "--server-side", "-f", "-", "-n", ns),
            StringComparison.Ordinal);
        Assert.Contains(
            expected, await cluster.RefusedAsync(Pod("generateName: web-", "nginx:1.27"), "create", "-f", "-", "-n", ns),
            StringComparison.Ordinal);

        var deployment = await cluster.RefusedAsync(null, "create", "deployment", "web", "--image=nginx:1.27", "-n", ns);
        Assert.Contains("/spec/template/spec/containers/0/image", deployment, StringComparison.Ordinal);
        Assert.Empty(await cluster.KubectlAsync("get", "pods,deployments", "-n", ns, "-o", "name"));
    }

    [GuardedFact]
    public async Task What_is_only_warned_of_goes_through_and_kubectl_shows_the_warning()
    {
        var ns = await cluster.NewGuardedNamespaceAsync();
        var said = await cluster.PipeAsync(null, "run", "web", "--image=registry.example.com/web", "-n", ns);
        Assert.Contains(
            "Warning: [moving-tag] `registry.example.com/web` has no tag, which means `latest`: it may be another image tomorrow",
            said, StringComparison.Ordinal);
        Assert.Contains("pod/web created", said, StringComparison.Ordinal);
    }

    [GuardedFact]
    public async Task A_claim_is_not_deleted_neither_by_name_nor_as_one_of_all()
    {
        var ns = await cluster.NewGuardedNamespaceAsync();
        foreach (var name in (string[])["data", "logs"]) await cluster.PipeAsync(Claim(name), "create", "-f", "-", "-n", ns);

        var one = await cluster.RefusedAsync(null, "delete", "pvc", "data", "-n", ns, "--wait=false");
        Assert.Contains(
            $"{Denied}[no-unprotected-prune] PersistentVolumeClaim {ns}/data holds state and would be deleted", one,
            StringComparison.Ordinal);
        var each = await cluster.RefusedAsync(null, "delete", "pvc", "--all", "-n", ns, "--wait=false");
        Assert.All(
            (string[])["data", "logs"],
            name => Assert.Contains($"PersistentVolumeClaim {ns}/{name} holds state", each, StringComparison.Ordinal));
        // One request for the whole collection: the server asks for each object, and names none of them.
        var collection = await cluster.RefusedAsync(null, "delete", "--raw", $"/api/v1/namespaces/{ns}/persistentvolumeclaims");
        Assert.Matches($"PersistentVolumeClaim {ns}/(data|logs) holds state", collection);
        Assert.DoesNotContain(
            "deletionTimestamp", await cluster.KubectlAsync("get", "pvc", "data", "logs", "-n", ns, "-o", "yaml"),
            StringComparison.Ordinal);
    }

    [GuardedFact]
    public async Task A_namespace_with_contents_is_not_deleted()
    {
        var ns = await cluster.NewGuardedNamespaceAsync();
        await cluster.PipeAsync(Claim("data"), "create", "-f", "-", "-n", ns);
        var error = await cluster.RefusedAsync(null, "delete", "namespace", ns, "--wait=false");
        Assert.Contains(
            $"{Denied}[namespace-deletion] Namespace {ns} would be deleted with everything in it. Keep the namespace", error,
            StringComparison.Ordinal);
        Assert.Equal("Active", await cluster.KubectlAsync("get", "namespace", ns, "-o", "jsonpath={.status.phase}"));
    }

    [GuardedFact]
    public async Task A_waiver_lets_through_what_it_names_and_nothing_else()
    {
        var ns = await cluster.NewGuardedNamespaceAsync();
        var said = await cluster.PipeAsync(null, "run", "legacy-billing", "--image=vendor.example.net/billing:1", "-n", ns);
        Assert.Contains("Warning: [approved-images] waived by ", said, StringComparison.Ordinal);
        Assert.Contains("pod/legacy-billing created", said, StringComparison.Ordinal);
        await cluster.RefusedAsync(null, "run", "billing", "--image=vendor.example.net/billing:1", "-n", ns);
    }

    [GuardedFact]
    public async Task A_break_glass_lets_its_one_person_through_within_its_scope_and_time_and_is_recorded()
    {
        var ns = $"incident-{Environment.ProcessId}";
        await cluster.KubectlAsync("create", "namespace", ns);
        await cluster.GuardAsync(ns);
        await cluster.PipeAsync(Claim("data"), "create", "-f", "-", "-n", ns);
        string[] As(string user, params string[] arguments) =>
            [.. arguments, "-n", ns, $"--as={user}", "--as-group=system:masters"];
        string[] run = ["run", "web", "--image=nginx:1.27"];

        await cluster.RefusedAsync(null, As("bob", run));
        var said = await cluster.PipeAsync(null, As("alice", run));
        Assert.Contains("Warning: gitops-policy: break-glass inc-7-registry", said, StringComparison.Ordinal);
        Assert.Contains("pod/web created", said, StringComparison.Ordinal);
        var line = Assert.Single(cluster.AuditLines(
            $"\"namespace\":\"{ns}\"", "\"resource\":\"pods\"", "\"username\":\"alice\""));
        Assert.Contains("\"validate.gitops-policy.test/break-glass-incident\":\"INC-7\"", line, StringComparison.Ordinal);
        Assert.Contains("\"validate.gitops-policy.test/denied-by\":\"approved-images\"", line, StringComparison.Ordinal);
        await cluster.PipeAsync(null, As("alice", "delete", "pvc", "data", "--wait=false"));

        // Not in the scope of the one, and the other's time is over.
        await cluster.RefusedAsync(null, As("alice", "create", "deployment", "web", "--image=nginx:1.27"));
        await cluster.RefusedAsync(
            null, As("alice", "create", "secret", "generic", "db", "--from-literal=password=hunter2hunter2"));
    }

    [GuardedFact]
    public async Task The_audit_log_keeps_which_rules_of_which_set_decided()
    {
        var ns = await cluster.NewGuardedNamespaceAsync();
        await cluster.RefusedAsync(null, "run", "web", "--image=nginx:1.27", "-n", ns);
        var line = Assert.Single(cluster.AuditLines($"\"namespace\":\"{ns}\"", "\"resource\":\"pods\"", "\"verb\":\"create\""));
        Assert.Contains("\"validate.gitops-policy.test/denied-by\":\"approved-images\"", line, StringComparison.Ordinal);
        Assert.Matches("\"validate.gitops-policy.test/ruleset\":\"sha256:[0-9a-f]{64}\"", line);
        Assert.Matches("\"validate.gitops-policy.test/decision\":\"sha256:[0-9a-f]{64}\"", line);
    }

    private static string Pod(string name, string image) => $$"""
        apiVersion: v1
        kind: Pod
        metadata: { {{name}} }
        spec: { containers: [{ name: web, image: "{{image}}" }] }
        """;

    private static string Claim(string name) => $$"""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: { name: {{name}} }
        spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
        """;
}
