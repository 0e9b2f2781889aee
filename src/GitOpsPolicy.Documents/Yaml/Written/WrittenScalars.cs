using System.Buffers;
using System.Globalization;
using System.Text;

namespace GitOpsPolicy.Documents;

/// <summary>
/// How the text of a scalar is spelt: plain where its author wrote it plain, else in the quotes that need fewer escapes.
/// </summary>
internal static class WrittenScalars
{
    private static readonly SearchValues<char> FlowSigns = SearchValues.Create(",[]{}");

    /// <summary>The scalar on one line.</summary>
    public static string OneLine(WrittenScalar scalar, bool inBrackets) => scalar.Style switch
    {
        WrittenStyle.Alias => scalar.Text,
        WrittenStyle.Quoted when scalar.Escaped is { } escaped => escaped,
        WrittenStyle.Plain when CanBePlain(scalar.Text, inBrackets) => scalar.Text,
        _ => Quote(scalar.Text),
    };

    /// <summary>The text in quotes: double, unless single ones save escapes.</summary>
    public static string Quote(string text)
    {
        var needsEscape = text.Any(static c =>
            char.IsControl(c) || c is '\u0085' or '\u2028' or '\u2029' or '\ufeff' || char.IsSurrogate(c));
        return !needsEscape && text.AsSpan().ContainsAny('"', '\\')
            ? "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'"
            : DoubleQuote(text);
    }

    /// <summary>
    /// The text in lines of at most this many characters, broken at single spaces; null when it cannot be broken.
    /// </summary>
    public static List<string>? Wrap(string text, int width)
    {
        if (text.Trim() != text || text.Any(char.IsControl)) return null;
        var lines = new List<string>();
        var start = 0;
        while (text.Length - start > width && BreakBefore(text, start, width) is var end and > 0)
        {
            lines.Add(text[start..end]);
            start = end + 1;
        }

        lines.Add(text[start..]);
        return lines.Count > 1 ? lines : null;
    }

    // The last single space within the width; else the first one behind it.
    private static int BreakBefore(string text, int start, int width)
    {
        for (var at = Math.Min(start + width, text.Length - 1); at > start; at--)
            if (IsSingleSpace(text, at)) return at;
        for (var at = start + width; at < text.Length; at++)
            if (IsSingleSpace(text, at)) return at;
        return 0;
    }

    private static bool IsSingleSpace(string text, int at) =>
        text[at] == ' ' && at > 0 && at + 1 < text.Length && text[at - 1] != ' ' && text[at + 1] != ' ';

    private static bool CanBePlain(string text, bool inBrackets)
    {
        if (text.Contains('\n') || text.Contains(": ", StringComparison.Ordinal) || text.Contains(" #", StringComparison.Ordinal))
            return false;
        return !inBrackets || !text.AsSpan().ContainsAny(FlowSigns);
    }

    private static string DoubleQuote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < 0x20 or (>= 0x7f and < 0xa0) => "\\x" + rune.Value.ToString("x2", CultureInfo.InvariantCulture),
                0x2028 or 0x2029 or 0xfeff => "\\u" + rune.Value.ToString("x4", CultureInfo.InvariantCulture),
                _ => rune.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
