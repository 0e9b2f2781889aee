using System.Collections.Immutable;

namespace GitOpsPolicy.Policies.Costs;

/// <summary>What a rule used on one input.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Digest">What it is recognised by.</param>
/// <param name="Runs">How often the rule ran: once per change it matches.</param>
/// <param name="Fuel">Steps of all runs; the same on every machine.</param>
/// <param name="AllocatedBytes">Estimated bytes of all runs; the same on every machine.</param>
public sealed record InputCost(string Name, string Digest, int Runs, long Fuel, long AllocatedBytes);

/// <summary>Processor time of one run, over several rounds.</summary>
/// <param name="Median">Half of the rounds took no longer.</param>
/// <param name="Low">A quarter of the rounds took no longer.</param>
/// <param name="High">Three quarters of the rounds took no longer.</param>
public readonly record struct CostTime(TimeSpan Median, TimeSpan Low, TimeSpan High);

/// <summary>What a rule costs.</summary>
public sealed record MeasuredRule
{
    /// <summary>The rule's name.</summary>
    public required string Rule { get; init; }

    /// <summary>How many changes it was shown, or change sets for a rule that judges those.</summary>
    public required int Shown { get; init; }

    /// <summary>The inputs it ran on, in their order.</summary>
    public required ImmutableArray<InputCost> Inputs { get; init; }

    /// <summary>Fuel of the dearest single run.</summary>
    public required long MostFuel { get; init; }

    /// <summary>Runs that gave no answer: the rule failed, or met an unknown value.</summary>
    public required int Unanswered { get; init; }

    /// <summary>Processor time of one run; null when it never ran.</summary>
    public CostTime? Time { get; init; }

    /// <summary>How many of <see cref="Shown"/> it matched.</summary>
    public int Runs => Inputs.Sum(static input => input.Runs);

    /// <summary>Fuel of all runs.</summary>
    public long Fuel => Inputs.Sum(static input => input.Fuel);

    /// <summary>Estimated bytes of all runs.</summary>
    public long AllocatedBytes => Inputs.Sum(static input => input.AllocatedBytes);

    /// <summary>Fuel of one run on average, rounded; 0 when it never ran.</summary>
    public long FuelPerRun => Runs == 0 ? 0 : (long)Math.Round((double)Fuel / Runs);

    /// <summary>Estimated bytes of one run on average, rounded; 0 when it never ran.</summary>
    public long BytesPerRun => Runs == 0 ? 0 : (long)Math.Round((double)AllocatedBytes / Runs);
}

/// <summary>What the rules of a set cost, dearest first.</summary>
/// <param name="Rules">By fuel, then by name.</param>
/// <param name="Rounds">How many rounds the times are the median of.</param>
public sealed record CostReport(ImmutableArray<MeasuredRule> Rules, int Rounds)
{
    /// <summary>Fuel of all runs of all rules.</summary>
    public long Fuel => Rules.Sum(static rule => rule.Fuel);

    /// <summary>Runs of all rules.</summary>
    public int Runs => Rules.Sum(static rule => rule.Runs);

    /// <summary>The part of all fuel that a rule used, 0 to 1.</summary>
    public double FuelShareOf(MeasuredRule rule) => Fuel == 0 ? 0 : (double)rule.Fuel / Fuel;

    /// <summary>
    /// The part of all processor time that a rule used, 0 to 1. A rule whose share of fuel is far below it leaves its work to
    /// built-in modules.
    /// </summary>
    public double TimeShareOf(MeasuredRule rule) => Rules.Sum(TimeOf) is var all && all == 0 ? 0 : TimeOf(rule) / all;

    private static double TimeOf(MeasuredRule rule) => rule.Runs * (rule.Time?.Median.TotalNanoseconds ?? 0);
}
