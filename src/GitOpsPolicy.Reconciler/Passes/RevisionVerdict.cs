using GitOpsPolicy.Reconciler.Health;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>What a pass has shown of its commit, and whether it is tried again.</summary>
/// <param name="Failure">What makes it a bad one, in a few words; null for nothing.</param>
/// <param name="Refusals">What is not tried again.</param>
internal sealed record RevisionVerdict(string? Failure, Refusals Refusals)
{
    /// <summary>
    /// Why nothing is rolled back, though there is an earlier one that was good; null where there is none, or it is.
    /// </summary>
    public string? Unforgiving { get; private init; }

    /// <summary>
    /// Judges the commit of a pass. A revision that failed is not tried again; where going back would lose something, it stays,
    /// and so does everything that comes after it.
    /// </summary>
    /// <param name="facts">What the pass found out.</param>
    /// <param name="before">What was known before.</param>
    /// <param name="extent">How far the commit has come.</param>
    public static RevisionVerdict Of(PassFacts facts, UnitStatus before, CommitExtent extent)
    {
        // what is not healthy is not so for a commit of which nothing is written
        if (extent.Written.Count == 0
            && facts is { Plan: { IsRevisionHeld: true } or { Held.IsEmpty: false } }
            && facts.Target.Commit != before.Applied)
            return new(null, facts.Refusals);
        if (facts.Failure is not { } failure
            || facts.Target.Commit is not { } commit
            || facts.Target.IsRollback
            || before.LastGood is not { } good
            || good == commit)
            return new(facts.Failure, facts.Refusals);
        return WhyNot(facts, commit, good) is { } why
            ? new(failure, facts.Refusals) { Unforgiving = why }
            : new(failure, facts.Refusals.With(commit, facts.Rendered!));
    }

    private static string? WhyNot(PassFacts facts, string commit, string good)
    {
        if (facts.Execution!.Unsettled.All(static one => one.Health.State == HealthState.Terminating))
            return "somebody is deleting it, which no commit did";
        if (!facts.Unit.Rollback.IsEnabled) return "the unit rolls nothing back";
        if (facts.Memory.SinceApplied(commit) > facts.Unit.Rollback.Window + facts.Unit.Health.Timeout)
            return "it was applied too long ago";
        return facts.Good is { } rendered
            ? Reversal.Irreversible(rendered.Objects, facts.Rendered!.Objects, new(facts.Rules))
            : "what was good before cannot be rendered any more";
    }
}
