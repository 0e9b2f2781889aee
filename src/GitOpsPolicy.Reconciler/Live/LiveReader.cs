using System.Collections.Concurrent;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Units;

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

/// <summary>
/// Reads objects. Many of one kind are listed by the marks of their unit; what the list does not hold is asked for one by one,
/// since that does not mean that it is gone.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="cache">What watches have told of it; null to ask for everything.</param>
public sealed class LiveReader(KubernetesClient client, LiveCache? cache = null)
{
    private const int AtOnce = 8;

    // From here on a list costs a server less than as many requests.
    private const int Many = 16;

    /// <summary>The unit whose marks the objects bear, if they are there; null to list nothing.</summary>
    public UnitKey? Unit { get; init; }

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

        if (Unit is { } unit) await ListAsync(unit, asked, found, cancellation);
        await Parallel.ForEachAsync(
            asked.Where(id => !found.ContainsKey(PassObject.KeyOf(id))), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (id, stop) =>
                found[PassObject.KeyOf(id)] = await ReadAsync(id, stop));
        return found;
    }

    // What may not be listed, and whatever else goes wrong, the questions one by one will tell.
    private async Task ListAsync(
        UnitKey unit, List<KubernetesId> asked, ConcurrentDictionary<string, LiveAnswer> found, CancellationToken cancellation)
    {
        var marks = $"{ObjectBody.UnitName}={unit.Name},{ObjectBody.UnitNamespace}={unit.Namespace}";
        foreach (var alike in asked.GroupBy(static id => (id.Group, id.Version, id.Kind, id.Namespace)))
        {
            if (alike.Count() < Many) continue;
            try
            {
                if (await TypeOfAsync(alike.First(), cancellation) is not { } type || !type.Verbs.Contains("list")) continue;
                var wanted = alike.Select(PassObject.KeyOf).ToHashSet(StringComparer.Ordinal);
                var selection = new Selection
                {
                    Namespace = type.IsNamespaced ? alike.Key.Namespace : null,
                    LabelSelector = marks,
                };
                await foreach (var (item, _) in client.ListAsync(type, selection, cancellation))
                    if (item is not null && KeyOf(type, item) is var key && wanted.Contains(key))
                        found[key] = new(item, null, type);
            }
            catch (KubernetesException)
            {
                // Each is asked for.
            }
        }
    }

    /// <summary>The key of an object that a server has told.</summary>
    internal static string KeyOf(ResourceType type, MappingNode item)
    {
        var metadata = new ObjectMetadata(item);
        return PassObject.KeyOf(new(type.Group, type.Version, type.Kind, metadata.Namespace, metadata.Name));
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
