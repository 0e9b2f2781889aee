using GitOpsPolicy.Changes;

namespace GitOpsPolicy.Inputs.Diff;

/// <summary>
/// What identifies a stored object across API versions and across the groups that kinds have moved between: one Ingress is
/// served as <c>extensions/v1beta1</c> and as <c>networking.k8s.io/v1</c>, so changing the one to the other deletes nothing.
/// </summary>
internal readonly record struct StoredIdentity(string Group, string Kind, string Namespace, string Name)
{
    /// <summary>The identity of the object that an id names.</summary>
    public static StoredIdentity Of(KubernetesId id) => new(StorageGroup(id.Group, id.Kind), id.Kind, id.Namespace, id.Name);

    /// <summary>The group that a kind belongs to now (Kubernetes deprecation guide, "Removed APIs by release").</summary>
    public static string StorageGroup(string group, string kind) => (group, kind) switch
    {
        ("extensions", "Deployment" or "DaemonSet" or "ReplicaSet") => "apps",
        ("extensions", "Ingress" or "NetworkPolicy") => "networking.k8s.io",
        ("extensions", "PodSecurityPolicy") => "policy",
        ("", "Event") => "events.k8s.io",
        _ => group,
    };
}
