using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Webhook.Audit;

/// <summary>
/// Reads what lives where Git decides about it: each kind that Git has objects of, in the version that Git says, and in the
/// namespaces that Git has objects in every other kind that somebody wants something with.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="scope">What of it is read at all.</param>
public sealed class ClusterReading(KubernetesClient client, AuditScope scope)
{
    // Of more namespaces than this all are listed at once, and what is in others let go of.
    private const int MostPlaces = 20;

    private readonly ImmutableArray<Problem>.Builder problems = ImmutableArray.CreateBuilder<Problem>();
    private readonly Dictionary<(string Group, string Kind), string> unread = [];
    private readonly HashSet<string> claimed = new(StringComparer.Ordinal);

    /// <summary>What the Pods refer to that were let go of.</summary>
    public PodReferences References { get; } = new();

    /// <summary>Told of each type before it is listed.</summary>
    public Action<ResourceType> Begins { get; init; } = static _ => { };

    /// <summary>Reads it.</summary>
    /// <param name="desired">What Git says.</param>
    /// <param name="cancellation">Ends it; nothing is known then.</param>
    /// <exception cref="KubernetesException">The server cannot be reached, or does not know who asks.</exception>
    public async Task<ManifestSet> ReadAsync(ManifestSet desired, CancellationToken cancellation)
    {
        var catalog = await client.Discovery.RefreshAsync(cancellation);
        foreach (var manifest in desired.Objects)
            if (manifest.Id.Namespace.Length > 0 && scope.Covers(manifest.Id.Namespace)) claimed.Add(manifest.Id.Namespace);
        var wanted = WantedTypes(catalog, desired);
        var found = new Found();
        foreach (var (type, ids) in wanted) await ReadAsync(type, ids, found, cancellation);
        foreach (var type in AuditedTypes.Listed(
            catalog,
            scope).Where(type =>
                type.IsNamespaced && !wanted.Any(entry => (entry.Type.Group, entry.Type.Kind) == (type.Group, type.Kind))))
            await ReadAsync(type, [], found, cancellation);
        return new()
        {
            Objects = [.. found.Objects],
            Problems = problems.ToImmutable(),
            Notes = [.. catalog.Undescribed.Select(static group => $"{group.ApiVersion} was not read: {group.Reason}")],
            SensitiveTexts = [.. found.SensitiveTexts],
        };
    }

    /// <summary>Why it cannot be told whether an object lives that was not read; null where it can.</summary>
    public string? WhyNotRead(KubernetesId id) => unread.GetValueOrDefault((id.Group, id.Kind));

    private List<(ResourceType Type, ImmutableArray<KubernetesId> Ids)> WantedTypes(ResourceCatalog catalog, ManifestSet desired)
    {
        var wanted = new List<(ResourceType, ImmutableArray<KubernetesId>)>();
        foreach (var kind in desired.Objects.Select(static manifest => manifest.Id).GroupBy(static id => (id.Group, id.Kind)))
        {
            if ((catalog.Find(kind.Key.Group, kind.Key.Kind, kind.First().Version)
                ?? catalog.Find(kind.Key.Group, kind.Key.Kind)) is not { } type)
                unread[kind.Key] = "the cluster knows no such kind";
            else if (scope.Covers(type)) wanted.Add((type, [.. kind]));
        }

        return wanted;
    }

    // An object of Git without a namespace goes where its destination says, which may be any.
    private async Task ReadAsync(ResourceType type, ImmutableArray<KubernetesId> ids, Found found, CancellationToken cancellation)
    {
        Begins(type);
        var isAnywhere = ids.Any(static id => id.Namespace.Length == 0);
        IEnumerable<string?> places = !type.IsNamespaced || isAnywhere || claimed.Count > MostPlaces
            ? new string?[] { null }
            : claimed;
        var names = ids.Select(static id => id.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var place in places)
        {
            try
            {
                await ReadAsync(type, place, item => IsOfInterest(new(item), isAnywhere, names, item), found, cancellation);
            }
            catch (KubernetesException e) when (e.Failure is { Stage: FailureStage.Refused, IsUnauthorized: false })
            {
                unread[(type.Group, type.Kind)] = $"{type} cannot be listed";
                problems.Add(ClusterAudit.Unlisted(type, e.Failure));
                return;
            }
        }
    }

    private async Task ReadAsync(
        ResourceType type, string? place, Predicate<MappingNode> isOfInterest, Found found, CancellationToken cancellation)
    {
        var before = found.Objects.Count;
        await foreach (var page in client.ListPagesAsync(type, new() { Namespace = place }, ListExpiry.GoOn, cancellation))
        {
            if (page.StartsOver) found.Objects.RemoveRange(before, found.Objects.Count - before);
            foreach (var item in page.Items())
            {
                if (item.Object is not { } root) problems.Add(item.Problem!);
                else if (isOfInterest(root)) found.Take(LiveObject.Read(root));
                else References.Learn((KubernetesId)LiveObject.Read(root).Changes[0].Resource, root);
            }
        }
    }

    // What a controller owns is let go of at once: of a namespace it is most.
    private bool IsOfInterest(ObjectMetadata metadata, bool isAnywhere, HashSet<string> names, MappingNode item)
    {
        if (names.Contains(metadata.Name)
            && (isAnywhere || metadata.Namespace.Length == 0 || claimed.Contains(metadata.Namespace)))
            return true;
        if (metadata.Namespace.Length > 0 && !claimed.Contains(metadata.Namespace)) return false;
        return item["metadata"] is not MappingNode below || below["ownerReferences"] is not SequenceNode { Count: > 0 };
    }

    private sealed class Found
    {
        public List<Manifest> Objects { get; } = [];

        public HashSet<string> SensitiveTexts { get; } = new(StringComparer.Ordinal);

        public void Take(ChangeSet read)
        {
            var change = read.Changes[0];
            Objects.Add(new((KubernetesId)change.Resource, change.After!, ""));
            SensitiveTexts.UnionWith(read.SensitiveTexts);
        }
    }
}
