using System.Globalization;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Tests.Inputs;

namespace GitOpsPolicy.Tests.Families;

/// <summary>The files of one side of a case: one text, or paths with a text each.</summary>
internal static class CaseFiles
{
    /// <summary>The file that a text without a path is.</summary>
    public const string OnlyFile = "manifests.yaml";

    /// <summary>The files; null where nothing is written. An empty text is a side without files.</summary>
    public static MemoryTree? Read(Node? side, string? revision)
    {
        if (side is null) return null;
        var tree = new MemoryTree(revision);
        if (side is not MappingNode { } files || files["repeat"] is not null) return tree.With(OnlyFile, Text(side));
        foreach (var (path, _, text) in files.Entries.ToArray()) tree.With(path, Text(text));
        return tree;
    }

    /// <summary>
    /// The text of a file: written out, or parts of it, one document each, some of them repeated with <c>${n}</c> counting from
    /// 1.
    /// </summary>
    public static string Text(Node node) => node switch
    {
        ScalarNode { Kind: NodeKind.Null } => "",
        ScalarNode { Kind: NodeKind.String } text => text.Text,
        SequenceNode parts => string.Join("\n---\n", parts.Items.ToArray().Select(Text)),
        MappingNode mapping when mapping["repeat"] is ScalarNode count && mapping["of"] is ScalarNode of =>
            Repeat(int.Parse(count.Text, CultureInfo.InvariantCulture), of.Text),
        _ => throw new FormatException($"{node.Location}: a file is a text, a list of texts, or `repeat` and `of`"),
    };

    private static string Repeat(int count, string of)
    {
        var text = new StringBuilder();
        for (var n = 1; n <= count; n++)
            text.Append("---\n")
                .Append(of.Replace("${n}", n.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
                .Append('\n');
        return text.ToString();
    }
}
