using System.Text;
using YamlDotNet.Core;

namespace GitOpsPolicy.Documents;

/// <summary>How values that are put into a YAML text are spelt there.</summary>
/// <param name="isJson">The text is JSON, in which every text stands in double quotes.</param>
internal sealed class YamlSpelling(bool isJson)
{
    /// <summary>A scalar, in the quotes of the one it takes the place of where it has some.</summary>
    public string Scalar(ScalarNode scalar, bool inFlow, ScalarStyle instead = ScalarStyle.Plain) => scalar.Kind switch
    {
        NodeKind.String when isJson => NodeWriter.ToJson(scalar),
        NodeKind.String => Text(scalar.Text, inFlow, instead),
        _ => scalar.Text,
    };

    /// <summary>A key.</summary>
    public string Key(string key, bool inFlow) => isJson ? NodeWriter.ToJson(ScalarNode.String(key)) : Text(key, inFlow, ScalarStyle.Plain);

    /// <summary>Any value on one line.</summary>
    public string OneLine(Node value) => value is ScalarNode scalar ? Scalar(scalar, inFlow: true) : value is SequenceNode list
        ? $"[{string.Join(", ", list.Items.ToArray().Select(OneLine))}]"
        : $"{{ {string.Join(", ", ((MappingNode)value).Entries.ToArray().Select(entry => $"{Key(entry.Key, inFlow: true)}: {OneLine(entry.Value)}"))} }}";

    /// <summary>An entry of a mapping in lines of its own, without indentation in front of the first.</summary>
    public IEnumerable<string> Lines(string key, Node value)
    {
        if (value is MappingNode { Count: > 0 } mapping)
        {
            yield return Key(key, inFlow: false) + ":";
            foreach (var entry in mapping.Entries.ToArray())
                foreach (var line in Lines(entry.Key, entry.Value)) yield return "  " + line;
        }
        else if (value is SequenceNode { Count: > 0 } list)
        {
            yield return Key(key, inFlow: false) + ":";
            foreach (var item in list.Items.ToArray()) yield return "  - " + Item(item);
        }
        else
        {
            yield return $"{Key(key, inFlow: false)}: {Item(value)}";
        }
    }

    /// <summary>A value behind a key or a dash.</summary>
    public string Item(Node value) => value is ScalarNode scalar ? Scalar(scalar, inFlow: false) : OneLine(value);

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
        return Enum.GetValues<YamlDialect>().All(dialect => YamlReader.Read(new TextFile("", bytes), bytes, ReaderLimits.Default, dialect).TryGet(out var read)
            && read.Documents is [{ Root: SequenceNode { Count: 1 } list }] && list[0] is ScalarNode { Kind: NodeKind.String } scalar && scalar.Text == text);
    }
}
