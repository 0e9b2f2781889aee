using System.Buffers;

namespace GitOpsPolicy.Documents;

/// <summary>A text that stays in memory, so that findings can show its lines.</summary>
/// <param name="path">Path as the user gave it, with forward slashes; <c>-</c> is standard input.</param>
/// <param name="utf8">The text as it was read; it must not change.</param>
/// <threadsafety>Safe for any thread.</threadsafety>
public sealed class TextFile(string path, ReadOnlyMemory<byte> utf8) : SourceFile(path)
{
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\n\r"u8);

    private int[]? lineStarts;

    /// <summary>The text as it was read, byte order mark included.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = utf8;

    /// <inheritdoc/>
    public override bool TryGetExcerpt(int line, int column, out Excerpt excerpt)
    {
        excerpt = default;
        if (!TryGetLine(line, out var bytes)) return false;
        excerpt = Excerpts.Cut(bytes, column);
        return true;
    }

    /// <summary>The bytes of a line, counted from 1, without its line end; false when there is no such line.</summary>
    internal bool TryGetLine(int line, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        var starts = lineStarts ??= FindLines(Bytes.Span);
        if (line < 1 || line > starts.Length) return false;
        bytes = Bytes.Span[starts[line - 1]..];
        var end = bytes.IndexOfAny(LineEnds);
        if (end >= 0) bytes = bytes[..end];
        return true;
    }

    // Two threads may both find them; either result is right.
    private static int[] FindLines(ReadOnlySpan<byte> text)
    {
        var starts = new List<int>();
        var at = text.StartsWith(Utf8Check.ByteOrderMark) ? Utf8Check.ByteOrderMark.Length : 0;
        starts.Add(at);
        while (text[at..].IndexOfAny(LineEnds) is var end and >= 0)
        {
            at += end;
            at += text[at..].StartsWith("\r\n"u8) ? 2 : 1;
            starts.Add(at);
        }

        return [.. starts];
    }
}
