using System.Globalization;

namespace GitOpsPolicy.Documents;

/// <summary>
/// Go's shortest text of a 32-bit float (<c>strconv.FormatFloat(f, 'g', -1, 32)</c>), which Kubernetes makes keys of.
/// </summary>
internal static class GoFloat
{
    /// <summary>The text of a finite float; empty for others.</summary>
    public static string Format(float value)
    {
        if (!float.IsFinite(value)) return "";
        if (value == 0) return float.IsNegative(value) ? "-0" : "0";
        var shortest = ExactNumber.Parse(value.ToString("R", CultureInfo.InvariantCulture));
        var exponent = shortest.Digits.Length + (int)shortest.Exponent - 1;
        var text = exponent is < -4 or >= 6 ? Scientific(shortest.Digits, exponent) : Plain(shortest.Digits, exponent);
        return shortest.IsNegative ? "-" + text : text;
    }

    private static string Scientific(string digits, int exponent)
    {
        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0) return $"0.{new string('0', -exponent - 1)}{digits}";
        var whole = digits.PadRight(exponent + 1, '0');
        return digits.Length <= exponent + 1 ? whole : $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }
}
