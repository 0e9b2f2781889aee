using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge;

/// <summary>Walking down a document without asking at each step whether it is there.</summary>
internal static class NodePath
{
    /// <summary>The value under a key; null when there is none, or when this is not a mapping.</summary>
    public static Node? At(this Node? node, string key) => (node as MappingNode)?[key];

    /// <summary>The value at the end of several keys; null when one of them is missing.</summary>
    public static Node? At(this Node? node, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (node is not MappingNode mapping || !mapping.TryGet(key, out node)) return null;
        }

        return node;
    }

    /// <summary>The text of the string under a key; null when there is none, or it is unknown or not a string.</summary>
    public static string? TextAt(this Node? node, string key) => node.At(key).AsText();

    /// <summary>The text of a string; null for everything else, unknown values included.</summary>
    public static string? AsText(this Node? node) =>
        node is ScalarNode { Kind: NodeKind.String, IsUnknown: false } scalar ? scalar.Text : null;

    /// <summary>The items of a sequence; empty for everything else.</summary>
    public static ReadOnlySpan<Node> ItemsOf(this Node? node) => node is SequenceNode sequence ? sequence.Items : [];

    /// <summary>The entries of a mapping; empty for everything else.</summary>
    public static ReadOnlySpan<MappingEntry> EntriesOf(this Node? node) => node is MappingNode mapping ? mapping.Entries : [];

    /// <summary>The one block that Terraform wraps in a list, or the mapping itself.</summary>
    public static MappingNode? Block(this Node? node) => node switch
    {
        MappingNode mapping => mapping,
        SequenceNode { Count: > 0 } sequence => sequence[0] as MappingNode,
        _ => null,
    };
}
