using System.Collections.Frozen;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>Where the kinds that ship with Kubernetes keep their pod's specification, and which groups never hold a pod.</summary>
internal static class PodShapes
{
    private static readonly string[] InTemplate = ["spec", "template", "spec"];

    private static readonly FrozenDictionary<(string Group, string Kind), string[]> Paths =
        new Dictionary<(string, string), string[]>
        {
            [("", "Pod")] = ["spec"],
            [("", "PodTemplate")] = ["template", "spec"],
            [("", "EphemeralContainers")] = [], // what servers before 1.22 call the body of pods/ephemeralcontainers
            [("", "ReplicationController")] = InTemplate,
            [("apps", "Deployment")] = InTemplate,
            [("apps", "StatefulSet")] = InTemplate,
            [("apps", "DaemonSet")] = InTemplate,
            [("apps", "ReplicaSet")] = InTemplate,
            [("extensions", "Deployment")] = InTemplate,
            [("extensions", "DaemonSet")] = InTemplate,
            [("extensions", "ReplicaSet")] = InTemplate,
            [("batch", "Job")] = InTemplate,
            [("batch", "CronJob")] = ["spec", "jobTemplate", "spec", "template", "spec"],
        }.ToFrozenDictionary();

    private static readonly FrozenSet<string> GroupsWithoutPods = new[]
    {
        "", "apps", "batch", "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "authentication.k8s.io",
        "authorization.k8s.io", "autoscaling", "certificates.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io",
        "flowcontrol.apiserver.k8s.io", "networking.k8s.io", "node.k8s.io", "policy", "rbac.authorization.k8s.io", "scheduling.k8s.io",
        "storage.k8s.io", "gateway.networking.k8s.io", "cert-manager.io", "snapshot.storage.k8s.io",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The keys from the object to its pod's specification; null for a kind that is not one of Kubernetes' own with a pod.</summary>
    public static string[]? Of(string group, string kind) => Paths.GetValueOrDefault((group, kind));

    /// <summary>Whether no kind of this group that <see cref="Of"/> does not know can hold a pod.</summary>
    public static bool HoldsNone(string group, string kind) =>
        GroupsWithoutPods.Contains(group) || (group.StartsWith("monitoring.", StringComparison.Ordinal) && kind is "PrometheusRule" or "ServiceMonitor" or "PodMonitor" or "Probe");
}
