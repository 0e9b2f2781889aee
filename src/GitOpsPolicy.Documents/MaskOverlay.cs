namespace GitOpsPolicy.Documents;

/// <summary>
/// Lays the masks of a Terraform plan over the value they describe. A plan keeps apart what a value is (<c>after</c>), which
/// parts of it are not known yet (<c>after_unknown</c>) and which must not be shown (<c>after_sensitive</c>): a mask has the
/// shape of the value, <c>true</c> where it applies, and <c>false</c>, an empty collection or nothing where it does not (JSON
/// output format of Terraform, "change representation").
/// </summary>
public static class MaskOverlay
{
    /// <summary>
    /// A fresh copy of a value with the marks of both masks. Unknown parts that the value leaves out are put in, as a plan does
    /// not list what it does not know. A mask that applies somewhere but does not have the value's shape marks all of it, so that
    /// nothing is shown or taken for known by mistake.
    /// </summary>
    /// <param name="value">The value. It may belong to a document already.</param>
    /// <param name="unknownMask">What is not known until the change is applied; null for nothing.</param>
    /// <param name="sensitiveMask">What must not be shown; null for nothing.</param>
    /// <returns>The marked value; each unknown part is one null that carries the mark. Nodes keep the places of what they came
    /// from.</returns>
    public static Node Apply(Node value, Node? unknownMask, Node? sensitiveMask) =>
        Apply(value, unknownMask, sensitiveMask, NodeFlags.None);

    private static Node Apply(Node? value, Node? unknown, Node? sensitive, NodeFlags inherited)
    {
        var shape = ShapeOf(value, unknown);
        var flags = inherited | (value?.Flags ?? NodeFlags.None);
        if (IsTrue(sensitive) || Clashes(sensitive, shape)) flags |= NodeFlags.Sensitive;
        if (IsTrue(unknown) || Clashes(unknown, shape))
        {
            if (Applies(sensitive)) flags |= NodeFlags.Sensitive;
            return ScalarNode.Null(shape.Position, flags | NodeFlags.Unknown);
        }

        return shape switch
        {
            MappingNode => new MappingNode(
                Entries(value as MappingNode, unknown as MappingNode, sensitive as MappingNode, flags), shape.Position, flags),
            SequenceNode => new SequenceNode(
                Items(value as SequenceNode, unknown as SequenceNode, sensitive as SequenceNode, flags), shape.Position, flags),
            _ => value is ScalarNode scalar ? scalar.CopyAt(scalar.Position, flags) : ScalarNode.Null(shape.Position, flags),
        };
    }

    /// <summary>What the result looks like: the value, or the mask where there is no value but something unknown.</summary>
    private static Node ShapeOf(Node? value, Node? unknown)
    {
        if (value is { Kind: not NodeKind.Null }) return value;
        return Applies(unknown) ? unknown! : value ?? unknown!;
    }

    private static MappingEntry[] Entries(MappingNode? value, MappingNode? unknown, MappingNode? sensitive, NodeFlags flags)
    {
        var entries = new List<MappingEntry>(value?.Count ?? 0);
        if (value is not null)
        {
            foreach (ref readonly var entry in value.Entries)
                entries.Add(entry with { Value = Apply(entry.Value, unknown?[entry.Key], sensitive?[entry.Key], flags) });
        }

        if (unknown is not null)
        {
            foreach (ref readonly var entry in unknown.Entries)
            {
                if (value?.IndexOf(entry.Key) >= 0 || !Applies(entry.Value)) continue;
                entries.Add(entry with { Value = Apply(value: null, entry.Value, sensitive?[entry.Key], flags) });
            }
        }

        return [.. entries];
    }

    private static Node[] Items(SequenceNode? value, SequenceNode? unknown, SequenceNode? sensitive, NodeFlags flags)
    {
        var items = new Node[Math.Max(value?.Count ?? 0, AppliesUpTo(unknown))];
        for (var i = 0; i < items.Length; i++) items[i] = Apply(At(value, i), At(unknown, i), At(sensitive, i), flags);
        return items;
    }

    private static Node? At(SequenceNode? sequence, int index) => index < sequence?.Count ? sequence[index] : null;

    /// <summary>How many items up to the last one that the mask applies to; those before it keep their places.</summary>
    private static int AppliesUpTo(SequenceNode? mask)
    {
        var count = mask?.Count ?? 0;
        while (count > 0 && !Applies(mask![count - 1])) count--;
        return count;
    }

    /// <summary>The mask has another shape than what it is laid over.</summary>
    private static bool Clashes(Node? mask, Node shape) =>
        mask is SequenceNode or MappingNode && mask.Kind != shape.Kind && Applies(mask);

    private static bool IsTrue(Node? mask) => mask is ScalarNode { IsTrue: true };

    /// <summary>The mask says <c>true</c> somewhere.</summary>
    internal static bool Applies(Node? mask)
    {
        switch (mask)
        {
            case SequenceNode sequence:
                return AppliesUpTo(sequence) > 0;
            case MappingNode mapping:
                foreach (ref readonly var entry in mapping.Entries)
                    if (Applies(entry.Value)) return true;
                return false;
            default:
                return IsTrue(mask);
        }
    }
}
