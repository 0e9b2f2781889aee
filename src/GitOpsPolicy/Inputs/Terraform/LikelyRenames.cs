using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>
/// Pairs what is destroyed with what is made when both hold the same values: a resource renamed without a <c>moved</c> block, or
/// <c>count</c> turned into <c>for_each</c>. Terraform destroys all of it and the reviewer meant none of it.
/// </summary>
internal static class LikelyRenames
{
    /// <summary>
    /// How many different sets of attributes are tried per type: instances of one type nearly always set the same ones, and each
    /// set costs a pass over what is destroyed.
    /// </summary>
    private const int MostAttributeSets = 16;

    /// <summary>Sets <see cref="Change.PairedWith"/> on both halves of every likely rename.</summary>
    public static void Pair(List<Change> changes)
    {
        var byType = Enumerable.Range(0, changes.Count)
            .Where(
                i =>
                    changes[i] is { Operation: Operation.Delete
                        or Operation.Create, Origin: ChangeOrigin.Plan, PairedWith: null })
            .Where(i => changes[i].Resource is TerraformId { Deposed: null, IsData: false } id && id.Type != PlanOutputs.Type)
            .ToLookup(i => ((TerraformId)changes[i].Resource).Type);
        foreach (var type in byType)
        {
            var deleted = type.Where(i => changes[i].Operation == Operation.Delete).ToList();
            var created = type.Where(i => changes[i].Operation == Operation.Create).ToList();
            if (deleted.Count > 0 && created.Count > 0) Pair(changes, deleted, created);
        }
    }

    /// <summary>Says what looks like a rename, once for all instances of a resource.</summary>
    public static IEnumerable<string> Describe(IReadOnlyList<Change> changes)
    {
        var renames = changes.Where(change => change is { Operation: Operation.Create, PairedWith: not null })
            .Select(change => (From: (TerraformId)changes[change.PairedWith!.Value].Resource, To: (TerraformId)change.Resource))
            .GroupBy(rename => (PlanAddress.OfAllInstances(rename.From), PlanAddress.OfAllInstances(rename.To)));
        foreach (var rename in renames)
        {
            var (from, to) = rename.First();
            var more = rename.Count() > 1 ? $", and {rename.Count() - 1} more like it" : "";
            yield return $"`{to}` looks like `{from}` under another name{more}: it is destroyed and made again, which a `moved` block would avoid";
        }
    }

    private static void Pair(List<Change> changes, List<int> deleted, List<int> created)
    {
        var sets = created.GroupBy(i => string.Join('\n', KnownAttributes(changes[i].After)), StringComparer.Ordinal)
            .Where(set => set.Key.Length > 0).Take(MostAttributeSets);
        foreach (var set in sets)
        {
            var attributes = set.Key.Split('\n');
            var candidates = deleted.Where(i => changes[i].PairedWith is null)
                .ToLookup(i => Fingerprint(changes[i].Before, attributes));
            foreach (var i in set)
            {
                var same = candidates[Fingerprint(changes[i].After, attributes)].Where(j => changes[j].PairedWith is null);
                if (!TryNearest(changes, i, same, out var other)) continue;
                changes[i] = changes[i] with { PairedWith = other };
                changes[other] = changes[other] with { PairedWith = i };
            }
        }
    }

    // Of several that hold the same values, another instance of the same resource is the likeliest.
    private static bool TryNearest(List<Change> changes, int created, IEnumerable<int> candidates, out int nearest)
    {
        var id = (TerraformId)changes[created].Resource;
        nearest = -1;
        foreach (var i in candidates)
        {
            if (nearest < 0) nearest = i;
            if (changes[i].Resource is TerraformId other && other.Name == id.Name && other.Module == id.Module)
            {
                nearest = i;
                break;
            }
        }

        return nearest >= 0;
    }

    // A null says nothing: what a provider leaves out of a plan it may well report as "" or 0 in the state.
    private static List<string> KnownAttributes(Node? after)
    {
        if (after is not MappingNode mapping) return [];
        var keys = new List<string>(mapping.Count);
        foreach (ref readonly var entry in mapping.Entries)
            if (entry.Value.Kind != NodeKind.Null && !HoldsUnknown(entry.Value)) keys.Add(entry.Key);
        keys.Sort(StringComparer.Ordinal);
        return keys;
    }

    private static bool HoldsUnknown(Node node)
    {
        if (node.IsUnknown) return true;
        if (node is SequenceNode sequence)
        {
            foreach (var item in sequence.Items)
                if (HoldsUnknown(item)) return true;
        }
        else if (node is MappingNode mapping)
        {
            foreach (ref readonly var entry in mapping.Entries)
                if (HoldsUnknown(entry.Value)) return true;
        }

        return false;
    }

    private static UInt128 Fingerprint(Node? node, string[] attributes)
    {
        var text = new ArrayBufferWriter<byte>();
        foreach (var attribute in attributes)
        {
            text.Write(Encoding.UTF8.GetBytes(attribute));
            text.Write("\n"u8);
            if (node is MappingNode mapping && mapping.TryGet(attribute, out var value))
                NodeWriter.WriteCanonicalJson(value, text);
            text.Write("\n"u8);
        }

        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(text.WrittenSpan));
    }
}
