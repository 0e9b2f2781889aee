using System.Text;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Kubernetes.Tests;

/// <summary>Objects written down in tests.</summary>
internal static class Sample
{
    /// <summary>One YAML or JSON text as an object.</summary>
    public static MappingNode Object(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var loaded = YamlReader.Read(new TextFile("sample", bytes), bytes, ReaderLimits.Default);
        return loaded.TryGet(out var stream)
            ? (MappingNode)stream.Documents.Single().Root
            : throw new ArgumentException(loaded.Problems[0].ToString());
    }

    /// <summary>The value at a JSON pointer, as JSON; null when there is none.</summary>
    public static string? At(this MappingNode root, string pointer)
    {
        Node? at = root;
        foreach (var step in pointer.Split('/').Skip(1))
            at = at switch
            {
                MappingNode mapping => mapping[step.Replace("~1", "/", StringComparison.Ordinal)],
                SequenceNode sequence => sequence[int.Parse(step)],
                _ => null,
            };
        return at is ScalarNode { Kind: NodeKind.String } text ? text.Text : at is null ? null : NodeWriter.ToJson(at);
    }
}
