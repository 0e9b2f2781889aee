using System.Text;
using System.Text.RegularExpressions;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Tests.Language;
using GitOpsPolicy.Script.Tests.Runtime;

namespace GitOpsPolicy.Script.Tests.Semantics;

/// <summary>
/// The document that every example of docs/semantics reads: the first <c>yaml</c> block of the folder's README. What a line's
/// comment says of its value is so: <c># sensitive</c>, <c># known after apply</c>.
/// </summary>
internal static partial class ExampleDocument
{
    /// <summary>The folder of the pages.</summary>
    public static string Folder { get; } = Path.Combine(LanguageTable.Root, "docs", "semantics");

    private static readonly string Text = FirstYamlBlock(File.ReadAllText(Path.Combine(Folder, "README.md")));

    /// <summary>A fresh copy, with each occurrence of a text replaced by another.</summary>
    public static MappingNode Read(string replace = "\u0000", string with = "")
    {
        var text = Text.Replace(replace, with, StringComparison.Ordinal);
        var file = new TestFile("example.yaml");
        if (!YamlReader.Read(file, Encoding.UTF8.GetBytes(text), ReaderLimits.Default).TryGet(out var stream))
            throw new InvalidDataException(text);
        var marks = Marks(text);
        var root = (MappingNode)Marked(stream.Documents[0].Root, NodeFlags.None, marks);
        _ = new Document(file, 0, root);
        return root;
    }

    private static Dictionary<int, NodeFlags> Marks(string text) => text.Split('\n')
        .Select((line, i) => (Line: i + 1, Comment: Comment().Match(line).Groups[1].Value))
        .Where(line => line.Comment.Length > 0)
        .ToDictionary(line => line.Line, line => line.Comment switch
        {
            "sensitive" => NodeFlags.Sensitive,
            "known after apply" => NodeFlags.Unknown,
            _ => throw new InvalidDataException($"line {line.Line}: {line.Comment}"),
        });

    private static Node Marked(Node node, NodeFlags flags, Dictionary<int, NodeFlags> marks) => node switch
    {
        MappingNode mapping => new MappingNode(
            [.. mapping.Entries.ToArray()
                .Select(e => e with { Value = Marked(e.Value, flags | marks.GetValueOrDefault(e.KeyPosition.Line), marks) })],
            node.Position,
            flags),
        SequenceNode list => new SequenceNode(
            [.. list.Items.ToArray().Select(item => Marked(item, flags | marks.GetValueOrDefault(item.Position.Line), marks))],
            node.Position, flags),
        ScalarNode { Kind: NodeKind.String } scalar => ScalarNode.String(scalar.Text, node.Position, flags),
        ScalarNode { Kind: NodeKind.Number } scalar => ScalarNode.Numeric(scalar.Text, node.Position, flags),
        ScalarNode { Kind: NodeKind.Boolean } scalar => ScalarNode.Boolean(scalar.IsTrue, node.Position, flags),
        _ => ScalarNode.Null(node.Position, flags),
    };

    private static string FirstYamlBlock(string page)
    {
        var start = page.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex("# (.*)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Comment();
}
