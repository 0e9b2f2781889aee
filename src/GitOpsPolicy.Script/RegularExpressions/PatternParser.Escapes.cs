using System.Globalization;
using System.Text;

namespace GitOpsPolicy.Script.RegularExpressions;

/// <content>What follows a backslash, and the names of groups.</content>
internal sealed partial class PatternParser
{
    private const string SyntaxCharacters = "^$\\.*+?()[]{}|/";

    private PatternNode.OneOf ParseAtomEscape()
    {
        var start = at++;
        if (AtEnd) throw Wrong("`\\` at end of regular expression");
        if (TryReadSetEscape(out var set)) return new(set);
        if (Current is >= '1' and <= '9') RejectBackreference(start);
        if (Current == 'k' && (unicode || hasNames)) RejectNamedBackreference(start);
        return Literal(ReadCharacterEscape(inClass: false));
    }

    private void RejectBackreference(int start)
    {
        var resume = at;
        TryReadNumber(out var number);
        at = resume;
        if (number <= groupTotal)
            throw PatternSyntaxException.Unsupported(
                $"backreference `\\{number}` is not supported, compare the captured texts in JavaScript", start);
        if (unicode) throw PatternSyntaxException.Of($"`\\{number}` refers to no group", start);
    }

    private void RejectNamedBackreference(int start)
    {
        at++;
        var name = Take('<')
            ? ReadGroupName()
            : throw PatternSyntaxException.Of("invalid named reference in regular expression", start);
        if (!text.Contains($"(?<{name}>", StringComparison.Ordinal))
            throw PatternSyntaxException.Of($"`\\k<{name}>` refers to no group", start);
        throw PatternSyntaxException.Unsupported(
            $"backreference `\\k<{name}>` is not supported, compare the captured texts in JavaScript", start);
    }

    /// <summary>Takes the rest of <c>\d \D \s \S \w \W \p{…} \P{…}</c>.</summary>
    private bool TryReadSetEscape(out CharacterSet set)
    {
        var word = unicode && IgnoreCase ? CharacterSet.FoldedWord : CharacterSet.Word;
        CharacterSet? found = Current switch
        {
            'd' => CharacterSet.Digits,
            'D' => CharacterSet.Digits.Complement(),
            's' => CharacterSet.Space,
            'S' => CharacterSet.Space.Complement(),
            'w' => word,
            'W' => word.Complement(),
            'p' or 'P' when unicode => ReadProperty(),
            _ => null,
        };
        set = found ?? CharacterSet.Empty;
        if (found is null) return false;
        at++;
        return true;
    }

    /// <summary>Reads a property and stops on its closing brace.</summary>
    private CharacterSet ReadProperty()
    {
        var start = at - 1;
        var inverted = Current == 'P';
        var end = text.IndexOf('}', at);
        if (at + 1 >= text.Length || text[at + 1] != '{' || end < 0) throw Wrong("invalid property name in regular expression");
        var name = text[(at + 2)..end];
        var set = UnicodeProperties.Find(name) ?? throw PatternSyntaxException.Unsupported(
            $"Unicode property `{name}` is not known here, use a general category such as `\\p{{L}}` or list the characters",
            start);
        at = end;
        if (inverted) set = set.Complement();
        return IgnoreCase ? CaseFolding.Close(set, unicode) : set;
    }

    /// <summary>Takes what follows a backslash when it stands for one character.</summary>
    private int ReadCharacterEscape(bool inClass)
    {
        var c = Current;
        switch (c)
        {
            case 't': at++; return '\t';
            case 'n': at++; return '\n';
            case 'v': at++; return '\v';
            case 'f': at++; return '\f';
            case 'r': at++; return '\r';
            case 'c': return ReadControl(inClass);
            case '0' when at + 1 >= text.Length || !char.IsAsciiDigit(text[at + 1]): at++; return 0;
            case >= '0' and <= '9': return ReadLegacyOctal();
            case 'x': return ReadHex(2);
            case 'u': return ReadUnicodeEscape();
            default: return ReadIdentityEscape(inClass);
        }
    }

    private int ReadIdentityEscape(bool inClass)
    {
        var c = Current;
        if (unicode && !SyntaxCharacters.Contains(c, StringComparison.Ordinal) && !(inClass && c == '-'))
            throw Wrong($"invalid escape `\\{c}` in regular expression with flag `u`");
        if (c == 'k' && hasNames) throw Wrong("invalid named reference in regular expression");
        return NextCharacter();
    }

    /// <summary>
    /// <c>\cX</c>. Where annex B sees no control letter, the backslash stands for itself and the <c>c</c> is read again.
    /// </summary>
    private int ReadControl(bool inClass)
    {
        var letter = at + 1 < text.Length ? text[at + 1] : '\0';
        if (char.IsAsciiLetter(letter) || (inClass && !unicode && (char.IsAsciiDigit(letter) || letter == '_')))
        {
            at += 2;
            return letter % 32;
        }

        return unicode ? throw Wrong("invalid escape `\\c` in regular expression with flag `u`") : '\\';
    }

    /// <summary>Annex B: up to three octal digits, at most 377; 8 and 9 stand for themselves.</summary>
    private int ReadLegacyOctal()
    {
        if (unicode) throw Wrong($"invalid escape `\\{Current}` in regular expression with flag `u`");
        if (Current >= '8') return text[at++];
        var value = 0;
        for (var digits = 0; digits < 3 && !AtEnd && Current is >= '0' and <= '7' && (value * 8) + Current - '0' <= 255; digits++)
            value = (value * 8) + text[at++] - '0';
        return value;
    }

    private int ReadHex(int digits)
    {
        if (TryReadHexDigits(at + 1, digits, out var value))
        {
            at += 1 + digits;
            return value;
        }

        return unicode ? throw Wrong($"invalid escape `\\{Current}` in regular expression") : text[at++];
    }

    private int ReadUnicodeEscape()
    {
        if (unicode && at + 1 < text.Length && text[at + 1] == '{')
        {
            at += 2;
            return ReadBracedCodePoint();
        }

        var first = ReadHex(4);
        if (unicode && first is >= 0xD800 and <= 0xDBFF && LookingAt("\\u") && TryReadHexDigits(at + 2, 4, out var second)
            && second is >= 0xDC00 and <= 0xDFFF)
        {
            at += 6;
            return char.ConvertToUtf32((char)first, (char)second);
        }

        return first;
    }

    private int ReadBracedCodePoint()
    {
        var end = text.IndexOf('}', at);
        var value = -1;
        if (end > at)
        {
            value = 0;
            for (; at < end && value >= 0; at++)
                value = char.IsAsciiHexDigit(Current) ? Math.Min((value * 16) + HexValue(Current), CharacterSet.Last + 1) : -1;
        }

        if (value is < 0 or > CharacterSet.Last) throw Wrong("invalid Unicode escape in regular expression");
        at = end + 1;
        return value;
    }

    private bool TryReadHexDigits(int start, int digits, out int value)
    {
        value = 0;
        if (start + digits > text.Length) return false;
        for (var i = start; i < start + digits; i++)
        {
            if (!char.IsAsciiHexDigit(text[i])) return false;
            value = (value * 16) + HexValue(text[i]);
        }

        return true;
    }

    private static int HexValue(char digit) => int.Parse([digit], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Takes a group's name and the closing angle bracket.</summary>
    private string ReadGroupName()
    {
        var start = at;
        var name = new StringBuilder();
        while (!AtEnd && Current != '>')
        {
            var c = ReadNameCharacter();
            if (!IsIdentifierPart(c, first: name.Length == 0))
                throw PatternSyntaxException.Of("invalid group name in regular expression", start);
            name.Append(c > 0xFFFF ? char.ConvertFromUtf32(c) : ((char)c).ToString());
        }

        if (!Take('>') || name.Length == 0) throw PatternSyntaxException.Of("invalid group name in regular expression", start);
        var read = name.ToString();
        if (names.Exists(named => named.Name == read) && text[start - 2] == '?')
            throw PatternSyntaxException.Of($"group name `{read}` is there twice", start);
        return read;
    }

    private int ReadNameCharacter()
    {
        if (!LookingAt("\\u"))
        {
            var c = text[at++];
            return char.IsHighSurrogate(c) && !AtEnd && char.IsLowSurrogate(Current) ? char.ConvertToUtf32(c, text[at++]) : c;
        }

        at += 2;
        if (Take('{')) return ReadBracedCodePoint();
        if (!TryReadHexDigits(at, 4, out var unit)) return -1;
        at += 4;
        if (unit is < 0xD800 or > 0xDBFF
            || !LookingAt("\\u")
            || !TryReadHexDigits(at + 2, 4, out var low)
            || low is < 0xDC00 or > 0xDFFF)
            return unit;
        at += 6;
        return char.ConvertToUtf32((char)unit, (char)low);
    }

    private static bool IsIdentifierPart(int c, bool first)
    {
        if (c is '$' or '_' || (!first && c is 0x200C or 0x200D)) return true;
        if (c is < 0 or (>= 0xD800 and <= 0xDFFF)) return false;
        return CharUnicodeInfo.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or
                UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber => true,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or
                UnicodeCategory.ConnectorPunctuation => !first,
            _ => false,
        };
    }
}
