using System.Globalization;

namespace GitOpsPolicy.Documents;

/// <summary>
/// A JSON number without rounding: sign, significant digits, and the power of ten of the last of them. Every value has one
/// form, so equal numbers have equal forms however they were spelt; zero has no digits and no sign.
/// </summary>
internal readonly record struct ExactNumber(bool IsNegative, string Digits, long Exponent)
{
    /// <summary>Reads a number in its JSON spelling (RFC 8259, section 6).</summary>
    public static ExactNumber Parse(ReadOnlySpan<char> json)
    {
        var negative = json.StartsWith('-');
        if (negative) json = json[1..];
        long exponent = 0;
        if (json.IndexOfAny('e', 'E') is var e and >= 0)
        {
            exponent = ParseExponent(json[(e + 1)..]);
            json = json[..e];
        }

        var point = json.IndexOf('.');
        if (point >= 0) exponent -= json.Length - point - 1;
        var digits = (point < 0 ? json.ToString() : string.Concat(json[..point], json[(point + 1)..])).TrimStart('0');
        var significant = digits.TrimEnd('0');
        return significant.Length == 0
            ? new(false, "", 0)
            : new(negative, significant, exponent + digits.Length - significant.Length);
    }

    /// <summary>The one JSON spelling of this value: an integer where it is short enough, else <c>d.ddde±x</c>.</summary>
    public override string ToString()
    {
        const int longestPlain = 40;
        if (Digits.Length == 0) return "0";
        var sign = IsNegative ? "-" : "";
        if (Exponent >= 0 && Digits.Length + Exponent <= longestPlain) return sign + Digits + new string('0', (int)Exponent);
        var whole = Digits.Length + Exponent;
        if (Exponent < 0 && whole is > 0 and <= longestPlain) return $"{sign}{Digits[..(int)whole]}.{Digits[(int)whole..]}";
        if (whole is <= 0 and > -6) return $"{sign}0.{new string('0', (int)-whole)}{Digits}";
        return $"{sign}{Digits[0]}{(Digits.Length > 1 ? "." + Digits[1..] : "")}e{whole - 1}";
    }

    // An exponent beyond 18 digits: the readers refuse the infinite ones, and the rest are zero to any precision that matters.
    private static long ParseExponent(ReadOnlySpan<char> digits) =>
        long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            ? exponent
            : long.MinValue / 4;
}
