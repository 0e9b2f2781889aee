using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Prune;

/// <summary>The guards that Kubernetes objects carry: annotations and labels of the tools that prune, and fields of the kinds themselves.</summary>
internal static class KubernetesGuards
{
    private const string ArgoOptions = "argocd.argoproj.io/sync-options";

    // Annotation or label, the value that guards, who honours it, what it does. Flux compares without case and reads labels too.
    private static readonly Mark[] Marks =
    [
        new("kustomize.toolkit.fluxcd.io/prune", "disabled", "Flux", GuardEffect.Prevents, AnyCase: true, OrLabel: true),
        new("kustomize.toolkit.fluxcd.io/reconcile", "disabled", "Flux", GuardEffect.Prevents, AnyCase: true, OrLabel: true),
        new("kustomize.toolkit.fluxcd.io/ssa", "ignore", "Flux", GuardEffect.Prevents, AnyCase: true, OrLabel: true),
        new("helm.sh/resource-policy", "keep", "Helm", GuardEffect.Orphans, AnyCase: true),
        new("client.lifecycle.config.k8s.io/deletion", "detach", "Config Sync and cli-utils", GuardEffect.Orphans),
        new("cli-utils.sigs.k8s.io/on-remove", "keep", "cli-utils", GuardEffect.Orphans),
        new("configmanagement.gke.io/managed", "disabled", "Config Sync", GuardEffect.Orphans),
        new("cnrm.cloud.google.com/deletion-policy", "abandon", "Config Connector", GuardEffect.Retains),
        new("services.k8s.aws/deletion-policy", "retain", "ACK", GuardEffect.Retains),
        new("serviceoperator.azure.com/reconcile-policy", "skip", "Azure Service Operator", GuardEffect.Retains),
        new("serviceoperator.azure.com/reconcile-policy", "detach-on-delete", "Azure Service Operator", GuardEffect.Retains),
        new("mongodb.com/atlas-resource-policy", "keep", "MongoDB Atlas", GuardEffect.Retains),
    ];

    private readonly record struct Mark(string Key, string Value, string Tool, GuardEffect Effect, bool AnyCase = false, bool OrLabel = false);

    /// <summary>The guards of one object.</summary>
    /// <param name="root">The object as it was before the change.</param>
    /// <param name="group">API group.</param>
    /// <param name="kind">Kind.</param>
    public static List<Guard> Of(Node? root, string group, string kind)
    {
        var guards = new List<Guard>();
        if (root is not MappingNode mapping) return guards;
        var metadata = mapping["metadata"];
        AddArgoOptions(metadata.At("annotations").At(ArgoOptions), guards);
        foreach (var mark in Marks) AddMark(mark, metadata, guards);
        KindGuards.Add(mapping, group, kind, guards);
        return guards;
    }

    /// <summary>The words of a comma list such as <c>Prune=false,Delete=confirm</c>, trimmed.</summary>
    public static string[] Options(Node? node) =>
        node.AsText()?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static void AddArgoOptions(Node? options, List<Guard> guards)
    {
        foreach (var option in Options(options))
        {
            var effect = option switch
            {
                "Prune=false" => GuardEffect.Prevents,
                "Prune=confirm" => GuardEffect.Asks,
                _ => (GuardEffect?)null,
            };
            if (effect is { } does) guards.Add(new Guard($"{ArgoOptions} Prune", $"`{option}` (Argo CD)", does, options!));
        }
    }

    private static void AddMark(in Mark mark, Node? metadata, List<Guard> guards)
    {
        var node = metadata.At("annotations").At(mark.Key);
        if (node is null && mark.OrLabel) node = metadata.At("labels").At(mark.Key);
        if (node.AsText() is not { } text) return;
        var comparison = mark.AnyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (text.Trim().Equals(mark.Value, comparison))
            guards.Add(new Guard(mark.Key, $"`{mark.Key}: {mark.Value}` ({mark.Tool})", mark.Effect, node!));
    }
}
