using System.Buffers;
using System.Globalization;
using System.Text;

namespace GitOpsPolicy.Reports;

/// <summary>Text from an input, made fit for a line that a person reads: nothing in it moves a cursor, hides or reorders text.</summary>
internal static class SafeText
{
    /// <summary>
    /// Bidirectional controls, zero-width characters, line and paragraph separators, and the byte-order mark: what makes a name
    /// look like another one.
    /// </summary>
    private const string Deceptive =
        "\u061C\u200B\u200C\u200D\u200E\u200F\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2060\u2066\u2067\u2068\u2069\uFEFF";

    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(static c => (char)c)) + Deceptive);

    /// <summary>The text on one line, with every character that is not shown as itself written as <c>\u{1b}</c>.</summary>
    public static string OneLine(string text)
    {
        var at = text.AsSpan().IndexOfAny(Unsafe);
        if (at < 0) return text;
        var safe = new StringBuilder(text.Length + 16);
        var rest = text.AsSpan();
        for (; at >= 0; at = rest.IndexOfAny(Unsafe))
        {
            safe.Append(rest[..at]).Append("\\u{").Append(((int)rest[at]).ToString("x", CultureInfo.InvariantCulture)).Append('}');
            rest = rest[(at + 1)..];
        }

        return safe.Append(rest).ToString();
    }
}
