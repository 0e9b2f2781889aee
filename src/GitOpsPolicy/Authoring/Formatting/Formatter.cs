using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Authoring.Formatting;

/// <summary>
/// Puts YAML files of ours into the one form there is. What a document means stays the same, and so does every comment; documents
/// of others are not touched.
/// </summary>
public static class Formatter
{
    /// <summary>Characters of a line beyond which expressions and prose are wrapped.</summary>
    private const int Width = 140;

    private const int MostRounds = 4;

    /// <summary>A text holds something that may be ours; anything else need not be read.</summary>
    public static bool MayBeOurs(ReadOnlySpan<byte> utf8) => utf8.IndexOf("gitopspolicy.dev/"u8) >= 0;

    /// <summary>Formats a text.</summary>
    /// <param name="file">What the text is called in messages.</param>
    /// <param name="utf8">The text.</param>
    /// <returns>The formatted text, or why it cannot be formatted.</returns>
    public static Loaded<string> Format(SourceFile file, ReadOnlyMemory<byte> utf8)
    {
        // An empty line or comment beside a list element without value may find its place in a second round only.
        var (before, formatted) = (Encoding.UTF8.GetString(utf8.Span), FormatOnce(file, utf8));
        for (var round = 0; round < MostRounds && formatted.TryGet(out var after) && after != before; round++)
            (before, formatted) = (after, FormatOnce(file, Encoding.UTF8.GetBytes(after)));
        return formatted;
    }

    private static Loaded<string> FormatOnce(SourceFile file, ReadOnlyMemory<byte> utf8)
    {
        var loaded = YamlReader.Read(file, utf8, ReaderLimits.Default);
        if (!loaded.TryGet(out var stream)) return new(loaded.Problems);
        var text = Encoding.UTF8.GetString(utf8.Span).TrimStart('\ufeff');
        var lineEnd = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var parts = Parts(text.ReplaceLineEndings("\n"));
        var isAllOurs = stream.Documents.Select(d => d.Root).All(IsOurs);
        if (!stream.Documents.Select(d => d.Root).Any(IsOurs)) return new(Encoding.UTF8.GetString(utf8.Span));

        var (formatted, lines) = (new StringBuilder(), 0);
        foreach (var part in parts)
        {
            var result = FormatPart(file, part, lines);
            if (!result.TryGet(out var done)) return new(result.Problems);
            formatted.Append(done);
            lines += done.Count(static c => c == '\n');
        }

        // Line ends of a file that holds documents of others stay what they are.
        return new(isAllOurs ? formatted.ToString() : formatted.ToString().ReplaceLineEndings(lineEnd));
    }

    private static Loaded<string> FormatPart(SourceFile file, Part part, int linesBefore)
    {
        if (ReadOne(file, part.Text) is not MappingNode document || !IsOurs(document)) return new(part.Text);
        var read = WrittenReader.Read(file, part.Text);
        if (!read.TryGet(out var written)) return new(read.Problems);
        CanonicalOrder.Apply(written);
        var printed = WrittenPrinter.Print(written, Width);
        if (!SaysTheSame(file, written, document, printed))
            return new([new Problem(
                new(file.Path, part.FirstLine, 1),
                "the document cannot be formatted without losing something, so it is left alone",
                "please report it with the file")]);
        return ExpectedPlaces.Follow(file, written, new(part.FirstLine - 1, linesBefore)) is { } problem
            ? new([problem])
            : new(WrittenPrinter.Print(written, Width));
    }

    // The last line of defence: what was printed is read again, and compared with what was read before.
    private static bool SaysTheSame(SourceFile file, WrittenDocument written, MappingNode before, string printed)
    {
        if (ReadOne(file, printed) is not { } after || !NodeEquality.AreEqual(before, after)) return false;
        return WrittenReader.Read(file, printed).TryGet(out var again)
            && again.Comments.Order(StringComparer.Ordinal).SequenceEqual(written.Comments.Order(StringComparer.Ordinal));
    }

    private static Node? ReadOne(SourceFile file, string text) =>
        YamlReader.Read(file, Encoding.UTF8.GetBytes(text), ReaderLimits.Default).TryGet(out var stream)
                && stream.Documents is [var one]
            ? one.Root
            : null;

    private static bool IsOurs(Node root) =>
        root is MappingNode mapping && PolicyFiles.KindOf(mapping, new ProblemList()) is not null;

    // A text, cut in front of every `---`.
    private static ImmutableArray<Part> Parts(string text)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        var (start, firstLine, line) = (0, 1, 0);
        for (var at = 0; at < text.Length; at = text.IndexOf('\n', at) is var end and >= 0 ? end + 1 : text.Length)
        {
            line++;
            if (at == start || !IsMarker(text.AsSpan(at)) || !HasContent(text[start..at])) continue;
            parts.Add(new(text[start..at], firstLine));
            (start, firstLine) = (at, line);
        }

        if (start < text.Length) parts.Add(new(text[start..], firstLine));
        return parts.ToImmutable();
    }

    private static bool IsMarker(ReadOnlySpan<char> rest) =>
        rest.StartsWith("---") && (rest.Length == 3 || rest[3] is ' ' or '\t' or '\n');

    // Comments in front of the first `---` belong to the document behind it.
    private static bool HasContent(string text) =>
        text.Split('\n').Any(static line => line.AsSpan().Trim() is { IsEmpty: false } content && content[0] != '#');

    /// <summary>One document of a text.</summary>
    /// <param name="Text">Its lines.</param>
    /// <param name="FirstLine">The line of the file it starts at, counted from 1.</param>
    private readonly record struct Part(string Text, int FirstLine);
}
