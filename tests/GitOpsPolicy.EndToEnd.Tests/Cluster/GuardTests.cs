using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Cluster;

/// <summary>What guards are worth where somebody deletes with kubectl, asked of a real API server.</summary>
[Collection(GuardedClusterTests.Name)]
public sealed class GuardTests(GuardedCluster cluster)
{
    [GuardedFact]
    public async Task A_mark_that_keeps_a_tool_from_pruning_stops_nobody_else()
    {
        var ns = await cluster.NewGuardedNamespaceAsync();
        await cluster.PipeAsync(
            $$"""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: { name: data, namespace: {{ns}}, annotations: { argocd.argoproj.io/sync-options: "Prune=false", helm.sh/resource-policy: keep } }
            spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
            """,
            "create", "-f", "-");
        var said = await cluster.RefusedAsync(null, "delete", "pvc", "data", "-n", ns, "--wait=false");
        Assert.Contains($"PersistentVolumeClaim {ns}/data holds state and would be deleted", said, StringComparison.Ordinal);
        Assert.Contains("`Prune=false` (Argo CD) does not stand against this", said, StringComparison.Ordinal);
    }

    [GuardedFact]
    public async Task A_volume_goes_when_its_data_stays_and_not_otherwise()
    {
        var ns = await cluster.NewGuardedNamespaceAsync();
        foreach (var policy in (string[])["Retain", "Delete"])
            await cluster.PipeAsync(
                $$"""
                apiVersion: v1
                kind: PersistentVolume
                metadata: { name: {{ns}}-{{policy.ToLowerInvariant()}} }
                spec: { capacity: { storage: 1Gi }, accessModes: [ReadWriteOnce], persistentVolumeReclaimPolicy: {{policy}}, hostPath: { path: /nowhere } }
                """,
                "create", "-f", "-");
        Assert.Contains(
            $"PersistentVolume {ns}-delete holds state and would be deleted",
            await cluster.RefusedAsync(null, "delete", "pv", $"{ns}-delete", "--wait=false"), StringComparison.Ordinal);
        await cluster.KubectlAsync("delete", "pv", $"{ns}-retain", "--wait=false");
    }
}
