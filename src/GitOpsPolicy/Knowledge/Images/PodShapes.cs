using System.Collections.Frozen;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>
/// Where the kinds that ship with Kubernetes keep their pod's specification, and which groups never hold a pod.
/// </summary>
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

    /// <summary>
    /// The keys from the object to its pod's specification; null for a kind that is not one of Kubernetes' own with a pod.
    /// </summary>
    public static string[]? Of(string group, string kind) => Paths.GetValueOrDefault((group, kind));

    /// <summary>Whether no kind of this group that <see cref="Of"/> does not know can hold a pod.</summary>
    public static bool HoldsNone(string group, string kind) =>
        ImageTables.Shipped.HoldsNoPods(group)
            || (group.StartsWith("monitoring.", StringComparison.Ordinal)
                && kind is "PrometheusRule" or "ServiceMonitor" or "PodMonitor" or "Probe");
}
