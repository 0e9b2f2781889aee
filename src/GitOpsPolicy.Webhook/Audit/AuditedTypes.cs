using System.Collections.Frozen;
using System.Collections.Immutable;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Webhook.Audit;

/// <summary>
/// Which types of objects an audit lists: those that some rule judges, but none that says nothing about what somebody wants.
/// </summary>
public static class AuditedTypes
{
    /// <summary>
    /// Groups of which nothing is listed. Reports are what audits write; the others are computed when asked for.
    /// </summary>
    private static readonly FrozenSet<string> Groups = FrozenSet.Create(
        StringComparer.Ordinal,
        "openreports.io", "wgpolicyk8s.io", "reports.x-k8s.io", "reports.kyverno.io", "metrics.k8s.io", "custom.metrics.k8s.io",
        "external.metrics.k8s.io", "subresources.kubevirt.io");

    /// <summary>
    /// Types that are not listed: what components of the cluster write about themselves or derive from other objects, again and
    /// again.
    /// </summary>
    private static readonly FrozenSet<(string Group, string Kind)> Types = new[]
    {
        ("", "Event"), ("events.k8s.io", "Event"), ("coordination.k8s.io", "Lease"), ("coordination.k8s.io", "LeaseCandidate"),
        ("",
            "Endpoints"), ("discovery.k8s.io",
                "EndpointSlice"), ("", "ComponentStatus"), ("storage.k8s.io", "CSIStorageCapacity"),
        ("storage.k8s.io",
            "CSINode"), ("storage.k8s.io",
                "VolumeAttachment"), ("networking.k8s.io", "IPAddress"), ("apps", "ControllerRevision"),
        ("internal.apiserver.k8s.io",
            "StorageVersion"), ("storagemigration.k8s.io", "StorageVersionMigration"), ("resource.k8s.io", "ResourceSlice"),
    }.ToFrozenSet();

    /// <summary>
    /// The types to list, in the order of their names. Of several versions of one the server's preferred one counts.
    /// </summary>
    /// <param name="catalog">What the server serves.</param>
    /// <param name="scope">What is judged at all. A kind that is named in full is listed whatever is said here.</param>
    /// <param name="evaluator">The rules.</param>
    /// <param name="options">The options they judge with.</param>
    public static ImmutableArray<ResourceType> Of(
        ResourceCatalog catalog, AuditScope scope, Evaluator evaluator, EvaluationOptions options) =>
        [.. Listed(
            catalog, scope).Where(type => evaluator.Judges(LiveObject.OfKind(type.Group, type.Version, type.Kind), options))];

    /// <summary>The types of which somebody may want something, whatever the rules say.</summary>
    internal static ImmutableArray<ResourceType> Listed(ResourceCatalog catalog, AuditScope scope) =>
    [
        .. catalog.Types
            .DistinctBy(static type => (type.Group, type.Kind))
            .Where(static type => type.Verbs.Contains("list") && type.Kind.Length > 0)
            .Where(type => scope.Covers(type) && (IsAudited(type) || IsNamed(type, scope)))
            .OrderBy(static type => type.Group, StringComparer.Ordinal).ThenBy(static type => type.Kind, StringComparer.Ordinal),
    ];

    private static bool IsAudited(ResourceType type) => !Groups.Contains(type.Group) && !Types.Contains((type.Group, type.Kind));

    private static bool IsNamed(ResourceType type, AuditScope scope) =>
        scope.Kinds.Any(glob => glob.IsLiteral && (glob.Fits(type.Kind) || glob.Fits($"{type.Group}/{type.Kind}")));
}
