using System.Text;
using YamlDotNet.Core;

namespace GitOpsPolicy.Documents;

/// <summary>Says in the words of this program what the YAML parser found wrong with a text, and what to do about it.</summary>
internal static class YamlMistakes
{
    private const string CheckIndentation = "check the indentation";
    private const string QuoteIt = "put the value in quotes";
    private const string SpaceBeforeHash = "write a space before the `#`";

    /// <summary>A part of the parser's message, what we say, and the remedy. The first that fits counts.</summary>
    private static readonly (string Part, string Message, string Hint)[] Known =
    [
        ("could not find expected ':'", "a line that is neither `key: value` nor a list item",
            "write a space after the colon, and check the indentation"),
        ("apping values are not allowed", "a `: ` where no key can stand", $"{CheckIndentation}, or {QuoteIt}"),
        ("found invalid mapping", "a `: ` within a value", $"{CheckIndentation}, or {QuoteIt}"),
        ("apping keys are not allowed", "a `? ` where no key can stand", $"{CheckIndentation}, or {QuoteIt}"),
        ("found unexpected end of stream", "the text ends inside a quoted text", "close the quotes"),
        ("found unexpected document indicator", "a document ends inside a quoted text", "close the quotes"),
        ("unknown escape character", "an escape that YAML does not know", "write `\\\\` for a backslash, or use single quotes"),
        ("invalid Unicode", "an escape that is no character", "write `\\UXXXXXXXX` for characters behind U+FFFF"),
        ("hexadecimal number", "an escape with too few digits", "write `\\xXX`, `\\uXXXX` or `\\UXXXXXXXX`"),
        ("found wrong indentation", "a quoted text goes on in a line that is not indented", "indent the line more than the key"),
        ("',' or '}'", "a `{` that is not closed", $"separate its entries by commas and close it with `}}`, or {QuoteIt}"),
        ("',' or ']'", "a `[` that is not closed", $"separate its items by commas and close it with `]`, or {QuoteIt}"),
        ("Invalid key indicator", "a `-` inside `[` or `{`", "put it in quotes"),
        ("did not find expected '-'", "a line that does not belong to the list above it", CheckIndentation),
        ("did not find expected key", "a line that does not belong to the mapping above it", CheckIndentation),
        ("equence entries are not allowed", "a `- ` where no list item can stand", "put the list on lines of its own"),
        ("did not find expected <document start>", "content after the end of the document",
            $"{CheckIndentation}, or start the next document with `---`"),
        ("invalid content after '...'", "content after the end of the document", "start the next document with `---`"),
        ("cannot start any token", "a character that no value starts with", QuoteIt),
        ("found extra spaces in first line", "the first line of the block is indented more than the next",
            "give the block an indentation indicator, such as `|2`"),
        ("found more spaces in lines above", "an empty line above the block is indented more than the block",
            "remove the spaces of the empty line"),
        ("indentation indicator equal to 0", "an indentation of 0", "write 1 to 9, or nothing"),
        ("expected comment or line break", "text on the line of `|` or `>`", "put the text on the next line"),
        ("comment without", "a comment right behind `|` or `>`", SpaceBeforeHash),
        ("found invalid comment", "a comment right behind what stands before it", SpaceBeforeHash),
        ("a comment between adjacent scalars", "a comment within a value",
            "end the value above the comment, or remove the comment"),
        ("undefined tag handle", "a tag whose prefix no `%TAG` declares", "remove the tag"),
        ("a tag", "a tag that is malformed", "remove the tag, or put a text that starts with `!` in quotes"),
        ("more than one anchor", "two anchors on one value", "remove one"),
        ("nchor", "an anchor or alias whose name is malformed", "put a text that starts with `&` or `*` in quotes"),
        ("only an alias", "an alias with nothing that it could stand for", "write the value"),
        ("directive", "a directive that is malformed", "remove the line that starts with `%`"),
        ("incompatible YAML document", "a version of YAML that is not known", "remove the `%YAML` line"),
        ("tab", "a tab indents this line", "indent with spaces, YAML allows no tabs there"),
        ("expected node content", "a value is missing here", $"write a value, or {QuoteIt}"),
    ];

    /// <summary>The mistake at the place where the parser stopped.</summary>
    public static MalformedTextException Describe(SourceFile file, ReadOnlyMemory<byte> text, YamlException e)
    {
        var at = new SourcePosition((int)e.Start.Line, (int)e.Start.Column);
        if (FindTab(text, at.Line, Math.Min((int)e.End.Line, at.Line + 1)) is { } tab)
            return new(new(file.At(tab), "a tab indents this line", "indent with spaces, YAML allows no tabs there"));
        if (e.Message.Contains("expected node content", StringComparison.Ordinal) && OpenBracket(text.Span, at) is { } bracket)
            return At(
                file, text, at, $"a `{bracket}` that is not closed",
                $"close it with `{(bracket == '[' ? ']' : '}')}`, or {QuoteIt}");
        foreach (var (part, message, hint) in Known)
            if (e.Message.Contains(part, StringComparison.Ordinal)) return At(file, text, at, message, hint);
        return At(file, text, at, Reworded(e.Message), CheckIndentation);
    }

    // A text that ends where a bracket or a comma still waits for a value ends within the bracket.
    private static char? OpenBracket(ReadOnlySpan<byte> text, SourcePosition at)
    {
        var content = text.TrimEnd(" \t\r\n"u8);
        if (content.IsEmpty
            || content[^1] is not ((byte)'[' or (byte)'{' or (byte)',')
            || Utf8Check.PositionOf(text, content.Length).Line > at.Line)
            return null;
        var open = 0;
        for (var i = content.Length - 1; i >= 0; i--)
        {
            open += content[i] switch { (byte)']' or (byte)'}' => -1, (byte)'[' or (byte)'{' => 1, _ => 0 };
            if (open > 0) return (char)content[i];
        }

        return null;
    }

    /// <summary>A mistake at a place, or at the end of the text when the place is behind it.</summary>
    public static MalformedTextException At(
        SourceFile file, ReadOnlyMemory<byte> text, SourcePosition at, string message, string hint)
    {
        var lines = new TextFile("", text);
        if (at.Line > 1 && !lines.TryGetLine(at.Line, out _) && lines.TryGetLine(at.Line - 1, out var last))
            at = new(at.Line - 1, Encoding.UTF8.GetCharCount(last) + 1);
        return new(new(file.At(at), message, hint));
    }

    /// <summary>
    /// A tab among the spaces that indent one of the lines; null when there is none. Most mistakes in lines that have one come
    /// from it.
    /// </summary>
    private static SourcePosition? FindTab(ReadOnlyMemory<byte> text, int first, int last)
    {
        var lines = new TextFile("", text);
        for (var line = first; line <= last + 1; line++)
        {
            if (!lines.TryGetLine(line, out var bytes)) return null;
            var indentation = bytes[..(bytes.Length - bytes.TrimStart(" \t"u8).Length)];
            if (indentation.Length < bytes.Length && indentation.IndexOf((byte)'\t') is var tab and >= 0)
                return new(line, tab + 1);
        }

        return null;
    }

    private static string Reworded(string thrown)
    {
        var words = thrown.TrimEnd('.', ' ').Replace('\'', '`');
        return Shown.Line(words.Length == 0 ? "this is no YAML" : char.ToLowerInvariant(words[0]) + words[1..]);
    }
}
