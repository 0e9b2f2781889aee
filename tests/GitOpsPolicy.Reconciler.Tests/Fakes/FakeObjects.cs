using System.Text;
using System.Text.Json.Nodes;

namespace GitOpsPolicy.Reconciler.Tests.Fakes;

/// <summary>An object as it is stored; never changed in place.</summary>
internal sealed class Stored(FakeType type, FakeKey key, JsonObject body, List<FieldOwner> owners, long version)
{
    private readonly Lazy<byte[]> bytes = new(() => Encoding.UTF8.GetBytes(body.ToJsonString()));

    public FakeType Type { get; } = type;

    public FakeKey Key { get; } = key;

    public JsonObject Object { get; } = body;

    public List<FieldOwner> Owners { get; } = owners;

    public long Version { get; } = version;

    public byte[] Bytes => bytes.Value;

    public string Uid => (string)Object["metadata"]!["uid"]!;

    public bool IsDeleting => Object["metadata"]!["deletionTimestamp"] is not null;

    /// <summary>The same object at another state of the cluster.</summary>
    public Stored AsOf(long later)
    {
        var last = Object.DeepClone().AsObject();
        last["metadata"]!["resourceVersion"] = later.ToString();
        return new(Type, Key, last, Owners, later);
    }

    public bool HasFinalizers => Object["metadata"]!["finalizers"] is JsonArray { Count: > 0 };
}

/// <summary>What a watch tells of: one change of one object.</summary>
internal sealed record FakeEvent(long Version, Stored? Before, Stored? After)
{
    public FakeType Type => (After ?? Before)!.Type;
}

/// <summary>
/// The objects of a fake cluster with all that happened to them. Not for more than one thread: <see cref="FakeCluster"/> locks.
/// </summary>
internal sealed class FakeObjects
{
    private readonly SortedDictionary<string, Stored> objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, Stored>> byType = new(StringComparer.Ordinal);
    private readonly List<FakeEvent> history = [];
    private int made;

    /// <summary>The state of the cluster.</summary>
    public long Version { get; private set; } = 1000;

    /// <summary>From which state on changes are known.</summary>
    public long OldestKnown { get; private set; } = 1000;

    public IEnumerable<Stored> All => objects.Values;

    public Stored? Find(FakeKey key) => objects.GetValueOrDefault(Path(key));

    public IEnumerable<Stored> Of(FakeType type) =>
        byType.TryGetValue($"{type.Group}/{type.Kind}", out var found) ? found.Values : [];

    /// <summary>Puts an object in place; it gets a uid when it is new, and a version.</summary>
    public Stored Put(FakeType type, FakeKey key, JsonObject body, List<FieldOwner> owners)
    {
        var before = Find(key);
        var metadata = body["metadata"]!.AsObject();
        metadata["uid"] = before?.Uid ?? $"00000000-0000-4000-8000-{++made:000000000000}";
        metadata["resourceVersion"] = (++Version).ToString();
        Name(body, owners);
        var stored = new Stored(type, key, body, owners, Version);
        objects[Path(key)] = stored;
        if (!byType.TryGetValue($"{type.Group}/{type.Kind}", out var those))
            byType[$"{type.Group}/{type.Kind}"] = those = new(StringComparer.Ordinal);
        those[Path(key)] = stored;
        history.Add(new(Version, before, stored));
        return stored;
    }

    /// <summary>Writes into an object who owns its fields.</summary>
    public static void Name(JsonObject body, List<FieldOwner> owners)
    {
        var metadata = body["metadata"]!.AsObject();
        metadata.Remove("managedFields");
        if (owners.Count > 0) metadata["managedFields"] = new JsonArray([.. owners.Select(static owner => owner.ToJson())]);
    }

    /// <summary>Takes an object away; its last state gets a version too.</summary>
    public Stored Remove(Stored stored)
    {
        var gone = stored.AsOf(++Version);
        objects.Remove(Path(stored.Key));
        byType[$"{stored.Type.Group}/{stored.Type.Kind}"].Remove(Path(stored.Key));
        history.Add(new(Version, gone, null));
        return gone;
    }

    /// <summary>Changes of a type after a state.</summary>
    public List<FakeEvent> After(long version, FakeType type)
    {
        var at = history.Count;
        while (at > 0 && history[at - 1].Version > version) at--;
        return [.. history.Skip(at).Where(one => (one.Type.Group, one.Type.Kind) == (type.Group, type.Kind))];
    }

    /// <summary>Forgets all earlier states, as a real server does after a few minutes.</summary>
    public void Forget()
    {
        history.Clear();
        OldestKnown = Version;
    }

    private static string Path(FakeKey key) => $"{key.Group}/{key.Kind}/{key.Namespace}/{key.Name}";
}
