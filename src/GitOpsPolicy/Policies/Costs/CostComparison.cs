using System.Collections.Immutable;

namespace GitOpsPolicy.Policies.Costs;

/// <summary>A rule's cost now and in a baseline, on the inputs that are the same in both.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="SameInputs">Inputs that both have; only these are counted below.</param>
/// <param name="OtherInputs">Inputs that only one of them has, or that were changed.</param>
/// <param name="FuelBefore">Fuel in the baseline.</param>
/// <param name="FuelNow">Fuel now.</param>
/// <param name="BytesBefore">Estimated bytes in the baseline.</param>
/// <param name="BytesNow">Estimated bytes now.</param>
public sealed record CostDifference(
    string Rule, int SameInputs, int OtherInputs, long FuelBefore, long FuelNow, long BytesBefore, long BytesNow)
{
    /// <summary>
    /// How much more fuel the rule uses, in percent of the baseline's; negative for less. Infinite when it used none.
    /// </summary>
    public double FuelIncrease => Increase(FuelBefore, FuelNow);

    /// <summary>The same of bytes.</summary>
    public double BytesIncrease => Increase(BytesBefore, BytesNow);

    private static double Increase(long before, long now) =>
        before == now ? 0 : before == 0 ? double.PositiveInfinity : 100.0 * (now - before) / before;
}

/// <summary>
/// Costs held against a baseline. A case that was added or changed is no increase: like is held against like only.
/// </summary>
/// <param name="Rules">By increase of fuel, largest first, then by name.</param>
/// <param name="MeasuredBy">The program that the baseline was measured with.</param>
public sealed record CostComparison(ImmutableArray<CostDifference> Rules, string MeasuredBy)
{
    /// <summary>At least one rule was held against the baseline on an input that is the same.</summary>
    public bool HasGround => Rules.Any(static rule => rule.SameInputs > 0);

    /// <summary>Rules whose fuel increased by more than so many percent.</summary>
    public ImmutableArray<CostDifference> Over(double percent) => [.. Rules.Where(rule => rule.FuelIncrease > percent)];

    /// <summary>Compares.</summary>
    public static CostComparison Of(CostReport report, CostBaseline baseline)
    {
        var now = report.Rules.Where(static rule => rule.Runs > 0)
            .ToDictionary(static rule => rule.Rule, static rule => rule.Inputs, StringComparer.Ordinal);
        var names = now.Keys.Union(baseline.Rules.Keys, StringComparer.Ordinal);
        var differences = names.Select(name => Of(
            name, baseline.Rules.GetValueOrDefault(name, []), now.GetValueOrDefault(name, [])));
        return new(
            [.. differences.OrderByDescending(static rule => rule.FuelIncrease)
                .ThenBy(static rule => rule.Rule, StringComparer.Ordinal)], baseline.ToolVersion);
    }

    private static CostDifference Of(string rule, ImmutableArray<InputCost> before, ImmutableArray<InputCost> now)
    {
        var (earlier, later) = (ByInput(before), ByInput(now));
        var same = earlier.Keys.Intersect(later.Keys).ToList();
        return new(
            rule,
            same.Count,
            earlier.Count + later.Count - (2 * same.Count),
            same.Sum(key => earlier[key].Fuel),
            same.Sum(key => later[key].Fuel),
            same.Sum(key => earlier[key].AllocatedBytes),
            same.Sum(key => later[key].AllocatedBytes));
    }

    private static Dictionary<(string Name, string Digest), InputCost> ByInput(ImmutableArray<InputCost> inputs) =>
        inputs.GroupBy(static input => (input.Name, input.Digest))
            .ToDictionary(static same => same.Key, static same => same.First());
}
