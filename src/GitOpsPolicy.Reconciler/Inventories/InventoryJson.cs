using System.Text.Json;
using System.Text.Json.Serialization;

namespace GitOpsPolicy.Reconciler.Inventories;

/// <summary>An inventory as it is kept: a JSON array with an object for each entry.</summary>
public static class InventoryJson
{
    /// <summary>Writes one; equal inventories give equal texts.</summary>
    public static string Write(Inventory inventory) =>
        JsonSerializer.Serialize(
            [.. inventory.Entries.Values.Select(StoredEntry.Of)], InventoryJsonContext.Default.StoredEntryArray);

    /// <summary>Reads one; null for a text that is none, whole or in part.</summary>
    public static Inventory? Read(ReadOnlySpan<byte> text)
    {
        try
        {
            var stored = JsonSerializer.Deserialize(text, InventoryJsonContext.Default.StoredEntryArray);
            if (stored is null
                || stored.Any(
                    static entry =>
                        entry is not { Kind.Length: > 0, Name.Length: > 0, Version.Length: > 0, Group: not null,
                            Namespace: not null, Uid: not null, Digest: not null, Revision: not null }))
                return null;
            var inventory = Inventory.Empty;
            foreach (var entry in stored) inventory = inventory.With(entry.ToEntry());
            return inventory.Entries.Count == stored.Length ? inventory : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>An entry as it is kept.</summary>
internal sealed record StoredEntry
{
    public string Group { get; init; } = "";

    public string Version { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Name { get; init; } = "";

    public string Uid { get; init; } = "";

    public string Digest { get; init; } = "";

    public string Revision { get; init; } = "";

    public DateTimeOffset? LeftGit { get; init; }

    public bool Confirmed { get; init; }

    public static StoredEntry Of(InventoryEntry entry) => new()
    {
        Group = entry.Id.Group,
        Version = entry.Id.Version,
        Kind = entry.Id.Kind,
        Namespace = entry.Id.Namespace,
        Name = entry.Id.Name,
        Uid = entry.Uid,
        Digest = entry.Digest,
        Revision = entry.Revision,
        LeftGit = entry.LeftGit,
        Confirmed = entry.IsConfirmed,
    };

    public InventoryEntry ToEntry() =>
        new(new(Group, Version, Kind, Namespace, Name), Uid, Digest, Revision) { LeftGit = LeftGit, IsConfirmed = Confirmed };
}

[JsonSerializable(typeof(StoredEntry[]))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
internal sealed partial class InventoryJsonContext : JsonSerializerContext;
