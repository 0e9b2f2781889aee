using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>What a change comes to as drift.</summary>
internal static class Drifting
{
    /// <summary>How it departs, as its input says or as its two states show.</summary>
    public static DriftKind KindOf(Change change) => change switch
    {
        { Drift: { } facts } => facts.Kind,
        { Before: not null, After: null } => DriftKind.Missing,
        { Before: null, After: not null } => DriftKind.Added,
        { Before: null } => DriftKind.None,
        _ => DriftKind.Modified,
    };

    /// <summary>Where the two states differ in a way that means something.</summary>
    public static List<Difference> DifferencesOf(Change change) => change switch
    {
        { Drift.Kind: DriftKind.Unknown } => [],   // states that cannot be held against each other
        { Origin: ChangeOrigin.Drift, Resource: KubernetesId id, Before: { } desired, After: { } live } =>
            LiveComparison.Between(id, desired, live, change.Drift),
        _ => Differences.Between(change.Before, change.After, change.Resource),
    };

    /// <summary>Where a person looks at it: in Git, at the value or the nearest one around it; else where it lives.</summary>
    public static Node? PlaceOf(Change change, Difference difference)
    {
        if (change is not { Origin: ChangeOrigin.Drift, Resource: KubernetesId, Before: { } desired })
            return difference.After ?? difference.Before;
        var at = desired;
        foreach (var step in difference.Steps)
        {
            var next = at switch
            {
                MappingNode mapping => mapping[step],
                SequenceNode list =>
                    difference.Before is not null && int.TryParse(step, out var index) && index < list.Count ? list[index] : null,
                _ => null,
            };
            if (next is null) break;
            at = next;
        }

        return at;
    }

    /// <summary>Who wrote it, by the object that lives; null where it does not say.</summary>
    public static string? ManagerOf(Change change, Difference difference) =>
        change is { Origin: ChangeOrigin.Drift, Resource: KubernetesId, After: { } live }
            ? FieldManagers.Of(live, change.Before, difference)
            : null;
}
