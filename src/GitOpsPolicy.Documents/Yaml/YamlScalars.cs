using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitOpsPolicy.Documents;

/// <summary>What scalars mean to go-yaml v2, and so to Kubernetes; or to tools that follow YAML 1.2.</summary>
internal sealed class YamlScalars(SourceFile file, YamlDialect dialect)
{
    private const string StandardTags = "tag:yaml.org,2002:";

    /// <summary>The value of a scalar.</summary>
    /// <exception cref="MalformedTextException">The scalar has no value that JSON knows, or its tag is not a standard
    /// one.</exception>
    public ScalarNode Read(Scalar scalar, SourcePosition at)
    {
        if (scalar.Value.Contains('\0')) throw Refuse(at, "the text holds the character U+0000", "remove `\\0`");
        if (IsToolTag(scalar.Tag)) return ScalarNode.String(scalar.Value, at);
        if (scalar.Tag.IsEmpty)
            return scalar.Style == ScalarStyle.Plain ? Plain(scalar.Value, at) : ScalarNode.String(scalar.Value, at);
        return Tagged(scalar, at);
    }

    /// <summary>The key that a scalar is in JSON, where every key is text.</summary>
    /// <exception cref="MalformedTextException">The value cannot be a key.</exception>
    public string KeyOf(Node node, SourcePosition? at = null)
    {
        var place = at ?? node.Position;
        if (node is not ScalarNode scalar)
            throw Refuse(
                place, node.Kind == NodeKind.Mapping ? "a mapping as a key" : "a list as a key", "JSON has only text keys");
        return scalar.Kind switch
        {
            NodeKind.String => NameTable.Get(scalar.Text),
            NodeKind.Boolean => scalar.Text,
            NodeKind.Number when YamlNumber.KeyOf(scalar) is { Length: > 0 } key => key,
            NodeKind.Number =>
                throw Refuse(place, $"the number `{Shown.Text(scalar.Text)}` is too large for a key", "write it in quotes"),
            _ => throw Refuse(place, "null as a key", "write the key in quotes"),
        };
    }

    /// <summary>Passes a sequence or mapping without tag, or with the tag that says what it is anyway.</summary>
    /// <exception cref="MalformedTextException">It has another tag.</exception>
    public void RequireCollectionTag(NodeEvent start, NodeKind kind, SourcePosition at)
    {
        if (start.Tag.IsEmpty || IsToolTag(start.Tag)) return;
        var expected = kind == NodeKind.Mapping ? "map" : "seq";
        if (start.Tag.IsNonSpecific || start.Tag.Value != StandardTags + expected) throw RefuseTag(start.Tag, at);
    }

    private ScalarNode Plain(string text, SourcePosition at)
    {
        if (text.Length == 0) return ScalarNode.Null(at);
        return text[0] switch
        {
            >= '0' and <= '9' or '+' or '-' =>
                YamlNumber.TryParse(text, out var spelling, out var number)
                    ? ScalarNode.Numeric(spelling, number, at)
                    : SignedWord(text, at),
            '.' => Dotted(text, at),
            '~' or 'n' or 'N' or 'y' or 'Y' or 't' or 'T' or 'f' or 'F' or 'o' or 'O' when text.Length <= 5 => Word(text, at),
            _ => ScalarNode.String(text, at),
        };
    }

    // YAML 1.2, section 10.3.2: what else looks like a word of a language is a text.
    private ScalarNode Word(string text, SourcePosition at) => text switch
    {
        _ when dialect == YamlDialect.Tools
            && text is not ("~" or "null" or "Null" or "NULL" or "true" or "True" or "TRUE" or "false" or "False" or "FALSE") =>
            ScalarNode.String(text, at),
        "~" or "null" or "Null" or "NULL" => ScalarNode.Null(at),
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y" =>
            ScalarNode.Boolean(value: true, at),
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "n" or "N" =>
            ScalarNode.Boolean(value: false, at),
        _ => ScalarNode.String(text, at),
    };

    private ScalarNode SignedWord(string text, SourcePosition at) =>
        text is "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF"
            ? throw NoNumber(text, at)
            : ScalarNode.String(text, at);

    private ScalarNode Dotted(string text, SourcePosition at)
    {
        if (text is ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN") throw NoNumber(text, at);
        return YamlNumber.TryParseDotted(text, out var spelling, out var number)
            ? ScalarNode.Numeric(spelling, number, at)
            : ScalarNode.String(text, at);
    }

    // A tag decides how the text is read even when it stands in quotes.
    private ScalarNode Tagged(Scalar scalar, SourcePosition at)
    {
        if (scalar.Tag.IsNonSpecific || !scalar.Tag.Value.StartsWith(StandardTags, StringComparison.Ordinal))
            throw RefuseTag(scalar.Tag, at);
        var name = scalar.Tag.Value[StandardTags.Length..];
        if (name == "str") return ScalarNode.String(scalar.Value, at);
        NodeKind? wanted = name switch
        {
            "bool" => NodeKind.Boolean,
            "int" or "float" => NodeKind.Number,
            "null" => NodeKind.Null,
            _ => throw RefuseTag(scalar.Tag, at),
        };
        var read = Plain(scalar.Value, at);
        var fits = read.Kind == wanted && (name != "int" || YamlNumber.IsInteger(scalar.Value));
        return fits
            ? read
            : throw Refuse(at, $"`{Shown.Text(scalar.Value)}` is no `!!{name}`", "remove the tag, or write a value of that kind");
    }

    // `!reference` and the like are the tool's own, and change nothing about the value as it is written.
    private bool IsToolTag(TagName tag) =>
        dialect == YamlDialect.Tools
            && !tag.IsEmpty
            && (tag.IsNonSpecific || !tag.Value.StartsWith(StandardTags, StringComparison.Ordinal));

    private MalformedTextException NoNumber(string text, SourcePosition at) =>
        Refuse(at, $"`{text}` is a number that JSON does not have", "write it in quotes");

    private MalformedTextException RefuseTag(TagName tag, SourcePosition at)
    {
        var shown = tag.IsNonSpecific ? "!"
            : tag.Value.StartsWith(StandardTags, StringComparison.Ordinal) ? "!!" + tag.Value[StandardTags.Length..]
            : tag.Value;
        return Refuse(
            at, $"the tag `{Shown.Text(shown)}` means nothing to Kubernetes, which drops it",
            "remove the tag and write the value out");
    }

    private MalformedTextException Refuse(SourcePosition at, string message, string hint) => new(new(file.At(at), message, hint));
}
