using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Cluster;

/// <summary>
/// After the merge: what a pull request has acknowledged is deleted in the cluster, object by object, and nothing else is.
/// </summary>
[Collection(GuardedClusterTests.Name)]
public sealed class AcknowledgedDeleteTests(GuardedCluster cluster)
{
    [GuardedFact]
    public async Task What_was_acknowledged_is_deleted_its_neighbour_and_its_successor_are_not()
    {
        var ns = await cluster.NewGuardedNamespaceAsync();
        foreach (var name in (string[])["data", "reports", "logs"]) await cluster.PipeAsync(Claim(ns, name), "create", "-f", "-");
        await cluster.RefusedAsync(null, "delete", "pvc", "data", "-n", ns, "--wait=false");

        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System);   // times in a cluster are whole seconds
        await cluster.AcknowledgeAsync("reports-moved", $"{Claim(ns, "data")}---\n{Claim(ns, "reports")}");
        await UntilItGoesThroughAsync("delete", "pvc", "data", "-n", ns, "--dry-run=server");

        var said = await cluster.PipeAsync(null, "delete", "pvc", "data", "-n", ns, "--wait=false");
        Assert.Contains("Warning: gitops-policy: this delete is acknowledged by reports-moved", said, StringComparison.Ordinal);
        Assert.Contains(
            "\"validate.gitops-policy.test/acknowledged-by\":\"reports-moved\"",
            cluster.AuditLines(
                $"\"namespace\":\"{ns}\"", "\"resource\":\"persistentvolumeclaims\"", "\"name\":\"data\"",
                "\"verb\":\"delete\"")[^1],
            StringComparison.Ordinal);
        Assert.Contains(
            $"PersistentVolumeClaim {ns}/logs holds state",
            await cluster.RefusedAsync(null, "delete", "pvc", "logs", "-n", ns, "--wait=false"), StringComparison.Ordinal);

        // One request for all of them is asked about object by object.
        var collection = await cluster.RefusedAsync(null, "delete", "--raw", $"/api/v1/namespaces/{ns}/persistentvolumeclaims");
        Assert.Contains($"PersistentVolumeClaim {ns}/logs holds state", collection, StringComparison.Ordinal);

        // Where there are controllers they have taken the finalizer off already, and the claim is gone.
        await cluster.TryKubectlAsync(
            null, "patch", "pvc", "data", "-n", ns, "--type=merge", "-p", """{"metadata":{"finalizers":null}}""");
        await cluster.KubectlAsync("wait", "--for=delete", "pvc/data", "-n", ns, "--timeout=30s");
        await cluster.PipeAsync(Claim(ns, "data"), "create", "-f", "-");
        var anew = await cluster.RefusedAsync(null, "delete", "pvc", "data", "-n", ns, "--wait=false");
        Assert.Contains(
            $"[no-unprotected-prune] PersistentVolumeClaim {ns}/data holds state and would be deleted", anew,
            StringComparison.Ordinal);
        Assert.Matches(
            "Warning: \\[acknowledgement\\] the acknowledgement `reports-moved` does not hold: it is for what was created before \\S+, and this was created at", anew);
    }

    // The server looks at its files every two seconds and waits until they have settled.
    private async Task UntilItGoesThroughAsync(params string[] arguments)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var (code, _, _) = await cluster.TryKubectlAsync(null, arguments);
            if (code == 0) return;
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        }

        Assert.Fail($"kubectl {string.Join(' ', arguments)} never went through.");
    }

    private static string Claim(string ns, string name) => $$"""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: { name: {{name}}, namespace: {{ns}} }
        spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }

        """;
}
