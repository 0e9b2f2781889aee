using System.Text;

namespace GitOpsPolicy.Documents;

/// <summary>Cuts long lines around the column of interest.</summary>
internal static class Excerpts
{
    /// <summary>UTF-16 units shown before the column.</summary>
    public const int Before = 80;

    /// <summary>UTF-16 units shown from the column on.</summary>
    public const int After = 80;

    private const string Cutting = "…";

    /// <summary>A line around a column. Bytes that are not UTF-8 show as replacement characters.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="column">Column in UTF-16 units, counted from 1; a column behind the line's end means its end.</param>
    public static Excerpt Cut(ReadOnlySpan<byte> line, int column)
    {
        var wanted = Math.Max(column - 1, 0);
        var start = wanted <= Before ? 0 : OffsetOf(line, wanted - Before);
        if (start > 0 && start == line.Length) return Cut(line, Encoding.UTF8.GetCharCount(line) + 1);
        var skipped = start == 0 ? 0 : wanted - Before;
        var end = start + OffsetOf(line[start..], wanted - skipped + After);
        var text = Encoding.UTF8.GetString(line[start..end]);
        var caret = Math.Min(wanted - skipped, text.Length);
        return new(
            (start > 0 ? Cutting : "") + text + (end < line.Length ? Cutting : ""),
            caret + (start > 0 ? Cutting.Length : 0));
    }

    /// <summary>
    /// The byte offset after a number of UTF-16 units, at a character's start; the length of the line when it is shorter.
    /// </summary>
    private static int OffsetOf(ReadOnlySpan<byte> line, int units)
    {
        var ascii = line[..Math.Min(units, line.Length)];
        if (Ascii.IsValid(ascii)) return ascii.Length;
        var (at, counted) = (0, 0);
        while (counted < units && at < line.Length)
        {
            _ = Rune.DecodeFromUtf8(line[at..], out var rune, out var length);
            at += length;
            counted += rune.Utf16SequenceLength;
        }

        return at;
    }
}
