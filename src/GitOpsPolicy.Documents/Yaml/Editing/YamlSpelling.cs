using System.Text;
using YamlDotNet.Core;

namespace GitOpsPolicy.Documents;

/// <summary>How values that are put into a YAML text are spelt there.</summary>
/// <param name="isJson">The text is JSON, in which every text stands in double quotes.</param>
internal sealed class YamlSpelling(bool isJson)
{
    private const int LongestItem = 100;

    /// <summary>A scalar, in the quotes of the one it takes the place of where it has some.</summary>
    public string Scalar(ScalarNode scalar, bool inFlow, ScalarStyle instead = ScalarStyle.Plain) => scalar.Kind switch
    {
        NodeKind.String when isJson => NodeWriter.ToJson(scalar),
        NodeKind.String => Text(scalar.Text, inFlow, instead),
        _ => scalar.Text,
    };

    /// <summary>A key.</summary>
    public string Key(string key, bool inFlow) =>
        isJson ? NodeWriter.ToJson(ScalarNode.String(key)) : Text(key, inFlow, ScalarStyle.Plain);

    /// <summary>Any value on one line.</summary>
    public string OneLine(Node value) => value is ScalarNode scalar ? Scalar(scalar, inFlow: true) : value is SequenceNode list
        ? $"[{string.Join(", ", list.Items.ToArray().Select(OneLine))}]"
        : $"{{ {string.Join(", ", ((MappingNode)value).Entries.ToArray().Select(entry => $"{Key(entry.Key, inFlow: true)}: {OneLine(entry.Value)}"))} }}";

    /// <summary>An entry of a mapping in lines of its own, without indentation in front of the first.</summary>
    public IEnumerable<string> Lines(string key, Node value)
    {
        var name = Key(key, inFlow: false) + ":";
        return value switch
        {
            MappingNode { Count: > 0 } mapping =>
                mapping.Entries.ToArray().SelectMany(entry => Lines(entry.Key, entry.Value)).Select(Deeper).Prepend(name),
            SequenceNode { Count: > 0 } list => list.Items.ToArray().SelectMany(ItemLines).Select(Deeper).Prepend(name),
            ScalarNode { Kind: NodeKind.String } text when !isJson && Block(text.Text) is [var header, .. var rest] =>
                rest.Select(Deeper).Prepend($"{name} {header}"),
            _ => [$"{name} {Item(value)}"],
        };
    }

    /// <summary>An item of a list in lines of its own, one where that is short.</summary>
    public IEnumerable<string> ItemLines(Node value)
    {
        if (value is not MappingNode { Count: > 0 } mapping
            || (OneLine(mapping) is { Length: <= LongestItem } line && !line.Contains("\\n", StringComparison.Ordinal)))
            return ["- " + Item(value)];
        return mapping.Entries.ToArray()
            .SelectMany(entry => Lines(entry.Key, entry.Value))
            .Select(static (line, i) => i == 0 ? "- " + line : Deeper(line));
    }

    /// <summary>
    /// A text of several lines as a block: its sign, then its lines without indentation. Null for one that no block holds as it
    /// is.
    /// </summary>
    public static string[]? Block(string text)
    {
        var body = text.TrimEnd('\n');
        if (!text.Contains('\n') || body.Length == 0 || char.IsWhiteSpace(body[0]) || text.Length - body.Length > 1) return null;
        if (text.Any(static c => (char.IsControl(c) && c is not ('\n' or '\t')) || c is '\u2028' or '\u2029' or '\ufeff'))
            return null;
        return [text.Length == body.Length ? "|-" : "|", .. body.Split('\n')];
    }

    private string Item(Node value) => value is ScalarNode scalar ? Scalar(scalar, inFlow: false) : OneLine(value);

    private static string Deeper(string line) => line.Length == 0 ? "" : "  " + line;

    private static string Text(string text, bool inFlow, ScalarStyle instead) => instead switch
    {
        ScalarStyle.SingleQuoted when !text.Any(char.IsControl) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'",
        ScalarStyle.Plain when ReadsBack(text, inFlow) => text,
        ScalarStyle.DoubleQuoted => NodeWriter.ToJson(ScalarNode.String(text)),
        _ => WrittenScalars.Quote(text),
    };

    // Whatever either reading of YAML takes for this very text needs no quotes.
    private static bool ReadsBack(string text, bool inFlow)
    {
        if (text.Length == 0 || text.AsSpan().IndexOfAny('\n', '\r') >= 0) return false;
        var bytes = Encoding.UTF8.GetBytes(inFlow ? $"[{text}]" : $"- {text}\n");
        return Enum.GetValues<YamlDialect>().All(dialect => YamlReader.Read(
            new TextFile("", bytes), bytes, ReaderLimits.Default, dialect).TryGet(
            out var read)
            && read.Documents is [{ Root: SequenceNode { Count: 1 } list }]
                && list[0] is ScalarNode { Kind: NodeKind.String } scalar
                && scalar.Text == text);
    }
}
