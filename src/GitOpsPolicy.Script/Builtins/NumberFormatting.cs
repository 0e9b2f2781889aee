using System.Globalization;
using System.Numerics;
using System.Text;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>
/// The ways <c>Number.prototype</c> writes numbers (ECMAScript, section 21.1.3). Decimal digits are computed exactly, in
/// integers; ties go to the larger number, as the standard asks.
/// </summary>
internal static class NumberFormatting
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary><c>toFixed</c>, for a finite number below 10²¹.</summary>
    public static string Fixed(double number, int fraction)
    {
        var digits = RoundToDecimals(Math.Abs(number), fraction).ToString(CultureInfo.InvariantCulture)
            .PadLeft(fraction + 1, '0');
        var text = fraction == 0 ? digits : $"{digits[..^fraction]}.{digits[^fraction..]}";
        return number < 0 ? "-" + text : text;   // -0 has no sign here
    }

    /// <summary><c>toExponential</c>; <paramref name="fraction"/> -1 asks for as many digits as the number needs.</summary>
    public static string Exponential(double number, int fraction)
    {
        var (digits, exponent) = fraction < 0 ? Shortest(Math.Abs(number)) : Significant(Math.Abs(number), fraction + 1);
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return $"{(number < 0 ? "-" : "")}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}";
    }

    /// <summary><c>toPrecision</c>.</summary>
    public static string Precision(double number, int precision)
    {
        var (digits, exponent) = Significant(Math.Abs(number), precision);
        if (exponent < -6 || exponent >= precision) return Exponential(number, precision - 1);
        var sign = number < 0 ? "-" : "";
        if (exponent == precision - 1) return sign + digits;
        return exponent >= 0
            ? $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}"
            : $"{sign}0.{new string('0', -exponent - 1)}{digits}";
    }

    /// <summary>
    /// <c>toString(radix)</c> for a finite number. The standard leaves the digits of a fraction to the implementation; this gives
    /// the fewest that tell the number from its neighbours, which is what V8 gives.
    /// </summary>
    public static string Radix(double number, int radix)
    {
        var absolute = Math.Abs(number);
        var whole = Math.Floor(absolute);
        var fraction = FractionDigits(absolute, ref whole, radix);
        var text = new StringBuilder(WholeDigits(whole, radix));
        if (fraction.Count > 0) text.Append('.');
        foreach (var digit in fraction) text.Append(Digits[digit]);
        return number < 0 ? "-" + text : text.ToString();
    }

    private static string WholeDigits(double whole, int radix)
    {
        var digits = new StringBuilder();   // last digit first
        // Beyond 2^53 the low digits are not held by the number: they are written as zeros.
        while (whole / radix >= 9007199254740992)
        {
            whole /= radix;
            digits.Append('0');
        }

        do
        {
            var rest = whole % radix;
            digits.Append(Digits[(int)rest]);
            whole = (whole - rest) / radix;
        }
        while (whole > 0);
        return string.Create(digits.Length, digits, static (text, reversed) =>
        {
            for (var i = 0; i < text.Length; i++) text[i] = reversed[text.Length - 1 - i];
        });
    }

    private static List<int> FractionDigits(double number, ref double whole, int radix)
    {
        var digits = new List<int>();
        var fraction = number - whole;
        var delta = Math.Max(0.5 * (Math.BitIncrement(number) - number), double.Epsilon);
        if (fraction < delta) return digits;
        do
        {
            fraction *= radix;
            delta *= radix;
            digits.Add((int)fraction);
            fraction -= digits[^1];
            var roundsUp = fraction > 0.5 || (fraction == 0.5 && (digits[^1] & 1) == 1);
            if (!roundsUp || fraction + delta <= 1) continue;
            RoundUp(digits, ref whole, radix);
            break;
        }
        while (fraction >= delta);
        return digits;
    }

    private static void RoundUp(List<int> digits, ref double whole, int radix)
    {
        while (digits.Count > 0 && digits[^1] == radix - 1) digits.RemoveAt(digits.Count - 1);
        if (digits.Count == 0) whole++;
        else digits[^1]++;
    }

    /// <summary>The digits of a positive number to so many places, rounded half up, and the power of ten of the first.</summary>
    private static (string Digits, int Exponent) Significant(double number, int count)
    {
        if (number == 0) return (new string('0', count), 0);
        var exponent = Shortest(number).Exponent;
        var text = RoundToDecimals(number, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
        if (text.Length < count)
        {
            // 1e-7 is 9.99… × 10⁻⁸ when looked at closely: its shortest form is one power of ten above its digits.
            exponent--;
            text = RoundToDecimals(number, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
        }

        if (text.Length > count) (text, exponent) = (text[..count], exponent + 1);   // 9.99 became 10.0
        return (text, exponent);
    }

    /// <summary>The fewest digits that read back as the number, and the power of ten of the first.</summary>
    private static (string Digits, int Exponent) Shortest(double number)
    {
        if (number == 0) return ("0", 0);
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        var power = mark < 0 ? 0 : int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = mark < 0 ? text : text[..mark];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var first = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0'), (point < 0 ? mantissa.Length : point) - 1 - first + power);
    }

    /// <summary>The integer nearest to number × 10^decimals, the larger of two that are equally near.</summary>
    private static BigInteger RoundToDecimals(double number, int decimals)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var power = (int)(bits >> 52 & 0x7FF);
        BigInteger mantissa = (bits & 0xFFFFFFFFFFFFF) | (power > 0 ? 1L << 52 : 0);
        power = Math.Max(power, 1) - 1075;
        var (over, under) = (mantissa, BigInteger.One);
        if (power > 0) over <<= power;
        else under <<= -power;
        if (decimals > 0) over *= BigInteger.Pow(10, decimals);
        else under *= BigInteger.Pow(10, -decimals);
        return ((over * 2) + under) / (under * 2);
    }
}
