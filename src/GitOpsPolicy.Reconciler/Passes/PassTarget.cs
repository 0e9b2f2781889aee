using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>The commit that a pass is about, and how well it is known to be what Git says.</summary>
/// <param name="Commit">The commit; null where there is none.</param>
/// <param name="Fetched">The commit that the unit follows; null where Git was not to be had.</param>
internal sealed record PassTarget(string? Commit, string? Fetched)
{
    /// <summary>How well what Git says is known.</summary>
    public SourceState Source { get; init; }

    /// <summary>Why it is not known better; null where it is.</summary>
    public DesiredTrouble? Trouble { get; init; }

    /// <summary>What the unit waits for before it goes to another commit; null for nothing.</summary>
    public PendingApproval? Approval { get; init; }

    /// <summary>Why the unit stays at the commit that is applied though there is another; null where it does not.</summary>
    public string? Waits { get; init; }

    /// <summary>The commit that the unit follows did not get healthy, and this is the one before.</summary>
    public bool IsRollback => Trouble is null && Approval is null && Waits is null && Commit != Fetched;

    /// <summary>Chooses it.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="fetched">What Git said.</param>
    /// <param name="before">What was known before; null for nothing.</param>
    /// <param name="rules">The rules in force, with the approvals of the host.</param>
    /// <param name="now">The time it is.</param>
    public static PassTarget Choose(Unit unit, FetchedRevision fetched, UnitStatus? before, RuleSet rules, DateTimeOffset now)
    {
        if (fetched.Commit is not { } commit)
            return new(before?.Applied, null) { Source = SourceState.Stale, Trouble = fetched.Trouble };
        if (fetched.Rewrite is { } rewrite && unit.Source.OnRewrite == RewriteAnswer.Hold && !IsApproved(rules, unit, commit, now))
            return new(before?.Applied, commit)
            {
                Source = SourceState.Stale,
                Approval = ApprovalOf(unit, commit, rewrite, before, now),
            };
        return new(commit, commit);
    }

    // Not from the repository itself: whoever writes its history anew could write the approval with it.
    private static bool IsApproved(RuleSet rules, Unit unit, string commit, DateTimeOffset now) => rules
        .ApprovalsOn(DateOnly.FromDateTime(now.UtcDateTime), unit.Environment)
        .Any(one => one.Subject == ApprovalSubject.Rewrite && one.Digest == commit);

    private static PendingApproval ApprovalOf(Unit unit, string commit, string rewrite, UnitStatus? before, DateTimeOffset now)
    {
        var since = before?.Approvals.FirstOrDefault(one => one.Subject == "rewrite" && one.Digest == commit)?.Since ?? now;
        return new(
            "rewrite", commit,
            $"{unit.Source.Ref} is at {Short(commit)}, {rewrite}: approve that commit in an acknowledgement beside the rules, or let the unit follow with `onRewrite: follow`", since)
        {
            Count = 1,
            Acknowledgement = ApprovalText.Write(ApprovalText.NameOf(unit.Key.Name, commit), ApprovalSubject.Rewrite, commit),
        };
    }

    /// <summary>A commit as people write it.</summary>
    public static string Short(string commit) => commit.Length > 12 ? commit[..12] : commit;
}
