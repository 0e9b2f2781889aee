namespace GitOpsPolicy.Documents;

/// <summary>
/// The merge key <c>&lt;&lt;</c> of YAML 1.1. go-yaml lets a merge that stands below a key override it, where most other readers
/// and the specification let the key win; a document for which that makes a difference is refused.
/// </summary>
internal static class YamlMerge
{
    /// <summary>How the key is written.</summary>
    public const string Indicator = "<<";

    /// <summary>
    /// What stands for a merge key among the entries; compared by reference, for a quoted <c>"&lt;&lt;"</c> is an ordinary key.
    /// </summary>
    public static readonly string Key = new(Indicator);

    /// <summary>Replaces the merge keys of the mapping that the builder has open by what they stand for.</summary>
    /// <exception cref="MalformedTextException">The merged value is no mapping, it contradicts a key above it, or a key is
    /// repeated.</exception>
    public static void Resolve(SourceFile file, NodeBuilder builder, AliasBudget budget)
    {
        if (!builder.OpenEntries.ToArray().Any(IsMerge)) return;
        var mapping = new Merging(file, budget);
        foreach (ref readonly var entry in builder.OpenEntries)
        {
            if (IsMerge(entry)) mapping.Merge(entry);
            else mapping.Add(entry);
        }

        builder.ReplaceOpenEntries(mapping.Finish(builder));
    }

    private static bool IsMerge(MappingEntry entry) => ReferenceEquals(entry.Key, Key);

    /// <summary>One mapping while its merge keys are resolved.</summary>
    private sealed class Merging(SourceFile file, AliasBudget budget)
    {
        private readonly List<MappingEntry> result = [];
        private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

        /// <summary>Keys in the result that came from a merge and that no key of the mapping itself has overridden.</summary>
        private readonly HashSet<string> merged = new(StringComparer.Ordinal);

        /// <summary>Takes a key of the mapping itself: it overrides a merged one above it.</summary>
        public void Add(MappingEntry entry)
        {
            if (places.TryAdd(entry.Key, result.Count)) result.Add(entry);
            else if (merged.Remove(entry.Key)) result[places[entry.Key]] = entry;
            else throw NodeBuilder.Duplicate(file, entry.Key, entry.KeyPosition, result[places[entry.Key]].KeyPosition);
        }

        /// <summary>Takes what a merge key brings.</summary>
        public void Merge(MappingEntry merge)
        {
            foreach (var entry in Sources(merge))
            {
                if (places.TryAdd(entry.Key, result.Count))
                {
                    merged.Add(entry.Key);
                    result.Add(entry);
                    continue;
                }

                var above = result[places[entry.Key]];
                budget.Visit(entry.Value, merge.KeyPosition);
                if (!NodeEquality.AreEqual(above.Value, entry.Value)) throw Conflict(file, merge, entry, above);
            }
        }

        /// <summary>The entries, with copies of the merged values.</summary>
        public List<MappingEntry> Finish(NodeBuilder builder)
        {
            foreach (var at in merged.Select(key => places[key]))
            {
                var entry = result[at];
                result[at] = entry with { Value = budget.Copy(
                    entry.Value, entry.Value.Position, builder.Depth, builder.NodeCount) };
            }

            return result;
        }

        // Each key once: of several mappings in a list the first wins.
        private Dictionary<string, MappingEntry>.ValueCollection Sources(MappingEntry merge)
        {
            var found = new Dictionary<string, MappingEntry>(StringComparer.Ordinal);
            ReadOnlySpan<Node> list = merge.Value is SequenceNode sequence ? sequence.Items : [merge.Value];
            foreach (var item in list)
            {
                if (item is not MappingNode mapping) throw NoMapping(file, item);
                foreach (ref readonly var entry in mapping.Entries)
                {
                    budget.Visit(merge.KeyPosition);
                    found.TryAdd(entry.Key, entry);
                }
            }

            return found.Values;
        }
    }

    private static MalformedTextException NoMapping(SourceFile file, Node item) => new(new(
        file.At(item.Position), "`<<` merges something that is no mapping",
        "give it a mapping, an alias of one, or a list of these"));

    private static MalformedTextException Conflict(SourceFile file, MappingEntry merge, MappingEntry from, MappingEntry above)
    {
        var place = $"line {above.KeyPosition.Line}, column {above.KeyPosition.Column}";
        var message = $"this `<<` brings `{Shown.Text(from.Key)}` with another value than at {place}: "
            + "Kubernetes takes the merged value, most other tools the one above";
        return new(new(file.At(merge.KeyPosition), message, "put `<<` before the keys that override it"));
    }
}
