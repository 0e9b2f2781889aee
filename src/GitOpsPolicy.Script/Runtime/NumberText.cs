using System.Globalization;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>Numbers as the language writes and reads them (ECMAScript, Number::toString and StringToNumber).</summary>
internal static class NumberText
{
    private static readonly string[] Small = [.. Enumerable.Range(0, 256).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The shortest decimal text that reads back as the same number.</summary>
    public static string Format(double number)
    {
        if (number == (int)number)
            return (uint)(int)number < (uint)Small.Length
                ? Small[(int)number]
                : ((int)number).ToString(CultureInfo.InvariantCulture);
        if (double.IsNaN(number)) return "NaN";
        if (double.IsInfinity(number)) return number > 0 ? "Infinity" : "-Infinity";
        var shortest = Math.Abs(number).ToString("E16", CultureInfo.InvariantCulture);
        var roundTrip = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var (digits, exponent) = Decompose(roundTrip, shortest);
        var text = Lay(digits, exponent);
        return number < 0 ? "-" + text : text;
    }

    /// <summary>The number that text stands for; NaN when it is none. White space around is ignored; empty text is 0.</summary>
    public static double Parse(string text)
    {
        var trimmed = text.AsSpan().Trim(WhiteSpace);
        if (trimmed.IsEmpty) return 0;
        if (trimmed.Length > 2 && trimmed[0] == '0')
        {
            switch (trimmed[1] | 0x20)
            {
                case 'x': return ParseRadix(trimmed[2..], 16);
                case 'o': return ParseRadix(trimmed[2..], 8);
                case 'b': return ParseRadix(trimmed[2..], 2);
                default: break;
            }
        }

        var unsigned = trimmed[0] is '+' or '-' ? trimmed[1..] : trimmed;
        if (unsigned.SequenceEqual("Infinity")) return trimmed[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        if (unsigned.IsEmpty
            || !(char.IsAsciiDigit(unsigned[0]) || (unsigned[0] == '.' && unsigned.Length > 1 && char.IsAsciiDigit(unsigned[1]))))
            return double.NaN;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(trimmed, style, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
    }

    /// <summary>The white space and line ends of the language.</summary>
    public static ReadOnlySpan<char> WhiteSpace =>
        "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

    private static double ParseRadix(ReadOnlySpan<char> digits, int radix)
    {
        double sum = 0;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : 99;
            if (digit >= radix) return double.NaN;
            sum = (sum * radix) + digit;
        }

        return sum;
    }

    // The digits without point or exponent, and the position of the point counted from before the first digit.
    private static (string Digits, int Exponent) Decompose(string roundTrip, string scientific)
    {
        var mantissa = roundTrip;
        var mark = roundTrip.IndexOf('E', StringComparison.Ordinal);
        if (mark >= 0) mantissa = roundTrip[..mark];
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        var exponent = int.Parse(
            scientific.AsSpan(scientific.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        return (digits, RoundedExponent(mantissa, mark >= 0 ? roundTrip[(mark + 1)..] : "0", exponent));
    }

    // From the shortest text itself, since rounding to 17 digits may carry into one more.
    private static int RoundedExponent(string mantissa, string power, int fallback)
    {
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa : mantissa[..point];
        var shift = int.Parse(power, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (whole.TrimStart('0').Length > 0) return whole.TrimStart('0').Length + shift;
        if (point < 0) return fallback + 1;
        var fraction = mantissa[(point + 1)..];
        return shift - (fraction.Length - fraction.TrimStart('0').Length);
    }

    private static string Lay(string digits, int exponent)
    {
        var count = digits.Length;
        if (count <= exponent && exponent <= 21) return digits + new string('0', exponent - count);
        if (exponent is > 0 and <= 21) return $"{digits[..exponent]}.{digits[exponent..]}";
        if (exponent is > -6 and <= 0) return $"0.{new string('0', -exponent)}{digits}";
        var power = exponent - 1;
        var sign = power < 0 ? '-' : '+';
        return count == 1 ? $"{digits}e{sign}{Math.Abs(power)}" : $"{digits[0]}.{digits[1..]}e{sign}{Math.Abs(power)}";
    }
}
