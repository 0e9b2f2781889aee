using System.Buffers;
using System.Text;

namespace GitOpsPolicy.Documents;

/// <summary>
/// Counts lines and columns over UTF-8 bytes that pass by once. It looks at every byte once whatever the length of the lines,
/// so that places in a plan of one 100 MB line cost no more than in a text of short lines.
/// </summary>
internal struct TextCursor()
{
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\n\r"u8);

    private int line = 1;
    private int column = 1;
    private bool afterCarriageReturn;

    /// <summary>The place of the next byte.</summary>
    public readonly SourcePosition Position => new(line, column);

    /// <summary>Line feeds passed. <see cref="System.Text.Json"/> counts lines so.</summary>
    public long LineFeeds { get; private set; }

    /// <summary>Bytes passed since the last line feed.</summary>
    public long BytesSinceLineFeed { get; private set; }

    /// <summary>Passes over bytes. They must not end within a character, or columns after it are off by one.</summary>
    public void Advance(ReadOnlySpan<byte> passed)
    {
        while (!passed.IsEmpty)
        {
            var end = passed.IndexOfAny(LineEnds);
            var sameLine = end < 0 ? passed : passed[..end];
            column += Utf16Length(sameLine);
            BytesSinceLineFeed += sameLine.Length;
            if (!sameLine.IsEmpty) afterCarriageReturn = false;
            if (end < 0) return;
            EndLine(passed[end]);
            passed = passed[(end + 1)..];
        }
    }

    /// <summary>Passes over so many bytes that are known to be ASCII and to hold no line end.</summary>
    public void AdvanceOnLine(int bytes)
    {
        if (bytes == 0) return;
        column += bytes;
        BytesSinceLineFeed += bytes;
        afterCarriageReturn = false;
    }

    /// <summary>True for text that <see cref="AdvanceOnLine"/> may pass over.</summary>
    public static bool IsOneAsciiLine(ReadOnlySpan<byte> text) =>
        !text.ContainsAny((byte)'\n', (byte)'\r') && Ascii.IsValid(text);

    private void EndLine(byte lineEnd)
    {
        var isFeed = lineEnd == (byte)'\n';
        if (!(isFeed && afterCarriageReturn)) line++;
        column = 1;
        afterCarriageReturn = !isFeed;
        if (isFeed) (LineFeeds, BytesSinceLineFeed) = (LineFeeds + 1, 0);
        else BytesSinceLineFeed++;
    }

    // A character takes one UTF-16 unit for its first byte and a second one when it needs four bytes.
    private static int Utf16Length(ReadOnlySpan<byte> utf8)
    {
        if (Ascii.IsValid(utf8)) return utf8.Length;
        var units = 0;
        foreach (var b in utf8) units += (b & 0xC0) == 0x80 ? 0 : b >= 0xF0 ? 2 : 1;
        return units;
    }
}
