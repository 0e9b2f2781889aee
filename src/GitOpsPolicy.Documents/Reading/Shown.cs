using System.Globalization;
using System.Text;

namespace GitOpsPolicy.Documents;

/// <summary>A user's words as they stand in a message: short, on one line, and harmless to a terminal.</summary>
internal static class Shown
{
    private const int Longest = 60;

    /// <summary>The text, cut when long, with everything invisible written as an escape.</summary>
    public static string Text(string text) => Line(text.Length > Longest ? text[..(Longest - 1)] + "…" : text);

    /// <summary>The whole text with everything invisible written as an escape.</summary>
    public static string Line(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsVisible(rune)) shown.Append(rune);
            else shown.Append($"\\u{rune.Value:X4}");
        }

        return shown.ToString();
    }

    private static bool IsVisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse);
}
