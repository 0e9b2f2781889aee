namespace GitOpsPolicy.Documents;

/// <summary>
/// The merge key <c>&lt;&lt;</c> of YAML 1.1. go-yaml lets a merge that stands below a key override it, where most other readers and
/// the specification let the key win; a document for which that makes a difference is refused.
/// </summary>
internal static class YamlMerge
{
    /// <summary>How the key is written.</summary>
    public const string Indicator = "<<";

    /// <summary>What stands for a merge key among the entries; compared by reference, for a quoted <c>"&lt;&lt;"</c> is an ordinary key.</summary>
    public static readonly string Key = new(Indicator);

    /// <summary>Replaces the merge keys of the mapping that the builder has open by what they stand for.</summary>
    /// <exception cref="MalformedTextException">The merged value is no mapping, or it contradicts a key above it.</exception>
    public static void Resolve(SourceFile file, NodeBuilder builder, ref AliasBudget budget)
    {
        var entries = builder.OpenEntries.ToArray();
        if (!Array.Exists(entries, IsMerge)) return;
        var result = new List<MappingEntry>(entries.Length * 2);
        var merged = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (IsMerge(entry)) Merge(file, entry, result, merged);
            else if (merged.Remove(entry.Key, out var at)) result[at] = entry;
            else result.Add(entry);
        }

        foreach (var at in merged.Values)
        {
            var entry = result[at];
            result[at] = entry with { Value = budget.Copy(entry.Value, entry.Value.Position, builder.Depth, builder.NodeCount) };
        }

        builder.ReplaceOpenEntries(result);
    }

    private static bool IsMerge(MappingEntry entry) => ReferenceEquals(entry.Key, Key);

    /// <summary>Adds what one merge key stands for. <paramref name="merged"/> tells which entries of the result came from a merge.</summary>
    private static void Merge(SourceFile file, MappingEntry merge, List<MappingEntry> result, Dictionary<string, int> merged)
    {
        var written = result.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        foreach (var entry in Sources(file, merge))
        {
            if (!written.TryGetValue(entry.Key, out var above))
            {
                merged.Add(entry.Key, result.Count);
                result.Add(entry);
            }
            else if (!NodeEquality.AreEqual(above.Value, entry.Value))
            {
                throw Conflict(file, merge, entry, above);
            }
        }
    }

    /// <summary>The entries that a merge brings, each key once: of several mappings in a list the first wins.</summary>
    private static Dictionary<string, MappingEntry>.ValueCollection Sources(SourceFile file, MappingEntry merge)
    {
        var found = new Dictionary<string, MappingEntry>(StringComparer.Ordinal);
        ReadOnlySpan<Node> list = merge.Value is SequenceNode sequence ? sequence.Items : [merge.Value];
        foreach (var item in list)
        {
            if (item is not MappingNode mapping) throw NoMapping(file, item);
            foreach (ref readonly var entry in mapping.Entries) found.TryAdd(entry.Key, entry);
        }

        return found.Values;
    }

    private static MalformedTextException NoMapping(SourceFile file, Node item) => new(new(
        file.At(item.Position), "`<<` merges something that is no mapping", "give it a mapping, an alias of one, or a list of these"));

    private static MalformedTextException Conflict(SourceFile file, MappingEntry merge, MappingEntry from, MappingEntry above) => new(new(
        file.At(merge.KeyPosition),
        $"this `<<` brings `{Shown.Text(from.Key)}` with another value than at line {above.KeyPosition.Line}, column {above.KeyPosition.Column}: Kubernetes takes the merged value, most other tools the one above",
        "put `<<` before the keys that override it"));
}
