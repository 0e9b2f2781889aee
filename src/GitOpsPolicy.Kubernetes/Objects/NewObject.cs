using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Kubernetes.Objects;

/// <summary>
/// Puts objects together to send them. Values are texts, whole numbers, truth values, nodes and lists of nodes; null leaves a key
/// out.
/// </summary>
public static class NewObject
{
    /// <summary>A mapping of these keys and values.</summary>
    public static MappingNode Of(params ReadOnlySpan<(string Key, object? Value)> fields)
    {
        var entries = new List<MappingEntry>(fields.Length);
        foreach (var (key, value) in fields)
            if (value is not null) entries.Add(new(key, default, ToNode(value)));
        return new([.. entries]);
    }

    private static Node ToNode(object value) => value switch
    {
        Node node => node,
        string text => ScalarNode.String(text),
        bool flag => ScalarNode.Boolean(flag),
        int or long => ScalarNode.Numeric($"{value}"),
        IEnumerable<Node> items => new SequenceNode([.. items]),
        _ => throw new ArgumentException($"No node is made of a {value.GetType().Name}."),
    };
}
