using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Live;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>Brings together what Git says, what was applied and what lives, object by object.</summary>
/// <param name="unit">The unit.</param>
/// <param name="commit">The commit.</param>
/// <param name="inventory">What was applied.</param>
internal sealed class PassObjects(UnitKey unit, string commit, Inventory inventory)
{
    /// <summary>The ids of everything that Git says or that was applied.</summary>
    public IEnumerable<KubernetesId> IdsWith(ImmutableArray<Manifest> desired)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in desired.Select(static manifest => manifest.Id)
            .Concat(inventory.Entries.Values.Select(static entry => entry.Id)))
            if (keys.Add(PassObject.KeyOf(id))) yield return id;
    }

    /// <summary>The commits at which objects were last applied that Git may say something else of now.</summary>
    public ImmutableArray<string> EarlierCommits(ImmutableArray<Manifest> desired)
    {
        var changed = desired.Select(manifest => (Manifest: manifest, Entry: inventory.Find(manifest.Id)))
            .Where(pair => pair.Entry is { Revision.Length: > 0 } entry
                && entry.Revision != commit
                && (entry.Digest != DesiredDigest.Of(pair.Manifest) || DesiredDigest.LeavesOut(pair.Manifest.Object)))
            .Select(static pair => pair.Entry!.Revision);
        var there = desired.Select(static manifest => PassObject.KeyOf(manifest.Id)).ToHashSet(StringComparer.Ordinal);
        var gone = inventory.Entries
            .Where(entry => !there.Contains(entry.Key) && entry.Value.Revision.Length > 0 && entry.Value.Revision != commit)
            .Select(static entry => entry.Value.Revision);
        return [.. changed.Concat(gone).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The objects.</summary>
    /// <param name="rendered">What Git says.</param>
    /// <param name="earlier">What Git said at earlier commits, by commit.</param>
    /// <param name="live">What lives, by <see cref="PassObject.KeyOf"/>.</param>
    public List<PassObject> Combine(
        RenderedRevision rendered, IReadOnlyDictionary<string, ImmutableArray<Manifest>> earlier,
        IReadOnlyDictionary<string, LiveAnswer> live)
    {
        var desired = rendered.Objects;
        var wanted = desired.ToDictionary(static manifest => PassObject.KeyOf(manifest.Id), StringComparer.Ordinal);
        var before = earlier.ToDictionary(
            static pair => pair.Key,
            static pair => pair.Value.DistinctBy(static manifest => PassObject.KeyOf(manifest.Id))
                .ToDictionary(static manifest => PassObject.KeyOf(manifest.Id), StringComparer.Ordinal), StringComparer.Ordinal);
        return
        [
            .. IdsWith(desired)
                .Select(id => Of(
                    id, wanted.GetValueOrDefault(PassObject.KeyOf(id)), live.GetValueOrDefault(PassObject.KeyOf(id)), before))
                .Select(one => one.Desired is { } manifest && rendered.Stored.TryGetValue(manifest.Id, out var stored)
                    ? one with { Stored = stored }
                    : one),
        ];
    }

    private PassObject Of(
        KubernetesId id, Manifest? desired, LiveAnswer? live, Dictionary<string, Dictionary<string, Manifest>> before)
    {
        var entry = inventory.Find(id);
        var previous = entry is null ? null : before.GetValueOrDefault(entry.Revision)?.GetValueOrDefault(PassObject.KeyOf(id));
        var owner = live?.Object is { } there ? ObjectBody.UnitOf(there) : null;
        var applied = AppliedUidOf(entry, live?.Object, owner);
        return new(id)
        {
            Desired = desired,
            Previous = previous,
            IsPreviousLost = desired is null && previous is null && entry is { Revision.Length: > 0 } && entry.Revision != commit,
            Live = live?.Object,
            AppliedUid = applied,
            IsUnmarked = owner is null && applied is not null && applied == live?.Object?.Text("metadata", "uid"),
            IsChangedInGit = desired is not null && entry is not null && IsChanged(entry, desired, previous),
            OtherOwner = owner is not null && owner != unit ? $"the unit `{owner}`" : null,
            Unreadable = live is null ? "it was not read" : live.Unreadable,
            MayBeReadSoon = live is { Unreadable: not null, MayBeReadSoon: true },
        };
    }

    // One that was announced and bears the unit's marks was made by a pass that was cut off.
    private string? AppliedUidOf(InventoryEntry? entry, MappingNode? live, UnitKey? owner) => entry switch
    {
        null => null,
        { IsAnnounced: false } => entry.Uid,
        _ => owner == unit ? live?.Text("metadata", "uid") : null,
    };

    private bool IsChanged(InventoryEntry entry, Manifest desired, Manifest? previous)
    {
        if (entry.Digest != DesiredDigest.Of(desired)) return true;
        if (entry.Revision == commit || !DesiredDigest.LeavesOut(desired.Object)) return false;
        return previous is null || !NodeEquality.AreEqual(previous.Object, desired.Object);
    }
}
