using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Kubernetes.Resources;

/// <summary>
/// Reads fields of what a server sent: what is absent or of another kind reads as nothing, for the server's schema vouches for
/// it.
/// </summary>
public static class LooseReading
{
    /// <summary>A text; empty when absent.</summary>
    public static string Text(this MappingNode mapping, string name) =>
        mapping[name] is ScalarNode { Kind: NodeKind.String } scalar ? scalar.Text : "";

    /// <summary>A whole number; null when absent.</summary>
    public static int? Integer(this MappingNode mapping, string name) =>
        mapping[name] is ScalarNode { Kind: NodeKind.Number } scalar && int.TryParse(scalar.Text, out var number) ? number : null;

    /// <summary>True or false; false when absent.</summary>
    public static bool Flag(this MappingNode mapping, string name) => mapping[name] is ScalarNode { IsTrue: true };

    /// <summary>A mapping; null when absent.</summary>
    public static MappingNode? Mapping(this MappingNode mapping, string name) => mapping[name] as MappingNode;

    /// <summary>The mappings of a list; none when absent.</summary>
    public static ImmutableArray<MappingNode> Mappings(this MappingNode mapping, string name) =>
        mapping[name] is SequenceNode list ? [.. list.Items.ToArray().OfType<MappingNode>()] : [];

    /// <summary>The texts of a list; none when absent.</summary>
    public static ImmutableArray<string> Texts(this MappingNode mapping, string name) =>
        mapping[name] is SequenceNode list ? [.. list.Items.ToArray().OfType<ScalarNode>().Select(static item => item.Text)] : [];
}
