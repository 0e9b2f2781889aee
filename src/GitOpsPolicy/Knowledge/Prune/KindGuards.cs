using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Prune;

/// <summary>Guards that take more than one field to tell; the others are rows of <c>kubernetes-guards.yaml</c>.</summary>
internal static class KindGuards
{
    /// <summary>Adds the guards that the fields of this kind say.</summary>
    public static void Add(MappingNode root, string group, string kind, List<Guard> guards)
    {
        switch (group)
        {
            case "kustomize.toolkit.fluxcd.io":
                AddFluxPolicy(root["spec"], guards);
                break;
            case "argoproj.io" when kind == "Application" && !HasFinalizer(root, "resources-finalizer.argocd.argoproj.io"):
                guards.Add(new Guard(
                    "finalizers", "no resources finalizer, so its resources stay (Argo CD)", GuardEffect.Orphans, GuardReach.Data,
                    root));
                break;
            case "argoproj.io":
                break;
            default:
                AddCrossplanePolicy(root["spec"], group, guards);
                break;
        }
    }

    /// <summary>What an Application or Kustomization says of pruning everything that it delivers; null where it prunes.</summary>
    public static Guard? OfUnit(Node? root, ResourceId id)
    {
        var spec = root.At("spec");
        if (id is KubernetesId { Group: "kustomize.toolkit.fluxcd.io" })
            return spec.At("prune") is ScalarNode { Kind: NodeKind.Boolean, IsTrue: false } prune
                ? new("prune", "`prune: false`", GuardEffect.Orphans, GuardReach.Prune, prune) { Tools = ["Flux"] }
                : null;
        if (id is KubernetesId { Kind: "ApplicationSet" }) spec = spec.At("template", "spec");
        foreach (var option in spec.At("syncPolicy", "syncOptions").ItemsOf())
            if (GuardTable.Shipped.Options.FirstOrDefault(row =>
                row.Option == option.AsText()) is { Reach: GuardReach.Prune } row)
                return new($"{KubernetesGuards.ArgoOptions} Prune", $"`{row.Option}`", row.Effect, row.Reach, option)
                {
                    Tools = ["Argo CD"],
                };
        return null;
    }

    // Flux, docs/spec/v1/kustomizations.md: MirrorPrune does what `prune` says; a suspended one deletes nothing when it is
    // deleted.
    private static void AddFluxPolicy(Node? spec, List<Guard> guards)
    {
        var policy = spec.TextAt("deletionPolicy") ?? "MirrorPrune";
        if (policy == "Orphan")
            guards.Add(Stays("deletionPolicy", "`deletionPolicy: Orphan` (Flux)", spec.At("deletionPolicy")!));
        else if (policy == "MirrorPrune" && spec.At("prune") is ScalarNode { Kind: NodeKind.Boolean, IsTrue: false } prune)
            guards.Add(Stays("prune", "`prune: false` (Flux)", prune));
        else if (spec.At("suspend") is ScalarNode { IsTrue: true } suspend)
            guards.Add(Stays("suspend", "`suspend: true` (Flux deletes nothing of a suspended one)", suspend));
    }

    private static Guard Stays(string name, string by, Node node) => new(name, by, GuardEffect.Orphans, GuardReach.Data, node);

    private static bool HasFinalizer(MappingNode root, string start)
    {
        foreach (var finalizer in root["metadata"].At("finalizers").ItemsOf())
            if (finalizer.AsText()?.StartsWith(start, StringComparison.Ordinal) == true) return true;
        return false;
    }

    // Non-default managementPolicies override deletionPolicy; without Delete (or *) in them the external resource stays.
    private static void AddCrossplanePolicy(Node? spec, string group, List<Guard> guards)
    {
        if (!group.EndsWith(".upbound.io", StringComparison.Ordinal)
            && !group.EndsWith(".crossplane.io", StringComparison.Ordinal)
            && spec.At("forProvider") is null)
            return;
        if (spec.At("managementPolicies") is SequenceNode policies && !IsDefault(policies))
        {
            if (!Contains(policies, "Delete") && !Contains(policies, "*"))
                guards.Add(new Guard(
                    "managementPolicies", "`managementPolicies` without Delete (Crossplane)", GuardEffect.Retains,
                    GuardReach.Data, policies));
        }
        else if (spec.TextAt("deletionPolicy") == "Orphan")
        {
            guards.Add(new Guard(
                "deletionPolicy", "`deletionPolicy: Orphan` (Crossplane)", GuardEffect.Retains, GuardReach.Data,
                spec.At("deletionPolicy")!));
        }
    }

    private static bool IsDefault(SequenceNode policies) => policies.Count == 1 && Contains(policies, "*");

    private static bool Contains(SequenceNode list, string word)
    {
        foreach (var item in list.Items)
            if (item.AsText() == word) return true;
        return false;
    }
}
