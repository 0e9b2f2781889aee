using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Rendering;

/// <summary>Gives each object its namespace, and refuses those that the unit may not write.</summary>
/// <param name="target">Where the unit's objects go.</param>
/// <param name="isNamespaced">What the cluster says of a kind; null for a kind that it does not know yet.</param>
internal sealed class Placement(TargetSettings target, Func<KubernetesId, bool?> isNamespaced)
{
    private readonly ScopeTable scopes = new();
    private readonly Glob[] allowed = [.. target.Namespaces.Select(static pattern => new Glob(pattern))];

    /// <summary>Places all objects.</summary>
    public ImmutableArray<Manifest> Place(ImmutableArray<Manifest> objects, List<Problem> problems)
    {
        foreach (var one in objects)
            if (one.Id.Kind == "CustomResourceDefinition") scopes.Learn(one.Object);
        return [.. objects.Select(one => Place(one, problems))];
    }

    private Manifest Place(Manifest one, List<Problem> problems)
    {
        var written = one.Object.Text("metadata", "namespace");
        if (IsClusterScoped(one.Id))
        {
            if (!target.AllowsClusterScoped)
                problems.Add(new(
                    one.Location, $"`{one.Id}` lies outside of namespaces, where this unit may not write",
                    "move it to another unit, or set `spec.target.clusterScoped`"));
            return written is null ? one with { Id = one.Id with { Namespace = "" } } : MetadataEdit.WithNamespace(one, null);
        }

        var placed = written is not null ? one : target.Namespace is { } usual ? MetadataEdit.WithNamespace(one, usual) : one;
        var place = written ?? target.Namespace;
        if (place is null)
            problems.Add(new(
                one.Location, $"`{one.Id}` names no namespace, and the unit has none for such objects",
                "write `metadata.namespace`, or set `spec.target.namespace`"));
        else if (allowed.Length > 0 && !allowed.Any(glob => glob.Fits(place)))
            problems.Add(new(
                one.Location, $"`{one.Id}` lies in `{place}`, which is none of the namespaces that this unit may write to",
                "correct it, or extend `spec.target.namespaces`"));
        return placed with { Id = placed.Id with { Namespace = place ?? "" } };
    }

    // What nobody knows lies in a namespace: a wrong guess there is told by the server, the other way round it would not be asked
    // which one.
    private bool IsClusterScoped(KubernetesId id) => isNamespaced(id) switch
    {
        { } known => !known,
        null => scopes.IsClusterScoped(id.Group, id.Kind),
    };
}
