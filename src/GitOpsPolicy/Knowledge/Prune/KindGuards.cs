using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Prune;

/// <summary>Guards that are fields of particular kinds: deletion, reclaim and management policies.</summary>
internal static class KindGuards
{
    /// <summary>Adds the guards that the fields of this kind say.</summary>
    public static void Add(MappingNode root, string group, string kind, List<Guard> guards)
    {
        var spec = root["spec"];
        switch (group)
        {
            case "" when kind == "PersistentVolume":
                AddWhere(spec, "persistentVolumeReclaimPolicy", "Retain", GuardEffect.Retains, guards);
                break;
            case "snapshot.storage.k8s.io":
                AddWhere(spec, "deletionPolicy", "Retain", GuardEffect.Retains, guards);
                break;
            case "postgresql.cnpg.io" when kind is "Database" or "Publication" or "Subscription":
                AddUnless(root, spec, kind == "Database" ? "databaseReclaimPolicy" : $"{char.ToLowerInvariant(kind[0])}{kind[1..]}ReclaimPolicy", "delete", guards);
                break;
            case "elasticsearch.k8s.elastic.co":
                AddWhere(spec, "volumeClaimDeletePolicy", "DeleteOnScaledownOnly", GuardEffect.Retains, guards);
                break;
            case "kustomize.toolkit.fluxcd.io":
                AddFluxPolicy(spec, guards);
                break;
            case "argoproj.io":
                AddArgoPolicy(root, kind, guards);
                break;
            case "infra.contrib.fluxcd.io":
                if (spec.At("destroyResourcesOnDeletion") is not ScalarNode { IsTrue: true })
                    guards.Add(new Guard("destroyResourcesOnDeletion", "`destroyResourcesOnDeletion` is off (tofu-controller)", GuardEffect.Retains, root));
                break;
            default:
                AddCrossplanePolicy(spec, group, guards);
                break;
        }
    }

    private static void AddWhere(Node? spec, string field, string value, GuardEffect effect, List<Guard> guards)
    {
        if (spec.TextAt(field) == value) guards.Add(new Guard(field, $"`{field}: {value}`", effect, spec.At(field)!));
    }

    // A policy whose default guards: only one written value does not.
    private static void AddUnless(Node root, Node? spec, string field, string value, List<Guard> guards)
    {
        if (spec.TextAt(field) != value) guards.Add(new Guard(field, $"`{field}` is not `{value}`", GuardEffect.Retains, spec.At(field) ?? root));
    }

    private static void AddFluxPolicy(Node? spec, List<Guard> guards)
    {
        var policy = spec.TextAt("deletionPolicy") ?? "MirrorPrune";
        if (policy == "Orphan") guards.Add(new Guard("deletionPolicy", "`deletionPolicy: Orphan` (Flux)", GuardEffect.Orphans, spec.At("deletionPolicy")!));
        else if (policy == "MirrorPrune" && spec.At("prune") is ScalarNode { Kind: NodeKind.Boolean, IsTrue: false } prune)
            guards.Add(new Guard("prune", "`prune: false` (Flux)", GuardEffect.Orphans, prune));
        else if (spec.At("suspend") is ScalarNode { IsTrue: true } suspend)
            guards.Add(new Guard("suspend", "`suspend: true` (Flux deletes nothing of a suspended one)", GuardEffect.Orphans, suspend));
    }

    private static void AddArgoPolicy(MappingNode root, string kind, List<Guard> guards)
    {
        if (kind == "Application" && !HasFinalizer(root, "resources-finalizer.argocd.argoproj.io"))
            guards.Add(new Guard("finalizers", "no resources finalizer, so its resources stay (Argo CD)", GuardEffect.Orphans, root));
        if (kind == "ApplicationSet" && root["spec"].At("syncPolicy", "preserveResourcesOnDeletion") is ScalarNode { IsTrue: true } preserve)
            guards.Add(new Guard("preserveResourcesOnDeletion", "`preserveResourcesOnDeletion: true` (Argo CD)", GuardEffect.Orphans, preserve));
    }

    private static bool HasFinalizer(MappingNode root, string start)
    {
        foreach (var finalizer in root["metadata"].At("finalizers").ItemsOf())
            if (finalizer.AsText()?.StartsWith(start, StringComparison.Ordinal) == true) return true;
        return false;
    }

    // Non-default managementPolicies override deletionPolicy; without Delete (or *) in them the external resource stays.
    private static void AddCrossplanePolicy(Node? spec, string group, List<Guard> guards)
    {
        if (!group.EndsWith(".upbound.io", StringComparison.Ordinal) && !group.EndsWith(".crossplane.io", StringComparison.Ordinal) && spec.At("forProvider") is null) return;
        if (spec.At("managementPolicies") is SequenceNode policies && !IsDefault(policies))
        {
            if (!Contains(policies, "Delete") && !Contains(policies, "*"))
                guards.Add(new Guard("managementPolicies", "`managementPolicies` without Delete (Crossplane)", GuardEffect.Retains, policies));
            return;
        }

        AddWhere(spec, "deletionPolicy", "Orphan", GuardEffect.Retains, guards);
    }

    private static bool IsDefault(SequenceNode policies) => policies.Count == 1 && Contains(policies, "*");

    private static bool Contains(SequenceNode list, string word)
    {
        foreach (var item in list.Items)
            if (item.AsText() == word) return true;
        return false;
    }
}
