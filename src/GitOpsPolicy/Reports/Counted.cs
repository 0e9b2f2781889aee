using System.Globalization;

namespace GitOpsPolicy.Reports;

/// <summary>Numbers of things, in words: <c>1 rule</c>, <c>2 rules</c>.</summary>
public static class Counted
{
    /// <summary>The number with its noun.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The noun for one.</param>
    /// <param name="many">The noun for any other number; null for the first with an <c>s</c>.</param>
    public static string Of(long count, string one, string? many = null) =>
        $"{count.ToString(CultureInfo.InvariantCulture)} {(count == 1 ? one : many ?? one + "s")}";
}
