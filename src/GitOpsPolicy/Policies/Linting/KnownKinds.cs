using System.Collections.Frozen;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>
/// The kinds of Kubernetes' own API groups, as its API reference lists them, those of versions that are no longer served
/// included.
/// </summary>
internal static class KnownKinds
{
    private static readonly FrozenDictionary<string, string[]> ByGroup = Parse(
        """
        -                             Pod Service ConfigMap Secret ServiceAccount PersistentVolumeClaim Endpoints Event LimitRange ResourceQuota ReplicationController PodTemplate Binding Namespace Node PersistentVolume ComponentStatus List
        apps                          Deployment StatefulSet DaemonSet ReplicaSet ControllerRevision
        batch                         Job CronJob
        autoscaling                   HorizontalPodAutoscaler Scale
        policy                        PodDisruptionBudget Eviction PodSecurityPolicy
        extensions                    Ingress Deployment DaemonSet ReplicaSet NetworkPolicy PodSecurityPolicy
        rbac.authorization.k8s.io     Role RoleBinding ClusterRole ClusterRoleBinding
        apiextensions.k8s.io          CustomResourceDefinition
        apiregistration.k8s.io        APIService
        admissionregistration.k8s.io  ValidatingWebhookConfiguration MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding MutatingAdmissionPolicy MutatingAdmissionPolicyBinding
        storage.k8s.io                StorageClass VolumeAttachment CSIDriver CSINode CSIStorageCapacity VolumeAttributesClass
        scheduling.k8s.io             PriorityClass Workload
        node.k8s.io                   RuntimeClass
        networking.k8s.io             Ingress IngressClass NetworkPolicy IPAddress ServiceCIDR
        discovery.k8s.io              EndpointSlice
        events.k8s.io                 Event
        coordination.k8s.io           Lease LeaseCandidate
        flowcontrol.apiserver.k8s.io  FlowSchema PriorityLevelConfiguration
        certificates.k8s.io           CertificateSigningRequest ClusterTrustBundle PodCertificateRequest
        resource.k8s.io               DeviceClass ResourceSlice ResourceClaim ResourceClaimTemplate DeviceTaintRule
        authentication.k8s.io         TokenReview TokenRequest SelfSubjectReview
        authorization.k8s.io          SubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview LocalSubjectAccessReview
        """);

    private static readonly FrozenSet<string> Kinds = ByGroup.Values.SelectMany(static kinds => kinds).ToFrozenSet(
        StringComparer.Ordinal);
    private static readonly ScopeTable Scopes = new();

    /// <summary>
    /// What is odd about a kind as <c>match</c> writes it; null when nothing is. A kind of somebody else's group is never odd.
    /// </summary>
    public static string? Doubt(string pattern)
    {
        if (pattern.Contains('*')) return null;
        var (group, kind) = Split(pattern);
        if (group is not null)
            return ByGroup.TryGetValue(group, out var kinds) && !kinds.Contains(kind)
                ? $"the group `{group}` has no kind `{kind}`{Suggestion.For(kind, kinds)}"
                : null;
        return !Kinds.Contains(kind) && Suggestion.For(kind, Kinds) is { Length: > 0 } near
            ? $"there is no built-in kind `{kind}`{near}"
            : null;
    }

    /// <summary>Every object of a kind as <c>match</c> writes it is outside of namespaces, as far as is known.</summary>
    public static bool IsClusterScoped(string pattern)
    {
        if (pattern.Contains('*')) return false;
        var (group, kind) = Split(pattern);
        if (group is not null) return Scopes.IsClusterScoped(group, kind);
        var groups = ByGroup.Where(entry => entry.Value.Contains(kind)).Select(static entry => entry.Key).ToList();
        return groups.Count > 0 && groups.TrueForAll(name => Scopes.IsClusterScoped(name, kind));
    }

    private static (string? Group, string Kind) Split(string pattern) =>
        pattern.IndexOf('/') is var slash and >= 0 ? (pattern[..slash], pattern[(slash + 1)..]) : (null, pattern);

    private static FrozenDictionary<string, string[]> Parse(string table) => table.Split('\n')
        .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToFrozenDictionary(static words => words[0] == "-" ? "" : words[0], static words => words[1..], StringComparer.Ordinal);
}
