using System.IO.Compression;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Inventories;

/// <summary>
/// Keeps the state of units in ConfigMaps beside them. Every write names the state that was read before, so that a process that
/// no longer leads cannot write over what its successor wrote: its pass ends there.
/// </summary>
/// <param name="client">The cluster that the units live in.</param>
public sealed class StateStore(KubernetesClient client)
{
    /// <summary>Label of the objects that keep states.</summary>
    public const string Label = "gitops-policy.dev/state";

    private const string LabelValue = "reconciliation";
    private const string InventoryKey = "inventory";
    private const string PackedKey = "inventory.gz";
    private const string StatusKey = "status";

    /// <summary>Texts above this are packed: a ConfigMap holds 1 MiB in all.</summary>
    private const int LargestPlain = 400 << 10;

    private const int LargestUnpacked = 64 << 20;

    /// <summary>The kind of the objects that keep states.</summary>
    public static ResourceType ObjectType { get; } = new("", "v1", "configmaps", "ConfigMap", IsNamespaced: true);

    /// <summary>The label selector that they fit.</summary>
    public static string Selector => $"{Label}={LabelValue}";

    /// <summary>The name of the ConfigMap that keeps a unit's state.</summary>
    public static string NameOf(UnitKey unit) => $"reconciliation-{unit.Name}";

    /// <summary>Reads what is kept of a unit.</summary>
    /// <exception cref="KubernetesException">The cluster cannot be asked.</exception>
    /// <exception cref="UnreadableStateException">What is kept is broken.</exception>
    public async Task<UnitState> ReadAsync(UnitKey unit, CancellationToken cancellation)
    {
        if (await client.FindAsync(AddressOf(unit), cancellation) is not { } found) return UnitState.New;
        var inventory = TextOf(found, unit) is { } text ? InventoryJson.Read(Encoding.UTF8.GetBytes(text)) : null;
        if (inventory is null)
            throw new UnreadableStateException($"ConfigMap {unit.Namespace}/{NameOf(unit)} holds no inventory that can be read: put it back from a backup, or delete it, and every object is adopted anew and none deleted");
        return new(inventory, StatusIn(found), new ObjectMetadata(found).ResourceVersion);
    }

    /// <summary>
    /// The status that an object keeps; null where it keeps none that can be read, or one of another unit: whoever may write in
    /// one namespace may not tell of units in another.
    /// </summary>
    public static UnitStatus? StatusOf(MappingNode found)
    {
        if (StatusIn(found) is not { } status) return null;
        var metadata = new ObjectMetadata(found);
        return status.Unit.Namespace == metadata.Namespace && metadata.Name == NameOf(status.Unit) ? status : null;
    }

    private static UnitStatus? StatusIn(MappingNode found) =>
        found.Text("data", StatusKey) is { } kept ? UnitStatusJson.Read(Encoding.UTF8.GetBytes(kept)) : null;

    /// <summary>Makes sure that a state is still the one that is kept.</summary>
    /// <exception cref="StateChangedException">It is not.</exception>
    /// <exception cref="KubernetesException">The cluster cannot be asked.</exception>
    public async Task AssureAsync(UnitKey unit, UnitState state, CancellationToken cancellation)
    {
        var found = await client.FindAsync(AddressOf(unit), cancellation);
        if ((found is null ? "" : new ObjectMetadata(found).ResourceVersion) != state.Version) throw Changed(unit);
    }

    /// <summary>Keeps a state in place of the one that was read.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="inventory">Its objects.</param>
    /// <param name="status">What was found out; null to keep none.</param>
    /// <param name="version">The <see cref="UnitState.Version"/> that was read.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="StateChangedException">It is not in that state any more.</exception>
    /// <exception cref="KubernetesException">The cluster refuses it, or cannot be asked.</exception>
    public async Task<UnitState> WriteAsync(
        UnitKey unit, Inventory inventory, UnitStatus? status, string version, CancellationToken cancellation)
    {
        var body = BodyOf(unit, inventory, status, version);
        try
        {
            var written = version.Length == 0
                ? await client.CreateAsync(ObjectType, unit.Namespace, body, null, cancellation)
                : await client.UpdateAsync(AddressOf(unit), body, null, cancellation);
            return new(inventory, status, new ObjectMetadata(written.Object).ResourceVersion);
        }
        catch (KubernetesException e) when (e.Failure.IsConflict || (e.Failure.IsObjectMissing && version.Length > 0))
        {
            throw Changed(unit);
        }
    }

    private static ObjectAddress AddressOf(UnitKey unit) => new(ObjectType, unit.Namespace, NameOf(unit));

    private static StateChangedException Changed(UnitKey unit) =>
        new($"somebody else has written the state of {unit}: this pass ends, and the next one reads it anew");

    private static MappingNode BodyOf(UnitKey unit, Inventory inventory, UnitStatus? status, string version)
    {
        var text = InventoryJson.Write(inventory);
        var isPlain = text.Length <= LargestPlain;
        var told = status is null ? null : Encoding.UTF8.GetString(UnitStatusJson.Write(status));
        return NewObject.Of(
            ("apiVersion", "v1"),
            ("kind", "ConfigMap"),
            ("metadata", NewObject.Of(
                ("name", NameOf(unit)),
                ("namespace", unit.Namespace),
                ("labels", NewObject.Of((Label, LabelValue), ("app.kubernetes.io/managed-by", "gitops-policy"))),
                ("resourceVersion", version.Length == 0 ? null : version))),
            ("data", NewObject.Of((InventoryKey, isPlain ? text : null), (StatusKey, told))),
            ("binaryData", isPlain ? null : NewObject.Of((PackedKey, Pack(text)))));
    }

    private static string Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return Convert.ToBase64String(packed.ToArray());
    }

    private static string? TextOf(MappingNode found, UnitKey unit)
    {
        if (found.Text("data", InventoryKey) is { } plain) return plain;
        if (found.Text("binaryData", PackedKey) is not { } packed) return null;
        try
        {
            using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
            using var text = new MemoryStream();
            var buffer = new byte[64 << 10];
            while (gzip.Read(buffer) is > 0 and var read)
            {
                if (text.Length + read > LargestUnpacked) return null;
                text.Write(buffer, 0, read);
            }

            return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw new UnreadableStateException(
                $"ConfigMap {unit.Namespace}/{NameOf(unit)} holds a packed inventory that cannot be unpacked: {e.Message}");
        }
    }
}
