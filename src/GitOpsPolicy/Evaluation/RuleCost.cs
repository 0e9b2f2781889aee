using System.Collections.Immutable;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Evaluation;

/// <summary>
/// What one rule used in one evaluation. The same rules on the same changes use the same on every machine and with any number of
/// workers, so the figures can be compared and asserted.
/// </summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Runs">How often it ran: once per change that it matches, or once for the set.</param>
/// <param name="Fuel">Steps of all its runs together.</param>
/// <param name="LargestFuel">Steps of its most expensive run: what its budget has to allow.</param>
/// <param name="MemoryBytes">Estimated bytes allocated by all its runs together.</param>
/// <param name="LargestMemoryBytes">Estimated bytes of the run that allocated most.</param>
public sealed record RuleCost(string Rule, long Runs, long Fuel, long LargestFuel, long MemoryBytes, long LargestMemoryBytes);

/// <summary>Adds up what rules use.</summary>
internal sealed class RuleCosts
{
    private readonly Dictionary<string, RuleCost> byRule = new(StringComparer.Ordinal);

    /// <summary>Adds one run.</summary>
    public void Add(string rule, ScriptRun run) => Add(new(rule, 1, run.FuelUsed, run.FuelUsed, run.MemoryUsed, run.MemoryUsed));

    /// <summary>Takes over what another worker has counted.</summary>
    public void Take(RuleCosts other)
    {
        foreach (var cost in other.byRule.Values) Add(cost);
    }

    /// <summary>All of them, by name.</summary>
    public ImmutableArray<RuleCost> InOrder() => [.. byRule.Values.OrderBy(c => c.Rule, StringComparer.Ordinal)];

    private void Add(RuleCost more) => byRule[more.Rule] = byRule.TryGetValue(more.Rule, out var known) ? Sum(known, more) : more;

    private static RuleCost Sum(RuleCost a, RuleCost b) => new(
        a.Rule,
        a.Runs + b.Runs,
        a.Fuel + b.Fuel,
        Math.Max(a.LargestFuel, b.LargestFuel),
        a.MemoryBytes + b.MemoryBytes,
        Math.Max(a.LargestMemoryBytes, b.LargestMemoryBytes));
}
