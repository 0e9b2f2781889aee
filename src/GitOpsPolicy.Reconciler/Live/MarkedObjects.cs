using System.Collections.Concurrent;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Live;

/// <summary>An object that bears the marks of a unit.</summary>
/// <param name="Id">Which.</param>
/// <param name="Uid">Its uid.</param>
public sealed record MarkedObject(KubernetesId Id, string Uid);

/// <summary>
/// Finds the objects that bear the marks of a unit of which nothing is kept: it is new, or what was kept is lost. Whatever it
/// once wrote and Git no longer has would be nobody's otherwise. All units of a cluster that act in one name are looked for at
/// once, in all namespaces or, where the name may not, in each that a unit writes to.
/// </summary>
/// <param name="time">The clock.</param>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class MarkedObjects(TimeProvider time)
{
    private readonly ConcurrentDictionary<KubernetesClient, NameSearch> names = new();

    /// <summary>Those of a unit. Kinds that may not be listed are left out.</summary>
    /// <param name="client">The cluster, in the unit's name.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="git">What Git says that shall live: kinds that are looked for first, and namespaces.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="KubernetesException">The cluster cannot be asked.</exception>
    public async Task<IEnumerable<MarkedObject>> OfAsync(
        KubernetesClient client, Unit unit, IReadOnlyCollection<KubernetesId> git, CancellationToken cancellation)
    {
        var search = names.GetOrAdd(client, asked => new(asked, time));
        var found = await search.FindAsync(unit.Key, PlacesOf(unit, git), git, cancellation);
        return found.DistinctBy(static one => one.Uid);
    }

    // Patterns of names are left out: which namespaces there are such a unit may not know.
    private static List<string> PlacesOf(Unit unit, IReadOnlyCollection<KubernetesId> git) =>
    [
        .. git.Select(static id => id.Namespace)
            .Concat(unit.Target.Namespaces.Where(ObjectNames.IsLabel))
            .Append(unit.Target.Namespace ?? "")
            .Where(static place => place.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
    ];
}
