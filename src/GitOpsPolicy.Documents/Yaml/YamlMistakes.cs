using YamlDotNet.Core;

namespace GitOpsPolicy.Documents;

/// <summary>Says in the words of this program what the YAML parser found wrong with a text, and what to do about it.</summary>
internal static class YamlMistakes
{
    /// <summary>A part of the parser's message, what we say, and the remedy.</summary>
    private static readonly (string Part, string Message, string? Hint)[] Known =
    [
        ("could not find expected ':'", "a line that is neither `key: value` nor a list item", "write a space after the colon, and check the indentation"),
        ("mapping values are not allowed", "a `: ` where no key can stand", "check the indentation, or put the value in quotes"),
        ("Mapping values are not allowed", "a `: ` where no key can stand", "check the indentation, or put the value in quotes"),
        ("unexpected end of stream", "the text ends inside a quoted text", "close the quotes"),
        ("unexpected document indicator", "a document ends inside a quoted text", "close the quotes"),
        ("unknown escape character", "an escape that YAML does not know", "write `\\\\` for a backslash, or use single quotes"),
        ("did not find expected ',' or '}'", "a `{` that is not closed", "separate its entries by commas and close it with `}`"),
        ("did not find expected ',' or ']'", "a `[` that is not closed", "separate its items by commas and close it with `]`"),
        ("did not find expected '-' indicator", "a line that does not belong to the list above it", "check the indentation"),
        ("did not find expected key", "a line that does not belong to the mapping above it", "check the indentation"),
        ("did not find expected <document start>", "content after the end of the document", "check the indentation, or start the next document with `---`"),
        ("cannot start any token", "a character that starts no value", "put the value in quotes"),
        ("Block sequence entries are not allowed", "a `- ` where no list item can stand", "put the list on lines of its own"),
    ];

    /// <summary>The mistake at the place where the parser stopped.</summary>
    public static MalformedTextException Describe(SourceFile file, ReadOnlySpan<byte> text, YamlException e)
    {
        var at = new SourcePosition((int)e.Start.Line, (int)e.Start.Column);
        if (TabAt(text, at.Line)) return new(new(file.At(at), "a tab indents this line", "indent with spaces, YAML allows no tabs there"));
        foreach (var (part, message, hint) in Known)
            if (e.Message.Contains(part, StringComparison.Ordinal)) return new(new(file.At(at), message, hint));
        return new(new(file.At(at), Reworded(e.Message), null));
    }

    private static bool TabAt(ReadOnlySpan<byte> text, int line)
    {
        var file = new TextFile("", text.ToArray());
        return file.TryGetLine(line, out var bytes) && bytes.Length > 0 && bytes[..(bytes.Length - bytes.TrimStart(" \t"u8).Length)].Contains((byte)'\t');
    }

    private static string Reworded(string thrown)
    {
        var words = thrown.TrimEnd('.', ' ').Replace('\'', '`');
        return Shown.Line(words.Length == 0 ? "this is no YAML" : char.ToLowerInvariant(words[0]) + words[1..]);
    }
}
