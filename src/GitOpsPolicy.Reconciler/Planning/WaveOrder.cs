using System.Collections.Frozen;
using System.Globalization;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Reconciler.Planning;

/// <summary>
/// The order in which objects are written: what others need comes first, and each wave waits until the one before is ready.
/// Deletions go the other way round. The order of kinds is that of Helm and Argo CD; definitions, namespaces and classes have
/// stages of their own, as in Flux.
/// </summary>
public static class WaveOrder
{
    /// <summary>
    /// Annotation with the wave of an object, a whole number; 0 where there is none. Argo CD's own counts as well.
    /// </summary>
    public const string Annotation = "gitops-policy.dev/wave";

    private const string ArgoAnnotation = "argocd.argoproj.io/sync-wave";

    // What is not in the list comes after workloads and before what stands in the way of others: routes, API services, webhooks.
    private const int Unknown = 26;

    private static readonly FrozenDictionary<string, int> Ranks = new[]
    {
        "Namespace", "ResourceQuota", "LimitRange", "NetworkPolicy", "PodDisruptionBudget", "ServiceAccount", "Secret",
        "ConfigMap", "StorageClass", "PersistentVolume",
        "PersistentVolumeClaim", "CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding",
        "Service", "DaemonSet", "Pod", "ReplicationController",
        "ReplicaSet", "Deployment", "HorizontalPodAutoscaler", "StatefulSet", "Job", "CronJob", "-", "IngressClass", "Ingress",
        "APIService",
        "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration",
    }.Select(static (kind, rank) => (kind, rank))
        .ToFrozenDictionary(static pair => pair.kind, static pair => pair.rank, StringComparer.Ordinal);

    /// <summary>The wave of an object: objects of one are written together, and waited for together.</summary>
    public static Wave Of(Manifest manifest) => new(Told(manifest), StageOf(manifest.Id));

    /// <summary>Where an object stands within its wave.</summary>
    public static int RankOf(KubernetesId id) => Ranks.GetValueOrDefault(id.Kind, Unknown);

    /// <summary>Others are made of it, or in it: with it they go.</summary>
    public static bool IsFoundation(KubernetesId id) => StageOf(id) == 0;

    /// <summary>
    /// Objects in the order in which they are deleted: what needs others first, custom resources before what serves them,
    /// definitions and namespaces last.
    /// </summary>
    public static IOrderedEnumerable<T> ForDeletion<T>(IEnumerable<T> items, Func<T, KubernetesId> idOf) => items
        .OrderByDescending(item => StageOf(idOf(item)))
        .ThenByDescending(item => Ranks.ContainsKey(idOf(item).Kind) ? RankOf(idOf(item)) : int.MaxValue)
        .ThenBy(item => idOf(item).Canonical, StringComparer.Ordinal);

    private static int StageOf(KubernetesId id) => id switch
    {
        { Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition" } or { Group: "", Kind: "Namespace" } => 0,
        { Group: "rbac.authorization.k8s.io", Kind: "ClusterRole" } => 0,
        _ when id.Namespace.Length == 0 && id.Kind.EndsWith("Class", StringComparison.Ordinal) => 1,
        _ => 2,
    };

    private static int Told(Manifest manifest)
    {
        var text = manifest.Object.Text("metadata", "annotations", Annotation)
            ?? manifest.Object.Text("metadata", "annotations", ArgoAnnotation);
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var wave) ? wave : 0;
    }
}

/// <summary>One wave.</summary>
/// <param name="Number">What the annotation says.</param>
/// <param name="Stage">0 for what others are made of, 1 for classes, 2 for everything else.</param>
public readonly record struct Wave(int Number, int Stage) : IComparable<Wave>
{
    /// <inheritdoc/>
    public int CompareTo(Wave other) => Number != other.Number ? Number.CompareTo(other.Number) : Stage.CompareTo(other.Stage);

    /// <summary>A wave comes before another.</summary>
    public static bool operator <(Wave left, Wave right) => left.CompareTo(right) < 0;

    /// <summary>A wave comes after another.</summary>
    public static bool operator >(Wave left, Wave right) => left.CompareTo(right) > 0;

    /// <summary>A wave does not come after another.</summary>
    public static bool operator <=(Wave left, Wave right) => left.CompareTo(right) <= 0;

    /// <summary>A wave does not come before another.</summary>
    public static bool operator >=(Wave left, Wave right) => left.CompareTo(right) >= 0;
}
