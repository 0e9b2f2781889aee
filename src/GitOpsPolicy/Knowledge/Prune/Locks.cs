using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Prune;

/// <summary>
/// Resources whose only purpose is to guard another one: Azure management locks and Crossplane usages. One that is destroyed in
/// the same change set guards nothing.
/// </summary>
internal static class Locks
{
    /// <summary>
    /// Adds the guards that other resources of the set are for this one: kept ones to <paramref name="guards"/>, others to
    /// <paramref name="lost"/>.
    /// </summary>
    public static void Apply(Change change, ChangeSet set, List<Guard> guards, List<Guard> lost)
    {
        foreach (var other in KnownResources.Of(set).Locks)
        {
            if (!Guards(other, change)) continue;
            var guard = new Guard(
                other.Resource.Canonical, $"`{other.Resource}`", GuardEffect.Prevents, GuardReach.Delete, other.Before!);
            var isGoing = other.Operation is Operation.Delete or Operation.Replace or Operation.Forget;
            (isGoing ? lost : guards).Add(guard);
        }
    }

    /// <summary>A resource guards others.</summary>
    public static bool IsLock(ResourceId id) => id switch
    {
        TerraformId { Type: "azurerm_management_lock", IsData: false } => true,
        KubernetesId { Group: "protection.crossplane.io", Kind: "Usage" or "ClusterUsage" } => true,
        KubernetesId { Group: "apiextensions.crossplane.io", Kind: "Usage" } => true,
        _ => false,
    };

    private static bool Guards(Change locking, Change change) => (locking.Resource, change.Resource) switch
    {
        (TerraformId, TerraformId) =>
            change.Before.TextAt("id") is { Length: > 0 } id
                && locking.Before.TextAt("scope") is { Length: > 0 } scope
                && Covers(scope, id),
        (KubernetesId usage, KubernetesId used) => IsUsageOf(locking.Before.At("spec", "of"), usage, used),
        _ => false,
    };

    // A lock on a resource group holds for everything in it.
    private static bool Covers(string scope, string id) =>
        id.Equals(scope, StringComparison.OrdinalIgnoreCase)
            || id.StartsWith(scope.TrimEnd('/') + "/", StringComparison.OrdinalIgnoreCase);

    private static bool IsUsageOf(Node? of, KubernetesId usage, KubernetesId used) =>
        of.TextAt("kind") == used.Kind
        && of.At("resourceRef").TextAt("name") == used.Name
        && (usage.Namespace.Length == 0 || usage.Namespace == used.Namespace);
}
