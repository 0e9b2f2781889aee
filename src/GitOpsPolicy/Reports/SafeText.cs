using System.Buffers;
using System.Globalization;
using System.Text;

namespace GitOpsPolicy.Reports;

/// <summary>
/// Text from an input, made fit for a line that a person reads: nothing in it moves a cursor, hides or reorders text.
/// </summary>
public static class SafeText
{
    /// <summary>
    /// Bidirectional controls, zero-width and invisible characters, line and paragraph separators, and the byte-order mark: what
    /// makes a name look like another one. The surrogate U+DB40 leads the invisible tags and variation selectors from U+E0000 on.
    /// </summary>
    private const string Deceptive =
        "\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200C\u200D\u200E\u200F\u2028\u2029\u202A\u202B\u202C\u202D\u202E"
        + "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206A\u206B\u206C\u206D\u206E\u206F\u3164\uFEFF\uFFA0\uFFF9\uFFFA\uFFFB\uDB40";

    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(static c => (char)c)) + Deceptive);

    /// <summary>
    /// The text on one line, with every character that is not shown as itself written as <c>\u{1b}</c>, and nothing in it that a
    /// CI service takes for a command to itself: <c>::error</c> at the start of a line (GitHub) and <c>##[…</c>, <c>##vso[…</c>,
    /// <c>##teamcity[…</c> anywhere in one (GitHub, Azure Pipelines, TeamCity).
    /// </summary>
    public static string OneLine(string text)
    {
        var shown = Shown(text);
        if (shown.AsSpan().TrimStart().StartsWith("::")) shown = shown.Replace("::", ":\\u{3a}");
        return shown.Contains("##") ? shown.Replace("##", "#\\u{23}") : shown;
    }

    /// <summary>Every character of a line is shown as itself.</summary>
    public static bool IsSeen(ReadOnlySpan<char> line) => line.IndexOfAny(Unsafe) < 0;

    private static string Shown(string text)
    {
        var at = text.AsSpan().IndexOfAny(Unsafe);
        if (at < 0) return text;
        var safe = new StringBuilder(text.Length + 16);
        var rest = text.AsSpan();
        for (; at >= 0; at = rest.IndexOfAny(Unsafe))
        {
            safe.Append(rest[..at])
                .Append("\\u{")
                .Append(CodePoint(rest[at..], out var length).ToString("x", CultureInfo.InvariantCulture))
                .Append('}');
            rest = rest[(at + length)..];
        }

        return safe.Append(rest).ToString();
    }

    private static int CodePoint(ReadOnlySpan<char> text, out int length)
    {
        length = text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
        return length == 2 ? char.ConvertToUtf32(text[0], text[1]) : text[0];
    }
}
