using System.Globalization;
using System.Numerics;
using System.Text;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>Numbers, strings, templates and regular expressions.</summary>
internal sealed partial class Lexer
{
    /// <summary>Reads a text of a template from <paramref name="start"/> on, which is after the backtick or <c>}</c>.</summary>
    /// <param name="start">Offset to read from.</param>
    /// <param name="untilEnd">The template has no backticks around it: it ends where the source does.</param>
    /// <exception cref="SyntaxException">The template has no end.</exception>
    public TemplatePiece TemplateText(int start, bool untilEnd)
    {
        at = start;
        var cooked = new StringBuilder();
        var badEscape = -1;
        while (true)
        {
            if (at >= text.Length)
                return untilEnd
                    ? Piece(true, at)
                    : throw new SyntaxException(start - 1, "this template has no end", "close it with a backtick");
            var c = text[at];
            if (c == '`' && !untilEnd) return Piece(true, at++);
            if (c == '$' && Peek(1) == '{')
            {
                at += 2;
                return Piece(false, at - 2);
            }

            if (c == '\\') Escaped(cooked, ref badEscape);
            else if (c == '\r') cooked.Append(LineBreak());
            else cooked.Append(text[at++]);
        }

        TemplatePiece Piece(bool isLast, int end) => new(
            badEscape < 0 ? cooked.ToString() : null,
            text[start..end].Replace("\r\n", "\n").Replace('\r', '\n'), isLast, badEscape);
    }

    /// <summary>Reads a regular expression literal that starts at <paramref name="start"/>.</summary>
    /// <exception cref="SyntaxException">It has no end, or flags that mean nothing.</exception>
    public (string Pattern, string Flags, int End) RegExp(int start)
    {
        at = start + 1;
        for (var inClass = false; ; at++)
        {
            if (at >= text.Length || Characters.IsLineBreak(text[at]))
                throw new SyntaxException(start, "this regular expression has no end", "close it with `/`");
            var c = text[at];
            if (c == '/' && !inClass) break;
            if (c == '[') inClass = true;
            else if (c == ']') inClass = false;
            else if (c == '\\' && at + 1 < text.Length && !Characters.IsLineBreak(text[at + 1])) at++;
        }

        var pattern = text[(start + 1)..at++];
        var flagsStart = at;
        while (at < text.Length && (text[at] == '\\' || Characters.IsNamePart(Characters.CodePointAt(text, at))))
            at += char.IsHighSurrogate(text[at]) ? 2 : 1;
        CheckFlags(text[flagsStart..at], flagsStart);
        return (pattern, text[flagsStart..at], at);
    }

    private static void CheckFlags(string flags, int start)
    {
        for (var i = 0; i < flags.Length; i++)
        {
            if (flags[i] == 'v')
                throw new SyntaxException(start + i, "the regular expression flag `v` is not supported", "write `u`")
                {
                    IsUnsupported = true,
                };
            if (!"dgimsuy".Contains(flags[i]))
                throw new SyntaxException(start + i, $"unknown regular expression flag `{Characters.Show(flags[i])}`");
            if (flags.IndexOf(flags[i]) < i)
                throw new SyntaxException(start + i, $"the regular expression flag `{flags[i]}` is given twice");
        }
    }

    private Token String(char quote)
    {
        var start = at++;
        var value = new StringBuilder();
        while (true)
        {
            if (at >= text.Length || text[at] is '\n' or '\r')
                throw new SyntaxException(start, "this string has no end", $"close it with `{quote}`");
            var c = text[at];
            if (c == quote) break;
            var bad = -1;
            if (c != '\\') value.Append(text[at++]);
            else Escaped(value, ref bad);
            if (bad >= 0) throw BadEscape(bad);
        }

        return new(TokenKind.String, start, ++at, value.ToString());
    }

    /// <summary>The problem of an escape that means nothing, in a string or an untagged template.</summary>
    public SyntaxException BadEscape(int offset) => (offset + 1 < text.Length ? text[offset + 1] : '\0') switch
    {
        >= '0' and <= '9' => new(offset, "octal escapes are not allowed", "write `\\x` with two hex digits"),
        'x' => new(offset, "`\\x` needs two hex digits"),
        _ => new(offset, "`\\u` needs four hex digits, or up to 10FFFF in braces"),
    };

    // Reads an escape; one that means nothing sets `bad` to its offset.
    private void Escaped(StringBuilder value, ref int bad)
    {
        var place = at++;
        if (at >= text.Length) return;
        var c = text[at++];
        var read = c switch
        {
            'b' => '\b',
            't' => '\t',
            'n' => '\n',
            'v' => '\v',
            'f' => '\f',
            'r' => '\r',
            '0' when !char.IsAsciiDigit(Peek(0)) => '\0',
            'x' => HexEscape(2),
            'u' => UnicodeEscape(place),
            >= '0' and <= '9' => null,
            _ => c,
        };
        if (c == '\r' && Peek(0) == '\n') at++;
        if (Characters.IsLineBreak(c)) return;
        if (read is not { } point) bad = bad < 0 ? place : bad;
        else if (point > 0xffff) value.Append(char.ConvertFromUtf32(point));
        else value.Append((char)point);
    }

    private char LineBreak()
    {
        at += Peek(1) == '\n' ? 2 : 1;
        return '\n';
    }

    private int? HexEscape(int digits)
    {
        var value = 0;
        for (var i = 0; i < digits; i++)
        {
            var digit = Characters.HexValue(Peek(i));
            if (digit < 0) return null;
            value = (value << 4) | digit;
        }

        at += digits;
        return value;
    }

    // After `\u`.
    private int? UnicodeEscape(int place)
    {
        if (Peek(0) != '{') return HexEscape(4);
        var value = 0;
        var i = at + 1;
        for (; i < text.Length && Characters.HexValue(text[i]) is >= 0 and var digit; i++)
            value = Math.Min((value << 4) | digit, 0x110000);
        if (i == at + 1 || i >= text.Length || text[i] != '}' || value > 0x10ffff) return null;
        at = i + 1;
        return place >= 0 ? value : null;
    }

    private Token Number()
    {
        var start = at;
        var value = (Peek(0), Peek(1) | 0x20) switch
        {
            ('0', 'x') => Radix(4),
            ('0', 'o') => Radix(3),
            ('0', 'b') => Radix(1),
            ('0', _) when char.IsAsciiDigit(Peek(1)) || Peek(1) == '_' =>
                throw new SyntaxException(start, "a number may not start with 0", "octal numbers are written `0o17`"),
            _ => Decimal(),
        };
        if (Peek(0) == 'n')
            throw new SyntaxException(start, "BigInt numbers are not supported", "write a plain number, exact up to 2 ** 53")
            {
                IsUnsupported = true,
            };
        var next = Characters.CodePointAt(text, at);
        if (next == '\\' || (next >= 0 && Characters.IsNamePart(next)))
            throw new SyntaxException(at, $"a number may not be followed by `{Characters.Show(next)}`");
        return new(TokenKind.Number, start, at, Number: value);
    }

    private double Decimal()
    {
        var start = at;
        if (Peek(0) != '.') Digits(10);
        if (Peek(0) == '.')
        {
            at++;
            if (char.IsAsciiDigit(Peek(0)) || Peek(0) == '_') Digits(10);
        }

        if (Peek(0) is 'e' or 'E')
        {
            at++;
            if (Peek(0) is '+' or '-') at++;
            Digits(10);
        }

        return double.Parse(text[start..at].Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    // Hexadecimal, octal and binary, rounded to the nearest double, halves to even.
    private double Radix(int bits)
    {
        at += 2;
        var digits = Digits(1 << bits).TrimStart('0');
        if (digits.Length * bits > 1100) return double.PositiveInfinity;
        var value = BigInteger.Zero;
        foreach (var c in digits) value = (value << bits) | Characters.HexValue(c);
        var excess = (int)Math.Max(0, value.GetBitLength() - 64);
        if (excess == 0) return (ulong)value;
        var top = (ulong)(value >> excess);
        if (!(value & ((BigInteger.One << excess) - 1)).IsZero) top |= 1;
        return Math.ScaleB(top, excess);
    }

    // Digits with single underscores between them; gives them without the underscores.
    private string Digits(int radix)
    {
        var start = at;
        for (; at < text.Length; at++)
        {
            if (text[at] == '_')
            {
                if (at == start || !IsDigit(text[at - 1]) || !IsDigit(Peek(1)))
                    throw new SyntaxException(at, "an underscore in a number stands between two digits");
            }
            else if (!IsDigit(text[at]))
            {
                break;
            }
        }

        if (at == start) throw new SyntaxException(at, "a digit is missing here");
        return text[start..at].Replace("_", "");

        bool IsDigit(char c) => Characters.HexValue(c) is >= 0 and var value && value < radix;
    }
}
