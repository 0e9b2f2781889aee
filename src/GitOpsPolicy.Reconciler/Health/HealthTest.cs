using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Reconciler.Health;

/// <summary>
/// One test of a row, as the table writes it. Of a condition: <c>Ready=False</c>, <c>Ready=False:Creating|Deleting</c> with one
/// of these reasons, <c>Ready=False:!Creating</c> with any but these; <c>*</c> stands for any type. Of a field, by its pointer in
/// which <c>*</c> is any one step: <c>/status/phase=Ready|Active</c> with one of these values, <c>/status/address</c> with any
/// but an empty one.
/// </summary>
internal abstract record HealthTest
{
    /// <summary>What the object says where the test holds; null where it does not.</summary>
    public abstract string? Find(LiveObject live);

    /// <summary>Reads a test.</summary>
    public static HealthTest Parse(string text)
    {
        var at = text.IndexOf('=');
        if (text[0] == '/') return at < 0 ? new OfField(text, []) : new OfField(text[..at], Globs(text[(at + 1)..]));
        if (at < 0) throw new FormatException($"`{text}` is no test of health.");
        var parts = text[(at + 1)..].Split(':', 2);
        var reasons = parts.Length == 1 ? "" : parts[1];
        return new OfCondition(new(text[..at]), parts[0], Globs(reasons.TrimStart('!')), reasons.StartsWith('!'));
    }

    private static ImmutableArray<Glob> Globs(string text) =>
        text.Length == 0 ? [] : [.. text.Split('|').Select(static one => new Glob(one))];

    private sealed record OfCondition(Glob Type, string Status, ImmutableArray<Glob> Reasons, bool AnyBut) : HealthTest
    {
        public override string? Find(LiveObject live) =>
            live.Conditions.FirstOrDefault(one =>
                Type.Fits(one.Type) && one.Status == Status && FitsReason(one.Reason))?.ToString();

        private bool FitsReason(string reason) => Reasons.IsEmpty || (Reasons.Any(one => one.Fits(reason)) != AnyBut);
    }

    private sealed record OfField(string Pointer, ImmutableArray<Glob> Values) : HealthTest
    {
        public override string? Find(LiveObject live) =>
            FieldWalk.At(live.Root, Pointer).Where(Fits)
                .Select(node => $"{Pointer[1..].Replace('/', '.')} is {(node as ScalarNode)?.Text}")
                .FirstOrDefault();

        private bool Fits(Node node) => (node, Values.IsEmpty) switch
        {
            (ScalarNode { Kind: NodeKind.Null }, _) => false,
            (ScalarNode scalar, true) => scalar.Text.Length > 0,
            (ScalarNode scalar, false) => Values.Any(one => one.Fits(scalar.Text)),
            (SequenceNode sequence, true) => sequence.Count > 0,
            (MappingNode mapping, true) => mapping.Count > 0,
            _ => false,
        };
    }
}

/// <summary>Walks down pointers in which <c>*</c> is any one step.</summary>
internal static class FieldWalk
{
    /// <summary>The values at a pointer.</summary>
    public static IEnumerable<Node> At(Node root, string pointer) =>
        JsonPointer.Parse(pointer).Aggregate<string, IEnumerable<Node>>(
            [root], static (nodes, step) => nodes.SelectMany(node => Below(node, step)));

    private static Node[] Below(Node node, string step) => node switch
    {
        SequenceNode sequence when step == "*" => sequence.Items.ToArray(),
        MappingNode mapping when step == "*" => [.. mapping.Entries.ToArray().Select(static entry => entry.Value)],
        MappingNode mapping when mapping[step] is { } value => [value],
        _ => [],
    };
}
