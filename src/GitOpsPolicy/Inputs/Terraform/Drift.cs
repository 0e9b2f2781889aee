using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>
/// Tells drift from noise. Providers report the same nothing as null, <c>""</c>, <c>[]</c> or <c>{}</c>, as the day takes them.
/// </summary>
internal static class Drift
{
    /// <summary>Whether what lives differs from what was applied in more than the spelling of nothing.</summary>
    public static bool IsReal(Node? applied, Node? live)
    {
        if (applied is null || live is null) return applied is not null || live is not null;
        if (IsNothing(applied) && IsNothing(live)) return false;
        return (applied, live) switch
        {
            (MappingNode a, MappingNode b) => DifferIn(a, b) || DifferIn(b, a),
            (SequenceNode a, SequenceNode b) => a.Count != b.Count || Enumerable.Range(0, a.Count).Any(i => IsReal(a[i], b[i])),
            _ => !NodeEquality.AreEqual(applied, live),
        };
    }

    // Every key of the one, as far as it holds something: an absent key is nothing too.
    private static bool DifferIn(MappingNode some, MappingNode other)
    {
        foreach (ref readonly var entry in some.Entries)
        {
            if (other.TryGet(entry.Key, out var value) ? IsReal(entry.Value, value) : !IsNothing(entry.Value)) return true;
        }

        return false;
    }

    private static bool IsNothing(Node node) => node switch
    {
        { IsUnknown: true } => false,
        { Kind: NodeKind.Null } or ScalarNode { Kind: NodeKind.String, Text: "" } => true,
        SequenceNode sequence => sequence.Count == 0,
        MappingNode mapping => mapping.Count == 0,
        _ => false,
    };
}
