using System.Collections.Immutable;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Evaluation;

/// <summary>The only place where facts become allow or deny.</summary>
public static class Verdict
{
    /// <summary>What a finding does, given what its rule wants, the most it may do, and whether a waiver excuses it.</summary>
    /// <exception cref="ArgumentException">The rule is switched off, so there can be no finding of it.</exception>
    public static FindingAction ActionOf(FindingAction wanted, Enforcement limit, bool isWaived) => (wanted, limit,
        isWaived) switch
    {
        (_, Enforcement.Off, _) => throw new ArgumentException("A rule that is off finds nothing.", nameof(limit)),
        (_, _, true) => FindingAction.Audit,
        (_, Enforcement.Audit, _) => FindingAction.Audit,
        (FindingAction.Audit, _, _) => FindingAction.Audit,
        (FindingAction.Warn, _, _) => FindingAction.Warn,
        (FindingAction.Deny, Enforcement.Warn, _) => FindingAction.Warn,
        (FindingAction.Deny, Enforcement.Deny, _) => FindingAction.Deny,
        _ => throw new ArgumentException($"No action for {wanted} under {limit}.", nameof(wanted)),
    };

    /// <summary>
    /// The answer about the whole. A failed rule gives no answer, so whatever it might have denied is not allowed either;
    /// a rule that may do no more than record or warn cannot leave anything undetermined.
    /// </summary>
    /// <param name="worst">The strongest action among the findings; null when there are none.</param>
    /// <param name="isUndetermined">A rule that may deny needed an unknown value.</param>
    /// <param name="hasFailed">A rule that may deny failed.</param>
    public static Outcome OutcomeOf(FindingAction? worst, bool isUndetermined, bool hasFailed) => (worst, isUndetermined,
        hasFailed) switch
    {
        (FindingAction.Deny, _, _) => Outcome.Deny,
        (_, _, true) => Outcome.Undetermined,
        (_, true, _) => Outcome.Undetermined,
        (FindingAction.Warn, _, _) => Outcome.Warn,
        (null or FindingAction.Audit, _, _) => Outcome.Allow,
        _ => throw new ArgumentException($"No outcome for {worst}.", nameof(worst)),
    };

    /// <summary>The strongest action among findings; null when there are none.</summary>
    internal static FindingAction? Worst(ImmutableArray<Finding> findings)
    {
        FindingAction? worst = null;
        foreach (var finding in findings)
            if (worst is null || finding.Action > worst) worst = finding.Action;
        return worst;
    }
}

/// <summary>Exit codes of commands that judge.</summary>
public static class ExitCode
{
    /// <summary>Nothing failed.</summary>
    public const int Passed = 0;

    /// <summary>There are findings at or above the level asked for.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage, or rules or configuration that do not load.</summary>
    public const int Usage = 2;

    /// <summary>No trustworthy answer: unreadable input, a rule that failed, or an unknown value in the way.</summary>
    public const int NoAnswer = 3;

    /// <summary>Interrupted by the user.</summary>
    public const int Interrupted = 130;

    /// <summary>
    /// The exit code for a decision. A denial is certain whatever else could not be answered, but is reported as trustworthy only
    /// if all rules ran.
    /// </summary>
    /// <param name="decision">The decision.</param>
    /// <param name="failOn">Findings that do at least this fail the command.</param>
    /// <param name="allowUndetermined">Unknown values do not fail the command.</param>
    public static int For(Decision decision, FindingAction failOn, bool allowUndetermined)
    {
        var isUntrustworthy = !decision.Failures.IsEmpty || !decision.ChangeSet.Problems.IsEmpty;
        var hasFailed = Verdict.Worst(decision.Findings) >= failOn;
        var isOpen = !allowUndetermined && !decision.Undetermined.IsEmpty;
        return (isUntrustworthy, hasFailed, isOpen) switch
        {
            (true, _, _) => NoAnswer,
            (_, true, _) => Failed,
            (_, _, true) => NoAnswer,
            _ => Passed,
        };
    }
}
