using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Prune.Cascades;

namespace GitOpsPolicy.Knowledge.Prune;

/// <summary>
/// What keeps the resource of a change, read where it counts: on the state before the change, never on the one after it.
/// </summary>
/// <param name="Guards">The guards that stand against what the change does.</param>
/// <param name="Powerless">Guards that stand against something else: a mark for pruners where somebody asks the API server to
/// delete.</param>
/// <param name="Lost">Guards that the change takes away, from the resource itself or from something else that guarded it.</param>
/// <param name="Dangers">What makes a deletion worse.</param>
internal sealed record Protection(
    IReadOnlyList<Guard> Guards, IReadOnlyList<Guard> Powerless, IReadOnlyList<Guard> Lost, IReadOnlyList<Danger> Dangers)
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
        var lost = LostFrom(before, change);
        AddConfigured(before, lost, change);
        if (set is not null)
        {
            Locks.Apply(change, set, before, lost);
            AddLent(before, change, set);
            AddDelivered(before, change, set);
        }

        var (faced, managers) = (Guard.Faced(change), ManagersOf(change, set));
        var stands = before.ToLookup(guard => guard.StandsAgainst(faced, managers));
        var dangers = id is TerraformId terraform ? TerraformGuards.DangersOf(change.Before, terraform.Type) : [];
        return new Protection(
            [.. stands[true].DistinctBy(guard => guard.Name)], [.. stands[false].DistinctBy(guard => guard.Name)], lost, dangers);
    }

    /// <summary>The guards that an object carries, whatever they stand against.</summary>
    public static List<Guard> GuardsOf(Node? node, ResourceId id) => id switch
    {
        KubernetesId kubernetes => KubernetesGuards.Of(node, kubernetes.Group, kubernetes.Kind),
        TerraformId terraform => TerraformGuards.Of(node, terraform.Type),
        _ => [],
    };

    private static List<Guard> LostFrom(List<Guard> before, Change change)
    {
        if (change.After is null || change.Before is null) return [];
        var after = GuardsOf(change.After, change.Resource).Select(guard => guard.Name).ToHashSet(StringComparer.Ordinal);
        return [.. before.Where(guard => !after.Contains(guard.Name) && !IsUnknownAfter(guard, change))
            .DistinctBy(guard => guard.Name)];
    }

    // Terraform reads prevent_destroy where the block stands, so what was said before and is no longer said guards nothing.
    private static void AddConfigured(List<Guard> guards, List<Guard> lost, Change change)
    {
        var stays = change.PreventDestroyAfter;
        if ((stays ?? change.PreventDestroyBefore) is not { } node) return;
        (stays is null
            ? lost
            : guards).Add(new(
                "prevent_destroy", $"`prevent_destroy` ({node.Location})", GuardEffect.Prevents, GuardReach.Delete, node));
    }

    // The data of a claim stays where its volume, or the class it was made by, says Retain.
    private static void AddLent(List<Guard> guards, Change change, ChangeSet set)
    {
        if (change.Resource is not KubernetesId id || change.Before is null) return;
        var name = GuardTable.NameOf(id.Group, id.Kind);
        foreach (var row in GuardTable.Shipped.Lent)
        {
            if (!KubernetesGuards.Fits(row.Kinds, name)
                || change.Before.At(row.Path.AsSpan()).AsText() is not { Length: > 0 } lender)
                continue;
            if (KnownResources.Of(set).Find(row.By, lender) is not { } by) continue;
            guards.AddRange(GuardsOf(by.Before, by.Resource).Where(guard => guard.Reach == GuardReach.Data)
                .Select(guard => guard with { By = $"{guard.By} of {by.Resource}" }));
        }
    }

    // What its Application or Kustomization says of all its resources counts where the resource itself says nothing. Of several
    // that deliver it the strictest is the one that prunes.
    private static void AddDelivered(List<Guard> guards, Change change, ChangeSet set)
    {
        if (change is not { Operation: Operation.Delete, Origin: ChangeOrigin.Diff, Resource: KubernetesId }) return;
        if (KubernetesGuards.SaysPrune(change.Before)) return;
        var says = CascadeGraph.Of(set).Units.Of(change)
            .Select(unit => (Unit: unit, Guard: KindGuards.OfUnit(unit.Before, unit.Resource)))
            .ToList();
        if (says.Count == 0 || says.Exists(unit => unit.Guard is null)) return;
        guards.AddRange(says.Select(unit => unit.Guard! with { By = $"{unit.Guard!.By} of {unit.Unit.Resource}" }));
    }

    private static ImmutableArray<string> ManagersOf(Change change, ChangeSet? set)
    {
        var says = KubernetesGuards.ManagersOf(change.Before);
        return !says.IsEmpty || set is null ? says : KnownResources.Of(set).Deployers;
    }

    private static bool IsUnknownAfter(Guard guard, Change change) => change.After.At(guard.Name) is { IsUnknown: true };
}
