using System.Globalization;
using System.Numerics;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>
/// <c>parseInt</c> and <c>parseFloat</c> (ECMAScript, sections 19.2.4 and 19.2.5). Both read as far as they can.
/// </summary>
internal static class NumberParsing
{
    /// <summary>A whole number with more digits than this is beyond any double, even in radix 2.</summary>
    private const int MaxDigits = 1024;

    /// <summary>The whole number at the start of the text; NaN when there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="radix">From 2 to 36; 0 for 10, or 16 after <c>0x</c>.</param>
    public static double Integer(ReadOnlySpan<char> text, int radix)
    {
        text = text.TrimStart(NumberText.WhiteSpace);
        var isNegative = text.StartsWith('-');
        if (text.StartsWith('-') || text.StartsWith('+')) text = text[1..];
        if (radix is 0 or 16
            && (text.StartsWith("0x", StringComparison.Ordinal) || text.StartsWith("0X", StringComparison.Ordinal)))
        {
            text = text[2..];
            radix = 16;
        }

        if (radix == 0) radix = 10;
        var length = 0;
        while (length < text.Length && DigitOf(text[length]) < radix) length++;
        if (length == 0) return double.NaN;
        var number = radix == 10
            ? double.Parse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture)
            : FromDigits(text[..length], radix);
        return isNegative ? -number : number;
    }

    /// <summary>The decimal number at the start of the text; NaN when there is none.</summary>
    public static double Decimal(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(NumberText.WhiteSpace);
        var length = DecimalLength(text);
        if (length > 0) return double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
        var unsigned = text.StartsWith('-') || text.StartsWith('+') ? text[1..] : text;
        if (!unsigned.StartsWith("Infinity", StringComparison.Ordinal)) return double.NaN;
        return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
    }

    private static int DecimalLength(ReadOnlySpan<char> text)
    {
        var at = text.StartsWith('-') || text.StartsWith('+') ? 1 : 0;
        var digits = SkipDigits(text, ref at);
        if (at < text.Length && text[at] == '.')
        {
            var after = at + 1;
            var decimals = SkipDigits(text, ref after);
            if (digits + decimals > 0) at = after;
            digits += decimals;
        }

        if (digits == 0) return 0;
        if (at >= text.Length || (text[at] | 0x20) != 'e') return at;
        var power = at + 1;
        if (power < text.Length && text[power] is '+' or '-') power++;
        return SkipDigits(text, ref power) > 0 ? power : at;
    }

    private static int SkipDigits(ReadOnlySpan<char> text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at - start;
    }

    private static int DigitOf(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'z' => c - 'a' + 10,
        >= 'A' and <= 'Z' => c - 'A' + 10,
        _ => 99,
    };

    private static double FromDigits(ReadOnlySpan<char> digits, int radix)
    {
        digits = digits.TrimStart('0');
        if (digits.Length > MaxDigits) return double.PositiveInfinity;
        BigInteger sum = 0;
        foreach (var digit in digits) sum = (sum * radix) + DigitOf(digit);
        return Round(sum);
    }

    /// <summary>The nearest number, ties to even.</summary>
    private static double Round(BigInteger integer)
    {
        var excess = (int)integer.GetBitLength() - 54;   // keeps 53 bits and the one that decides
        if (excess <= 0) return (double)integer;
        var top = (long)(integer >> excess);
        var isPastHalf = !(integer & ((BigInteger.One << excess) - 1)).IsZero;
        var rounded = top >> 1;
        if ((top & 1) == 1 && (isPastHalf || (rounded & 1) == 1)) rounded++;
        return Math.ScaleB(rounded, excess + 1);
    }
}
