using System.Globalization;

namespace GitOpsPolicy.Knowledge;

/// <summary>Kubernetes quantities such as <c>500m</c> and <c>2Gi</c> (k8s.io/apimachinery/pkg/api/resource).</summary>
internal static class Quantity
{
    private static readonly (string Suffix, decimal Factor)[] Suffixes =
    [
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40), ("Pi", 1L << 50), ("Ei", 1L << 60),
        ("n", 1e-9m), ("u", 1e-6m), ("m", 1e-3m), ("k", 1e3m), ("M", 1e6m), ("G", 1e9m), ("T", 1e12m), ("P", 1e15m), ("E", 1e18m),
        ("", 1m),
    ];

    /// <summary>Reads a quantity; false when the text is none, or beyond 28 digits.</summary>
    public static bool TryParse(string text, out decimal value)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        foreach (var (suffix, factor) in Suffixes)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal)) continue;
            var style = suffix.Length == 0 ? Style | NumberStyles.AllowExponent : Style;
            if (!decimal.TryParse(text.AsSpan(0, text.Length - suffix.Length), style, CultureInfo.InvariantCulture, out value))
                return false;
            if (Math.Abs(value) > decimal.MaxValue / Math.Max(1, factor)) return false;
            value *= factor;
            return true;
        }

        throw new InvalidOperationException("The empty suffix ends every text.");
    }
}
