using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>Workloads whose number of replicas an autoscaler decides.</summary>
internal sealed class ScaleTargets
{
    private readonly HashSet<(string Namespace, string Kind, string Name)> targets = [];

    /// <summary>Takes the target of a HorizontalPodAutoscaler or a ScaledObject; anything else is passed over.</summary>
    public void Learn(KubernetesId id, Node root)
    {
        if (id is not ({ Group: "autoscaling", Kind: "HorizontalPodAutoscaler" } or { Group: "keda.sh", Kind: "ScaledObject" }))
            return;
        if (root.At("spec", "scaleTargetRef") is { } target && target.TextAt("name") is { } name)
            targets.Add((id.Namespace, target.TextAt("kind") ?? "Deployment", name));
    }

    /// <summary>An autoscaler decides about this one.</summary>
    public bool Contains(KubernetesId id) => targets.Contains((id.Namespace, id.Kind, id.Name));
}
