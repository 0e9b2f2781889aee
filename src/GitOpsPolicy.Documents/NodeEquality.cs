namespace GitOpsPolicy.Documents;

/// <summary>
/// Deep equality of values: places and marks do not count, mappings compare without order, numbers by their exact value
/// (<c>1</c>, <c>1.0</c> and <c>1e0</c> are equal, <c>9007199254740992</c> and <c>9007199254740993</c> are not).
/// An unknown value equals nothing, not even itself: what it will be is not known.
/// </summary>
public static class NodeEquality
{
    /// <summary>Whether two values are the same. Null stands for an absent value.</summary>
    public static bool AreEqual(Node? left, Node? right)
    {
        if (left is null || right is null) return left is null && right is null;
        if (left.IsUnknown || right.IsUnknown || left.Kind != right.Kind) return false;
        return (left, right) switch
        {
            (ScalarNode a, ScalarNode b) => a.Kind == NodeKind.Number ? AreEqualNumbers(a, b) : a.Text == b.Text,
            (SequenceNode a, SequenceNode b) => AreEqualSequences(a, b),
            (MappingNode a, MappingNode b) => AreEqualMappings(a, b),
            _ => throw new InvalidOperationException($"No equality for {left.Kind}."),
        };
    }

    // Equal values have equal doubles, so most unequal ones are told apart without looking at digits. 0 == -0 here.
    private static bool AreEqualNumbers(ScalarNode a, ScalarNode b) =>
        a.Text == b.Text || (a.Number == b.Number && ExactNumber.Parse(a.Text) == ExactNumber.Parse(b.Text));

    private static bool AreEqualSequences(SequenceNode a, SequenceNode b)
    {
        if (a.Count != b.Count) return false;
        for (var i = 0; i < a.Count; i++)
            if (!AreEqual(a[i], b[i])) return false;
        return true;
    }

    private static bool AreEqualMappings(MappingNode a, MappingNode b)
    {
        if (a.Count != b.Count) return false;
        foreach (ref readonly var entry in a.Entries)
            if (!b.TryGet(entry.Key, out var other) || !AreEqual(entry.Value, other)) return false;
        return true;
    }
}
