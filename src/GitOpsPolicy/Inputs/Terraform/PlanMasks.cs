using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>
/// Lays the masks of a plan over its values. A mask mirrors its value: <c>true</c> marks a value with all below it, <c>false</c> and
/// <c>{}</c> mark nothing, and items keep their positions. A plan leaves an unknown attribute out of <c>after</c>, so the mask also
/// tells of values that are there but not written: absent, null and unknown are three different things.
/// </summary>
internal static class PlanMasks
{
    /// <summary>Marks what a mask of the kind <c>before_sensitive</c> names.</summary>
    public static void MarkSensitive(Node? value, Node? mask)
    {
        switch (value, mask)
        {
            case (not null, ScalarNode { IsTrue: true }):
                value.Mark(NodeFlags.Sensitive);
                break;
            case (SequenceNode items, SequenceNode marks):
                for (var i = 0; i < Math.Min(items.Count, marks.Count); i++) MarkSensitive(items[i], marks[i]);
                break;
            case (MappingNode mapping, MappingNode marks):
                foreach (ref readonly var entry in marks.Entries) MarkSensitive(mapping[entry.Key], entry.Value);
                break;
            default:
                break;
        }
    }

    /// <summary>Gives a value with everything unknown in its place: the value itself where the mask names nothing, else a copy.</summary>
    /// <param name="value">The value; null when the plan leaves it out.</param>
    /// <param name="mask">A mask of the kind <c>after_unknown</c>; null for none.</param>
    public static Node? WithUnknown(Node? value, Node? mask)
    {
        if (mask is null || !Names(mask)) return value;
        return (value, mask) switch
        {
            (_, ScalarNode) => ScalarNode.Null(mask.Position, NodeFlags.Unknown),
            (SequenceNode items, SequenceNode marks) => WithUnknown(items, marks),
            (MappingNode mapping, MappingNode marks) => WithUnknown(mapping, marks),

            // The mask goes deeper than the value, which is left out or null: all that is known of it is what the mask says.
            (_, SequenceNode marks) => WithUnknown(new SequenceNode([], marks.Position), marks),
            (_, MappingNode marks) => WithUnknown(new MappingNode([], marks.Position), marks),
            _ => throw new InvalidOperationException($"No mask is a {mask.Kind}."),
        };
    }

    private static SequenceNode WithUnknown(SequenceNode items, SequenceNode marks)
    {
        var result = new List<Node>(Math.Max(items.Count, marks.Count));
        for (var i = 0; i < Math.Max(items.Count, marks.Count); i++)
        {
            var mark = i < marks.Count ? marks[i] : null;
            if (i < items.Count) result.Add(Replace(items[i], mark));
            else if (WithUnknown(null, mark) is { } unwritten) result.Add(unwritten);
        }

        return new([.. result], items.Position);
    }

    private static MappingNode WithUnknown(MappingNode mapping, MappingNode marks)
    {
        var result = new List<MappingEntry>(mapping.Count + marks.Count);
        foreach (ref readonly var entry in mapping.Entries) result.Add(entry with { Value = Replace(entry.Value, marks[entry.Key]) });
        foreach (ref readonly var mark in marks.Entries)
        {
            if (mapping[mark.Key] is null && WithUnknown(null, mark.Value) is { } unwritten)
                result.Add(new(mark.Key, mark.KeyPosition, unwritten));
        }

        return new([.. result], mapping.Position);
    }

    // A node keeps its parent, so what goes under a new parent is copied unless it has just been made.
    private static Node Replace(Node value, Node? mask) =>
        WithUnknown(value, mask) is { } changed && !ReferenceEquals(changed, value) ? changed : Copy(value);

    private static Node Copy(Node value) => value switch
    {
        ScalarNode { Kind: NodeKind.String } text => ScalarNode.String(text.Text, text.Position),
        ScalarNode { Kind: NodeKind.Number } number => ScalarNode.Numeric(number.Text, number.Number, number.Position),
        ScalarNode { Kind: NodeKind.Boolean } boolean => ScalarNode.Boolean(boolean.IsTrue, boolean.Position),
        ScalarNode nothing => ScalarNode.Null(nothing.Position),
        SequenceNode sequence => new SequenceNode(Array.ConvertAll(sequence.Items.ToArray(), Copy), sequence.Position),
        MappingNode mapping => new MappingNode(
            Array.ConvertAll(mapping.Entries.ToArray(), entry => entry with { Value = Copy(entry.Value) }), mapping.Position),
        _ => throw new InvalidOperationException($"No copy of {value.Kind}."),
    };

    private static bool Names(Node mask)
    {
        switch (mask)
        {
            case ScalarNode scalar:
                return scalar.IsTrue;
            case SequenceNode sequence:
                foreach (var item in sequence.Items)
                    if (Names(item)) return true;
                return false;
            case MappingNode mapping:
                foreach (ref readonly var entry in mapping.Entries)
                    if (Names(entry.Value)) return true;
                return false;
            default:
                return false;
        }
    }
}
