using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Prune;

/// <summary>What keeps the resource of a change, read where it counts: on the state before the change, never on the one after it.</summary>
/// <param name="Guards">The guards in force.</param>
/// <param name="Lost">Guards that the change takes away, from the resource itself or from something else that guarded it.</param>
/// <param name="Dangers">What makes a deletion worse.</param>
internal sealed record Protection(IReadOnlyList<Guard> Guards, IReadOnlyList<Guard> Lost, IReadOnlyList<Danger> Dangers)
{
    /// <summary>Something keeps it.</summary>
    public bool IsProtected => Guards.Count > 0;

    /// <summary>The protection of a change's resource.</summary>
    /// <param name="change">The change.</param>
    /// <param name="set">The set it belongs to, in which other resources may guard this one; null for none.</param>
    public static Protection Of(Change change, ChangeSet? set = null)
    {
        var id = change.Previous ?? change.Resource;
        var before = GuardsOf(change.Before, id);
        var lost = new List<Guard>();
        if (change.After is not null && change.Before is not null)
        {
            var after = GuardsOf(change.After, change.Resource).Select(guard => guard.Name).ToHashSet(StringComparer.Ordinal);
            lost.AddRange(before.Where(guard => !after.Contains(guard.Name) && !IsUnknownAfter(guard, change)));
        }

        if (set is not null) Locks.Apply(change, set, before, lost);
        var dangers = id is TerraformId terraform ? TerraformGuards.DangersOf(change.Before, terraform.Type) : [];
        return new Protection(before, lost, dangers);
    }

    /// <summary>The guards that an object carries.</summary>
    public static List<Guard> GuardsOf(Node? node, ResourceId id) => id switch
    {
        KubernetesId kubernetes => KubernetesGuards.Of(node, kubernetes.Group, kubernetes.Kind),
        TerraformId terraform => TerraformGuards.Of(node, terraform.Type),
        _ => [],
    };

    private static bool IsUnknownAfter(Guard guard, Change change) => change.After.At(guard.Name) is { IsUnknown: true };
}
