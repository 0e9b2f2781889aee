using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Live;

namespace GitOpsPolicy.Reconciler.Inventories;

/// <summary>One object that a unit has written, or is about to.</summary>
/// <param name="Id">Which.</param>
/// <param name="Uid">The uid of the object that was written; empty for one that was announced and may not have been made.</param>
/// <param name="Digest">The <see cref="DesiredDigest"/> of what was written; empty for one that was announced.</param>
/// <param name="Revision">The commit that said so; empty for one that was announced.</param>
public sealed record InventoryEntry(KubernetesId Id, string Uid, string Digest, string Revision)
{
    /// <summary>When it was first seen to have left Git; null while it is there.</summary>
    public DateTimeOffset? LeftGit { get; init; }

    /// <summary>Its deletion was agreed to and had begun: a pass that was cut off goes on with it.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>Only its labels say that it is the unit's: what was kept of the unit was lost.</summary>
    public bool WasFoundAgain => Uid.Length > 0 && Revision.Length == 0;

    /// <summary>It was announced, and nobody knows whether it was made.</summary>
    public bool IsAnnounced => Uid.Length == 0;
}

/// <summary>
/// The objects of a unit. It is written ahead: before the first write of a pass it holds what was there and what will be, so that
/// a pass that is cut off anywhere leaves nothing behind that no inventory knows.
/// </summary>
public sealed record Inventory
{
    /// <summary>Nothing.</summary>
    public static Inventory Empty { get; } = new();

    /// <summary>The entries by <see cref="PassObject.KeyOf"/>.</summary>
    public ImmutableSortedDictionary<string,
        InventoryEntry> Entries { get; init; } = ImmutableSortedDictionary.Create<string, InventoryEntry>(
        StringComparer.Ordinal);

    /// <summary>The entry of an object; null when it has none.</summary>
    public InventoryEntry? Find(KubernetesId id) => Entries.GetValueOrDefault(PassObject.KeyOf(id));

    /// <summary>The same with an entry.</summary>
    public Inventory With(InventoryEntry entry) => this with { Entries = Entries.SetItem(PassObject.KeyOf(entry.Id), entry) };

    /// <summary>The same without an object.</summary>
    public Inventory Without(KubernetesId id) => this with { Entries = Entries.Remove(PassObject.KeyOf(id)) };

    /// <summary>The same with entries for objects that will be made.</summary>
    public Inventory Announcing(IEnumerable<KubernetesId> ids) => this with
    {
        Entries = Entries.SetItems(ids.Where(id => Find(id) is null)
            .Select(static id => KeyValuePair.Create(PassObject.KeyOf(id), new InventoryEntry(id, "", "", "")))),
    };
}
