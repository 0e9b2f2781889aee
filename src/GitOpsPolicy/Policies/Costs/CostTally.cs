using System.Collections.Immutable;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Policies.Costs;

/// <summary>What is known so far about the cost of one rule.</summary>
/// <param name="metadata">The rule.</param>
internal sealed class CostTally(RuleMetadata metadata)
{
    private readonly List<InputCost> inputs = [];
    private readonly List<(RuleRunner Runner, List<ChangeView?> Views)> work = [];
    private CostInput input = null!;
    private RuleRunner metered = null!;
    private List<ChangeView?> matched = [];
    private long mostFuel;
    private int shown;
    private int unanswered;

    /// <summary>It ran at least once.</summary>
    public bool HasRun => work.Count > 0;

    /// <summary>How often it runs in one pass over all inputs.</summary>
    public int Runs => inputs.Sum(static input => input.Runs);

    /// <summary>Passes that fill a sample.</summary>
    public int Passes { get; set; } = 1;

    /// <summary>Processor time of one run, by round.</summary>
    public List<TimeSpan> Samples { get; } = [];

    /// <summary>Turns to the next input.</summary>
    /// <param name="next">The input.</param>
    /// <param name="runner">Runs the rule on it and counts what that costs.</param>
    public void Begin(CostInput next, RuleRunner runner) => (input, metered, matched) = (next, runner, []);

    /// <summary>Shows the rule a change, or the whole set, and counts.</summary>
    public void Show(ChangeView? view)
    {
        var before = Counted?.Runs ?? 0;
        Judge(metered, view);
        if ((Counted?.Runs ?? 0) > before) matched.Add(view);
        shown++;
    }

    /// <summary>Is done with the input; <paramref name="runner"/> runs the rule on what it matched from now on.</summary>
    public void End(RuleRunner runner)
    {
        if (Counted is not { } counted) return;
        inputs.Add(new(input.Name, input.Digest, (int)counted.Runs, counted.Fuel, counted.MemoryBytes));
        mostFuel = Math.Max(mostFuel, counted.LargestFuel);
        unanswered += metered.Outcomes.Undetermined.Count + metered.Outcomes.Failures.Count;
        work.Add((runner, matched));
    }

    private Evaluation.RuleCost? Counted => metered.Outcomes.Costs.InOrder() is [var only] ? only : null;

    /// <summary>Runs the rule once on everything it matched.</summary>
    public void RunOnce()
    {
        foreach (var (runner, views) in work)
        {
            foreach (var view in views) Judge(runner, view);
            runner.Outcomes.Clear();
        }
    }

    /// <summary>The result.</summary>
    public MeasuredRule ToCost() => new()
    {
        Rule = metadata.Name,
        Shown = shown,
        Inputs = [.. inputs],
        MostFuel = mostFuel,
        Unanswered = unanswered,
        Time = Samples.Count == 0 ? null : TimeOf([.. Samples.Order()]),
    };

    private static void Judge(RuleRunner runner, ChangeView? view)
    {
        if (view is null) runner.JudgeSet();
        else runner.Judge(view);
    }

    private static CostTime TimeOf(ImmutableArray<TimeSpan> sorted) =>
        new(sorted[sorted.Length / 2], sorted[sorted.Length / 4], sorted[Math.Min(sorted.Length - 1, sorted.Length * 3 / 4)]);
}
