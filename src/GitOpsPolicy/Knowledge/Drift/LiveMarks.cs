using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>What an object that lives tells about where it comes from.</summary>
internal static class LiveMarks
{
    /// <summary>Where <c>kubectl apply</c> keeps what it applied.</summary>
    public const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    private static readonly string[] Marks = [
        LastApplied, "argocd.argoproj.io/tracking-id", "kustomize.toolkit.fluxcd.io/name", "helm.toolkit.fluxcd.io/name"
    ];

    /// <summary>Somebody has applied it from files.</summary>
    public static bool IsManaged(Node live) => Marks.Any(mark =>
        live.At("metadata", "annotations", mark) is not null || live.At("metadata", "labels", mark) is not null);

    /// <summary>A controller or the server makes it, or it is going.</summary>
    public static bool IsDerived(KubernetesId id, Node live) =>
        live.At("metadata", "ownerReferences").ItemsOf().Length > 0
        || live.At("metadata", "deletionTimestamp") is ScalarNode { Kind: NodeKind.String }
        || live.TextAt("type") == "kubernetes.io/service-account-token"
        || NoiseTable.Shipped.IsMade(id);

    /// <summary>What <c>kubectl apply</c> applied last; null where it did not, or what it wrote cannot be read.</summary>
    public static Node? LastAppliedOf(Node live)
    {
        if (live.At("metadata", "annotations").TextAt(LastApplied) is not { } text) return null;
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return JsonReader.Read(new TextFile(LastApplied, bytes), bytes, ReaderLimits.Default).TryGet(out var document)
            ? document.Root
            : null;
    }

    /// <summary>The units of GitOps tools that it says it belongs to, a name for each.</summary>
    public static string[] ClaimantsOf(Node live)
    {
        var (annotations, labels) = (live.At("metadata", "annotations"), live.At("metadata", "labels"));
        string?[] named =
        [
            annotations.TextAt("argocd.argoproj.io/tracking-id") is { } id ? $"Argo CD (`{id.Split(':')[0]}`)" : null,
            labels.TextAt("kustomize.toolkit.fluxcd.io/name") is { } name
                ? $"Flux (`{labels.TextAt("kustomize.toolkit.fluxcd.io/namespace")}/{name}`)"
                : null,
            labels.TextAt("helm.toolkit.fluxcd.io/name") is { } release
                ? $"Flux (`{labels.TextAt("helm.toolkit.fluxcd.io/namespace")}/{release}`)"
                : null,
        ];
        return [.. named.OfType<string>()];
    }

    /// <summary>
    /// Whose it is: another GitOps tool's that claims it, or that of the controller that makes it; null for nobody's.
    /// </summary>
    public static string? OwnerOf(Node live)
    {
        if (ClaimantsOf(live) is [var claimant, ..]) return claimant;
        foreach (var owner in live.At("metadata", "ownerReferences").ItemsOf())
            if (owner.At("controller") is ScalarNode { IsTrue: true }) return $"{owner.TextAt("kind")} `{owner.TextAt("name")}`";
        return null;
    }
}
