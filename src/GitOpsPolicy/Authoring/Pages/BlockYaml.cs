using System.Buffers;
using System.Text;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Authoring.Pages;

/// <summary>
/// Writes a value of a document as YAML to be read by people: a line for each entry, and the comments that stand behind values.
/// </summary>
internal sealed class BlockYaml
{
    /// <summary>Lists and mappings of plain values that fit into this many characters stay on one line.</summary>
    private const int OneLine = 60;

    // Such a text might be printed on one line with others.
    private static readonly SearchValues<char> InBrackets = SearchValues.Create(",[]{}#");

    private readonly Dictionary<int, Node> lastOnLine = [];

    private BlockYaml(Node root) => FindLast(root);

    /// <summary>The text.</summary>
    public static string Write(MappingNode root) =>
        WrittenPrinter.Print(
            new WrittenDocument([], (WrittenMapping)new BlockYaml(root).Written(root), HasAliases: false, []), int.MaxValue);

    private WrittenNode Written(Node node) => node switch
    {
        MappingNode mapping => Mapping(mapping),
        SequenceNode sequence => List(sequence),
        _ => Scalar((ScalarNode)node),
    };

    private WrittenMapping Mapping(MappingNode mapping)
    {
        var written = new WrittenMapping { Position = default };
        foreach (var entry in mapping.Entries)
            written.Entries.Add(new() { Key = Text(entry.Key), Value = Written(entry.Value) });
        return written;
    }

    private WrittenList List(SequenceNode sequence)
    {
        var written = new WrittenList { Position = default };
        var width = 0;
        foreach (var item in sequence.Items)
        {
            written.Elements.Add(new() { Value = Written(item) });
            width += item is ScalarNode scalar && written.Elements[^1].Value.Beside is null ? scalar.Text.Length + 2 : OneLine;
        }

        written.IsOneLine = width < OneLine;
        return written;
    }

    private WrittenScalar Scalar(ScalarNode scalar)
    {
        var written = scalar.Kind == NodeKind.String
            ? Text(scalar.Text)
            : new()
            {
                Position = default,
                Text = scalar.Kind == NodeKind.Null ? "null" : scalar.Text,
                Style = WrittenStyle.Plain,
            };
        if (lastOnLine.GetValueOrDefault(scalar.Position.Line) == scalar && LineComment.Of(scalar) is { } comment)
            written.Beside = "# " + comment;
        return written;
    }

    private static WrittenScalar Text(string text) =>
        text.EndsWith('\n') && text.Split('\n')[..^1].All(static line => line.Length > 0 && !char.IsWhiteSpace(line[0]))
            ? new()
            {
                Position = default,
                Text = text,
                Style = WrittenStyle.Block,
                Opening = "|",
                Lines = [.. text.Split('\n')[..^1]],
            }
            : new() { Position = default, Text = text, Style = CanBePlain(text) ? WrittenStyle.Plain : WrittenStyle.Quoted };

    // Whatever reads back as this very text needs no quotes.
    private static bool CanBePlain(string text)
    {
        if (text.Length == 0 || text.Any(char.IsControl) || text.AsSpan().ContainsAny(InBrackets)) return false;
        var bytes = Encoding.UTF8.GetBytes($"k: {text}\n");
        return YamlReader.Read(new TextFile("", bytes), bytes, ReaderLimits.Default).TryGet(out var stream)
            && stream.Documents is [{ Root: MappingNode { Count: 1 } read }]
                && read["k"] is ScalarNode { Kind: NodeKind.String } scalar
                && scalar.Text == text;
    }

    private void FindLast(Node node)
    {
        if (node is ScalarNode) lastOnLine[node.Position.Line] = node;
        if (node is SequenceNode sequence)
            foreach (var item in sequence.Items) FindLast(item);
        if (node is MappingNode mapping)
            foreach (var entry in mapping.Entries) FindLast(entry.Value);
    }
}
