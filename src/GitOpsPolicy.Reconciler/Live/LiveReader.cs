using System.Collections.Concurrent;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Reconciler.Live;

/// <summary>What lives under an id.</summary>
/// <param name="Object">The object; null for none, and where it is not known.</param>
/// <param name="Unreadable">Why it is not known; null where it is.</param>
/// <param name="Type">How the server serves it; null where it does not.</param>
public sealed record LiveAnswer(MappingNode? Object, string? Unreadable, ResourceType? Type)
{
    /// <summary>It is not known now, and another try may go better.</summary>
    public bool MayBeReadSoon { get; init; }
}

/// <summary>Reads objects one by one: that a list does not hold one does not mean that it is gone.</summary>
/// <param name="client">The cluster.</param>
/// <param name="cache">What watches have told of it; null to ask for everything.</param>
public sealed class LiveReader(KubernetesClient client, LiveCache? cache = null)
{
    private const int AtOnce = 8;

    /// <summary>Reads what lives under some ids, by <see cref="PassObject.KeyOf"/>.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="mayBeOld">What may come from the cache.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyDictionary<string, LiveAnswer>> ReadAsync(
        IEnumerable<KubernetesId> ids, Predicate<KubernetesId> mayBeOld, CancellationToken cancellation)
    {
        var found = new ConcurrentDictionary<string, LiveAnswer>(StringComparer.Ordinal);
        var asked = new List<KubernetesId>();
        foreach (var id in ids)
        {
            if (cache is not null
                && mayBeOld(id)
                && await TypeOfAsync(id, cancellation) is { } type
                && cache.TryFind(type.Group, type.Kind, PassObject.KeyOf(id), out var known))
                found[PassObject.KeyOf(id)] = new(known, null, type);
            else
                asked.Add(id);
        }

        await Parallel.ForEachAsync(
            asked, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (id, stop) =>
                found[PassObject.KeyOf(id)] = await ReadAsync(id, stop));
        return found;
    }

    /// <summary>Reads what lives under an id.</summary>
    public async Task<LiveAnswer> ReadAsync(KubernetesId id, CancellationToken cancellation)
    {
        try
        {
            var type = await TypeOfAsync(id, cancellation);
            if (type is null) return new(null, await WhyUnservedAsync(id, cancellation), null) { MayBeReadSoon = true };
            if (type.IsNamespaced && id.Namespace.Length == 0)
                return new(null, "it names no namespace, and the unit has no `target.namespace`", type);
            return new(await client.FindAsync(AddressOf(type, id), cancellation), null, type);
        }
        catch (KubernetesException e)
        {
            return new(null, e.Failure.ToString(), null) { MayBeReadSoon = MayPass(e.Failure) };
        }
    }

    /// <summary>Another try may go better: nobody has refused what was asked.</summary>
    public static bool MayPass(ApiFailure failure) =>
        failure is { Stage: not FailureStage.Refused } or { Code: 409 or 429 or >= 500 };

    // A kind that nobody serves has no objects, unless the server cannot tell at the moment what it serves.
    private async Task<string?> WhyUnservedAsync(KubernetesId id, CancellationToken cancellation)
    {
        var catalog = await client.Discovery.GetAsync(cancellation);
        return catalog.Undescribed.Any(group => group.ApiVersion.Split('/')[0] == id.Group)
            ? $"the cluster does not answer what it serves of {id.Group}"
            : null;
    }

    /// <summary>
    /// The type of an object: in its version, else in the one that the server prefers, since an object is the same in all.
    /// </summary>
    public async ValueTask<ResourceType?> TypeOfAsync(KubernetesId id, CancellationToken cancellation) =>
        await client.Discovery.FindAsync(id.Group, id.Kind, id.Version, cancellation)
            ?? await client.Discovery.FindAsync(id.Group, id.Kind, null, cancellation);

    /// <summary>The address of an object.</summary>
    public static ObjectAddress AddressOf(ResourceType type, KubernetesId id) =>
        new(type, type.IsNamespaced ? id.Namespace : null, id.Name);
}
