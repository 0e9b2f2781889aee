using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>The phase of a unit after a pass, and the one sentence about it: the worst that is true comes first.</summary>
/// <param name="facts">What the pass found out.</param>
/// <param name="verdict">What becomes of its commit.</param>
/// <param name="before">What was known before.</param>
internal sealed class PassMessage(PassFacts facts, RevisionVerdict verdict, UnitStatus before)
{
    private const int MostNamed = 5;
    private const string GoingBack = "; going back to ";

    private readonly IReadOnlyList<FailedWrite> failures = facts.Failures;

    /// <summary>How far the commit has come.</summary>
    public required CommitExtent Extent { get; init; }

    /// <summary>Finds them.</summary>
    /// <param name="status">What is known of the unit otherwise.</param>
    public (UnitPhase Phase, string Message) Of(UnitStatus status)
    {
        var commit = facts.Target.Commit is { } known ? PassTarget.Short(known) : "";
        var failed = failures.FirstOrDefault(static one => one.Outcome is WriteOutcome.Failed { IsRefusal: true })
            ?? failures.FirstOrDefault(static one => one.Outcome is WriteOutcome.Failed);
        return status switch
        {
            _ when facts.Trouble is { } trouble => (UnitPhase.Failed, $"{trouble.Stage}: {trouble.Message}"),
            _ when failed is not null => OfFailure(failed, commit),
            _ when facts.Unread is { } unread =>
                (UnitPhase.Failed,
                    $"{unread.Id}{Others()} cannot be read, and nothing is deleted until all can: {facts.Masked(unread.Unreadable!)}"),
            { Paused: { } pause } => (UnitPhase.Suspended, pause.InWords()),
            _ when facts.Plan is { IsRevisionHeld: true } plan =>
                (UnitPhase.Blocked,
                    $"{commit} is not applied, since the rules forbid it: {plan.Blocked[0].Message}{AndMore(plan.Blocked.Length)}"),
            _ when facts.Target.IsRollback =>
                (UnitPhase.RolledBack,
                    $"{WhatFailed()} did not get healthy, and {commit} is applied until a commit that says something else is good{WhyRefused()}"),
            _ when verdict.Failure is { } failure && !status.Refused.Contains(facts.Target.Commit!) =>
                (UnitPhase.Unhealthy,
                    $"{failure}{(verdict.Unforgiving is null ? "" : $"; it is not rolled back, since {verdict.Unforgiving}")}"),
            _ when verdict.Failure is { } failure =>
                (UnitPhase.RolledBack, $"{failure}{GoingBack}{PassTarget.Short(status.LastGood!)}"),
            { Approvals: [var approval, ..] } => (UnitPhase.Held, approval.Message),
            _ when facts.Target.Waits is { } why => (UnitPhase.Progressing, why),
            _ when facts.Going is { } going =>
                (UnitPhase.Progressing, $"waiting until {going.Id} is gone: it is being deleted, and Git still has it"),
            _ when facts.Rehearsal?.Awaited is { } awaited =>
                (UnitPhase.Progressing, $"waiting until the cluster serves {awaited.ApiVersion} {awaited.Kind}, which {commit} defines"),
            { Unhealthy: [var unhealthy, ..] } when facts.Unit.Health.Waits =>
                (UnitPhase.Progressing,
                    $"waiting for {unhealthy.Resource}{(unhealthy.Message.Length > 0 ? $": {unhealthy.Message}" : "")}"),
            _ when facts.Plan is { HasMoreToCorrect: true } || failures.Any(static one => one.Outcome is WriteOutcome.Changed) =>
                (UnitPhase.Progressing, "a part of it is written, and the next pass goes on with the rest"),
            _ when status.Drift.Where(static one => !one.IsTolerated).ToList() is [var drift, ..] open =>
                (UnitPhase.Held,
                    $"{drift.Resource} has drifted and stays as it is until Git says the same, somebody puts it back, or an acknowledgement decides: {drift.Message}{AndMore(open.Count)}"),
            { Orphans: [var orphan, ..] } =>
                (UnitPhase.Synced,
                    $"{commit} is applied; {Counted.Of(status.Orphans.Length, "object that left Git stays", "objects that left Git stay")}, the first {orphan.Resource}: {orphan.Message}"),
            _ => (UnitPhase.Synced, $"{commit} is applied"),
        };
    }

    // Of a commit that is refused before its first write nothing is applied, as of one that the rules forbid.
    private (UnitPhase Phase, string Message) OfFailure(FailedWrite failed, string commit)
    {
        var others = failures.Where(one => one != failed && one.Outcome is WriteOutcome.Failed { IsRefusal: true }).ToList();
        var also = others.Count == 0 ? "" : $"; nor {string.Join(", ", others.Take(MostNamed).Select(static one => one.Id))}{AndMore(others.Count, MostNamed)}";
        var (answer, advice) = ((WriteOutcome.Failed)failed.Outcome, RefusalAdvice.Of((WriteOutcome.Failed)failed.Outcome));
        var what = $"{failed.Id}{At(failed)}: {facts.Masked(answer.Message)}{(advice.Length == 0 ? "" : $" ({advice})")}";
        return failed switch
        {
            { IsGits: true, Outcome: WriteOutcome.Failed { IsRefusal: true } } when Extent.IsNothing =>
                (UnitPhase.Blocked, $"{commit} is not applied, since the cluster does not take it: {what}{also}"),
            { IsGits: true, Outcome: WriteOutcome.Failed { IsRefusal: true } } when Extent.IsPart =>
                (UnitPhase.Failed, $"{commit} is applied in part: {what}{also}; {Extent.InWords()}"),
            _ => (UnitPhase.Failed, what),
        };
    }

    private string Others() =>
        facts.Objects.Count(static one => one.Unreadable is not null) - 1 is > 0 and var others
            ? $" and {Counted.Of(others, "other object")}"
            : "";

    private string Tried => facts.Refusals.TriedAs(facts.Target.Fetched!) ?? facts.Target.Fetched!;

    private string WhatFailed() => Tried == facts.Target.Fetched
        ? PassTarget.Short(Tried)
        : $"{PassTarget.Short(facts.Target.Fetched!)} says the same as {PassTarget.Short(Tried)}, which";

    private string WhyRefused() =>
        before.History.FirstOrDefault(one =>
            one.Revision == Tried && one.Outcome == UnitPhases.Word(UnitPhase.RolledBack)) is { } then
            ? $" ({then.Message.Split(GoingBack)[0]})"
            : "";

    private static string AndMore(int count, int told = 1) => count > told ? $" (and {count - told} more)" : "";

    private static string At(FailedWrite failed) => failed.Location is { Line: > 0 } place ? $" of {place}" : "";
}
