using System.Globalization;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>What the language's grammar asks of single characters.</summary>
internal static class Characters
{
    public static bool IsLineBreak(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';

    public static bool IsWhiteSpace(char c) =>
        c is ' ' or '\t' or '\v' or '\f' or '\u00a0' or '\ufeff'
            || (c > 127 && char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator);

    public static bool IsNameStart(int c) => c < 128
        ? char.IsAsciiLetter((char)c) || c is '$' or '_'
        : IsLetter(c) || c is 0x1885 or 0x1886 or 0x2118 or 0x212e or 0x309b or 0x309c;   // Other_ID_Start

    public static bool IsNamePart(int c) => c < 128
        ? char.IsAsciiLetterOrDigit((char)c) || c is '$' or '_'
        : IsNameStart(c) || IsMark(c) || c is 0x200c or 0x200d
            || c is 0xb7 or 0x387 or (>= 0x1369 and <= 0x1371) or 0x19da;   // Other_ID_Continue

    /// <summary>The code point at <paramref name="index"/>; an unpaired surrogate stands for itself; -1 past the end.</summary>
    public static int CodePointAt(string text, int index)
    {
        if ((uint)index >= (uint)text.Length) return -1;
        return char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
            ? char.ConvertToUtf32(text[index], text[index + 1])
            : text[index];
    }

    public static int HexValue(char c) => char.IsAsciiHexDigit(c) ? (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10) : -1;

    /// <summary>The name of a character for a message: itself when it can be seen, else its code point.</summary>
    public static string Show(int c) =>
        c is > 32 and < 127 || (c > 160 && c is < 0xd800 or > 0xdfff && IsNamePart(c)) ? char.ConvertFromUtf32(c) : $"U+{c:X4}";

    // U+2E2F is a letter by category, but Pattern_Syntax.
    private static bool IsLetter(int c) => c != 0x2e2f && CharUnicodeInfo.GetUnicodeCategory(c) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;

    private static bool IsMark(int c) => CharUnicodeInfo.GetUnicodeCategory(c) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;
}
