using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Manifests;

/// <summary>Reads single texts out of an object whose shape nobody has checked.</summary>
public static class ObjectText
{
    /// <summary>The text below a path of keys; null when there is none, or something that is no text.</summary>
    public static string? Text(this Node node, params ReadOnlySpan<string> keys) =>
        node.At(keys) is ScalarNode { Kind: NodeKind.String, Text.Length: > 0 } text ? text.Text : null;

    /// <summary>The node below a path of keys; null when there is none.</summary>
    public static Node? At(this Node node, params ReadOnlySpan<string> keys)
    {
        var at = node;
        foreach (var key in keys)
        {
            if (at is not MappingNode mapping || !mapping.TryGet(key, out var next)) return null;
            at = next;
        }

        return at;
    }
}
