using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Reconciler.Health;

/// <summary>A PersistentVolumeClaim.</summary>
internal static class ClaimHealth
{
    /// <summary>Set once a Pod that uses the claim has a node: from then on a volume is being made for it.</summary>
    private const string SelectedNode = "volume.kubernetes.io/selected-node";

    /// <summary>
    /// How it is. A claim of a class that binds when a first Pod wants it (<c>WaitForFirstConsumer</c>) is <c>Pending</c> until
    /// then, and so would be waited for by the wave that the Pod comes after; nothing of the claim tells. So a claim nobody
    /// provides for yet does not tell.
    /// https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode
    /// </summary>
    public static ObjectHealth Of(LiveObject live) => live.Status?.Text("phase") switch
    {
        "Bound" => Bound(live),
        "Lost" => new(HealthState.Failed, $"its volume {live.Spec?.Text("volumeName")} is gone"),
        _ when live.Metadata.Annotation(SelectedNode) is { } node =>
            new(HealthState.InProgress, $"a volume is being made for it on {node}"),
        _ when live.Spec?.Text("volumeName") is { Length: > 0 } volume =>
            new(HealthState.InProgress, $"it is not bound to {volume} yet"),
        _ => new(
            HealthState.Unknown, "it is not bound; where its class waits for a first consumer, it will be when a Pod uses it"),
    };

    private static ObjectHealth Bound(LiveObject live)
    {
        if (live.ConditionOf("Resizing") is { IsTrue: true } resizing) return new(HealthState.InProgress, resizing.ToString());
        return live.ConditionOf("FileSystemResizePending") is { IsTrue: true }
            ? new(HealthState.Current, "its file system grows when a Pod mounts it again")
            : new(HealthState.Current, "");
    }
}
