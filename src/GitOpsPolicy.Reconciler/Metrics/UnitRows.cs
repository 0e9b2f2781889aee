using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Metrics;

/// <summary>
/// Rows of a metric that has one for each unit. Above <see cref="MaxNamed"/> the rest is one row, <c>other</c>, which is what
/// they come to together: alerts that look at sums and extremes still see every unit, and a scrape stays small.
/// </summary>
internal static class UnitRows
{
    /// <summary>Rows with a unit's name, below what a metric may have in all.</summary>
    public const int MaxNamed = 800;

    /// <summary>What stands for all that have no row of their own.</summary>
    public const string Other = "other";

    private const int MaxLabel = 80;

    /// <summary>The name of a unit as a label. Long ones end in a fingerprint, so that no two are cut to the same.</summary>
    public static string Label(UnitStatus unit)
    {
        var name = unit.Unit.ToString();
        if (name.Length <= MaxLabel) return name;
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8];
        return $"{name[..(MaxLabel - fingerprint.Length - 1)]}~{fingerprint}";
    }

    /// <summary>The rows.</summary>
    /// <param name="rows">Unit, value and further labels, in the order of units; rows of the same labels are put
    /// together.</param>
    /// <param name="labels">Names of the further labels.</param>
    /// <param name="together">What several values come to: their sum, the smallest, the largest.</param>
    public static IEnumerable<Measurement<double>> Of(
        IEnumerable<(string Unit, double Value, string[] More)> rows, string[] labels, Func<IEnumerable<double>, double> together)
    {
        var grouped = rows.GroupBy(static row => string.Join('\0', [row.Unit, .. row.More]), StringComparer.Ordinal)
            .Select(same => (same.First().Unit, Value: together(same.Select(static row => row.Value)), same.First().More))
            .ToList();
        foreach (var (unit, value, more) in grouped.Take(MaxNamed)) yield return Row(unit, value, labels, more);
        foreach (var rest in grouped.Skip(MaxNamed).GroupBy(static row => string.Join('\0', row.More), StringComparer.Ordinal))
            yield return Row(Other, together(rest.Select(static row => row.Value)), labels, rest.First().More);
    }

    private static Measurement<double> Row(string unit, double value, string[] names, string[] values)
    {
        var labels = new List<KeyValuePair<string, object?>>(names.Length + 1) { new("unit", unit) };
        for (var i = 0; i < names.Length; i++) labels.Add(new(names[i], values[i]));
        return new(value, labels);
    }
}
