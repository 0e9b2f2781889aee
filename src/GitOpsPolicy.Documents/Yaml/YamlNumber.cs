using System.Globalization;

namespace GitOpsPolicy.Documents;

/// <summary>
/// Numbers as go-yaml v2 reads them, in JSON's spelling. Integers keep every digit, also those that Kubernetes rounds.
/// </summary>
internal static class YamlNumber
{
    /// <summary>Reads a scalar that starts with a sign or a digit; false when it is text.</summary>
    /// <param name="text">The plain scalar.</param>
    /// <param name="spelling">The number as JSON writes it.</param>
    /// <param name="number">The nearest double.</param>
    public static bool TryParse(string text, out string spelling, out double number)
    {
        var plain = text.Contains('_') ? text.Replace("_", "") : text;
        if (TryInteger(plain, out spelling))
        {
            number = double.Parse(spelling, NumberStyles.Float, CultureInfo.InvariantCulture);
            return true;
        }

        return TryFloat(plain, out spelling, out number);
    }

    /// <summary>
    /// Reads a scalar that starts with a point. Go's own parser of floats takes it, which knows underscores between digits only.
    /// </summary>
    public static bool TryParseDotted(string text, out string spelling, out double number)
    {
        (spelling, number) = (text, 0);
        for (var at = text.IndexOf('_'); at >= 0; at = text.IndexOf('_', at + 1))
            if (!char.IsAsciiDigit(text[at - 1]) || at + 1 == text.Length || !char.IsAsciiDigit(text[at + 1])) return false;
        return TryFloat(text.Replace("_", ""), out spelling, out number);
    }

    /// <summary>Whether the text of a number is an integer's, which <c>!!int</c> asks for.</summary>
    public static bool IsInteger(string text) => TryInteger(text.Replace("_", ""), out _);

    /// <summary>
    /// The key that a number becomes: an integer's digits, or a fraction as Go prints a 32-bit float; empty when there is none.
    /// </summary>
    public static string KeyOf(ScalarNode number)
    {
        if (!number.Text.AsSpan().ContainsAny('.', 'e', 'E'))
            return number.Text.Length <= 20 && long.TryParse(number.Text, CultureInfo.InvariantCulture, out _) ? number.Text : "";
        return GoFloat.Format((float)number.Number);
    }

    // What Go's ParseInt and then ParseUint take with base 0: a sign, then 0x, 0b, 0o or 0 for the base, then digits. Only
    // ParseInt takes a sign.
    private static bool TryInteger(string plain, out string spelling)
    {
        spelling = plain;
        if (IsShortDecimal(plain)) return true;
        var sign = plain.Length > 0 && plain[0] is '+' or '-' ? plain[0] : ' ';
        var digits = sign == ' ' ? plain.AsSpan() : plain.AsSpan(1);
        var radix = TakePrefix(ref digits);
        if (!TryMagnitude(digits, radix, out var magnitude)) return false;
        if (magnitude > (sign switch { '-' => 1UL << 63, '+' => long.MaxValue, _ => ulong.MaxValue })) return false;
        spelling = (sign == '-' && magnitude != 0 ? "-" : "") + magnitude.ToString(CultureInfo.InvariantCulture);
        return true;
    }

    private static bool IsShortDecimal(string plain) =>
        plain.Length is > 0 and <= 18
            && !plain.AsSpan().ContainsAnyExceptInRange('0', '9')
            && (plain[0] != '0' || plain.Length == 1);

    private static int TakePrefix(ref ReadOnlySpan<char> digits)
    {
        if (digits.Length < 2 || digits[0] != '0') return 10;
        var (radix, length) = digits[1] switch
        {
            'x' or 'X' => (16, 2),
            'b' or 'B' => (2, 2),
            'o' or 'O' => (8, 2),
            _ => (8, 1),
        };
        digits = digits[length..];
        return radix;
    }

    private static bool TryMagnitude(ReadOnlySpan<char> digits, int radix, out ulong magnitude)
    {
        magnitude = 0;
        if (digits.IsEmpty) return false;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiHexDigit(c) ? (c | 0x20) - 'a' + 10 : radix;
            if (digit >= radix) return false;
            var next = ((UInt128)magnitude * (uint)radix) + (uint)digit;
            if (next > ulong.MaxValue) return false;
            magnitude = (ulong)next;
        }

        return true;
    }

    // [-+]? ( . digits | digits [. digits*] ) ( [eE] [-+]? digits )?, and not infinite: those stay text.
    private static bool TryFloat(string plain, out string spelling, out double number)
    {
        (spelling, number) = (plain, 0);
        var rest = plain.AsSpan();
        var negative = rest.StartsWith('-');
        if (negative || rest.StartsWith('+')) rest = rest[1..];
        var whole = TakeDigits(ref rest);
        var fraction = ReadOnlySpan<char>.Empty;
        if (rest.StartsWith('.'))
        {
            rest = rest[1..];
            fraction = TakeDigits(ref rest);
        }

        if (whole.IsEmpty && fraction.IsEmpty) return false;
        if (!rest.IsEmpty && !IsExponent(rest)) return false;
        whole = whole.TrimStart('0');
        spelling = string.Concat(negative ? "-" : "", whole.IsEmpty ? "0" : whole, fraction.IsEmpty ? "" : $".{fraction}", rest);
        number = double.Parse(spelling, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number);
    }

    private static ReadOnlySpan<char> TakeDigits(scoped ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? rest : rest[..end];
        rest = rest[digits.Length..];
        return digits;
    }

    private static bool IsExponent(ReadOnlySpan<char> rest)
    {
        if (rest[0] is not ('e' or 'E')) return false;
        rest = rest[1..];
        if (rest.Length > 0 && rest[0] is '+' or '-') rest = rest[1..];
        return !rest.IsEmpty && !rest.ContainsAnyExceptInRange('0', '9');
    }
}
