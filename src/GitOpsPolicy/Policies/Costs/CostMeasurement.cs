using System.Collections.Immutable;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Policies.Costs;

/// <summary>How rules are timed. Fuel and allocations need one run and no settings.</summary>
/// <param name="Rounds">Samples of each rule, of which the median counts.</param>
/// <param name="Sample">Processor time of one sample at least: short rules are run many times over.</param>
/// <param name="Patience">Processor time after which no further round is begun, once three are done.</param>
public sealed record CostSettings(int Rounds, TimeSpan Sample, TimeSpan Patience)
{
    /// <summary>Rounds that are always made.</summary>
    public const int FewestRounds = 3;

    /// <summary>Eleven rounds of two milliseconds a rule, at most half a minute.</summary>
    public static CostSettings Default { get; } = new(11, TimeSpan.FromMilliseconds(2), TimeSpan.FromSeconds(30));
}

/// <summary>
/// Measures rules: fuel and allocations once, as they are the same every time; processor time in rounds over all rules, so that
/// what disturbs the machine for a while disturbs all rules alike.
/// </summary>
/// <param name="settings">How rules are timed.</param>
/// <param name="processorTime">Processor time that this process has used so far.</param>
public sealed class CostMeasurement(CostSettings settings, Func<TimeSpan> processorTime)
{
    private static readonly EvaluationOptions Options = new()
    {
        SensitiveKey = new("the key of all measurements"u8),
        Today = new DateOnly(2000, 1, 1),
        Workers = 1,
    };

    /// <summary>Measures every rule on every input it matches.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="round">Told the number of each round before it begins, from 1.</param>
    /// <param name="cancellation">Stops between samples.</param>
    public CostReport Measure(ImmutableArray<CostInput> inputs, Action<int>? round, CancellationToken cancellation)
    {
        var tallies = new SortedDictionary<string, CostTally>(StringComparer.Ordinal);
        foreach (var input in inputs)
        {
            cancellation.ThrowIfCancellationRequested();
            Count(input, tallies);
        }

        var rounds = TakeSamples([.. tallies.Values.Where(static tally => tally.HasRun)], round, cancellation);
        return new(
            [.. tallies.Values.Select(static tally => tally.ToCost())
                .OrderByDescending(static cost => cost.Fuel)
                .ThenBy(static cost => cost.Rule, StringComparer.Ordinal)], rounds);
    }

    // One pass with the meter on: who runs on what, and what it uses.
    private static void Count(CostInput input, SortedDictionary<string, CostTally> tallies)
    {
        var acknowledged = Acknowledgements.Match(input.Rules, input.Changes, Options.Today).Changes;
        var set = new ChangeSetView(input.Changes, acknowledged.Contains);
        foreach (var rule in input.Rules.Loaded)
        {
            if (!tallies.TryGetValue(rule.Metadata.Name, out var tally)) tallies[rule.Metadata.Name] = tally = new(rule.Metadata);
            var alone = new RuleSet([rule], input.Rules.Config) { Acknowledgements = input.Rules.Acknowledgements };
            tally.Begin(input, new RuleRunner(set, alone, Options with { CountsCosts = true }));
            foreach (var view in rule.Metadata.JudgesSets ? [null] : (IEnumerable<ChangeView?>)set.Changes) tally.Show(view);
            tally.End(new RuleRunner(set, alone, Options));
        }
    }

    private int TakeSamples(ImmutableArray<CostTally> tallies, Action<int>? round, CancellationToken cancellation)
    {
        var begun = processorTime();
        WarmUp(tallies, cancellation);
        for (var number = 1; number <= settings.Rounds; number++)
        {
            if (number > CostSettings.FewestRounds && processorTime() - begun > settings.Patience) return number - 1;
            round?.Invoke(number);
            foreach (var tally in tallies)
            {
                cancellation.ThrowIfCancellationRequested();
                tally.Samples.Add(Time(tally, tally.Passes) / tally.Passes / tally.Runs);
            }
        }

        return settings.Rounds;
    }

    // The just-in-time compiler has seen all the code there is before anything counts; then each rule says how many passes fill a
    // sample.
    private void WarmUp(ImmutableArray<CostTally> tallies, CancellationToken cancellation)
    {
        foreach (var passes in (int[])[1, 30, 30])
        {
            foreach (var tally in tallies)
            {
                cancellation.ThrowIfCancellationRequested();
                var once = Time(tally, 1);
                if (once < settings.Sample) once = Time(tally, passes) / passes;
                tally.Passes = once <= TimeSpan.Zero ? 1_000 : (int)Math.Clamp(Math.Ceiling(settings.Sample / once), 1, 100_000);
            }
        }
    }

    private TimeSpan Time(CostTally tally, int passes)
    {
        var before = processorTime();
        for (var i = 0; i < passes; i++) tally.RunOnce();
        return processorTime() - before;
    }
}
