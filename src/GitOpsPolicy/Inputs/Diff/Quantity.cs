using System.Globalization;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Diff;

/// <summary>Kubernetes quantities such as <c>10Gi</c>, near enough to tell growing from shrinking.</summary>
internal static class Quantity
{
    /// <summary>The size of a quantity; false for anything else.</summary>
    public static bool TryParse(Node? node, out double size)
    {
        size = 0;
        if (node is not ScalarNode { Kind: NodeKind.String or NodeKind.Number } scalar) return false;
        var text = scalar.Text.AsSpan();
        var digits = text.LastIndexOfAnyInRange('0', '9') + 1;
        if (!double.TryParse(text[..digits], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return false;
        size = number * Factor(text[digits..]);
        return !double.IsNaN(size);
    }

    // https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
    private static double Factor(ReadOnlySpan<char> suffix) => suffix switch
    {
        "" => 1,
        "Ki" => 1L << 10,
        "Mi" => 1L << 20,
        "Gi" => 1L << 30,
        "Ti" => 1L << 40,
        "Pi" => 1L << 50,
        "Ei" => 1L << 60,
        "n" => 1e-9,
        "u" => 1e-6,
        "m" => 1e-3,
        "k" => 1e3,
        "M" => 1e6,
        "G" => 1e9,
        "T" => 1e12,
        "P" => 1e15,
        "E" => 1e18,
        _ => double.NaN,
    };
}
