using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Notifications;

/// <summary>
/// What there is to be told of a unit as it stands. Digests are over what the thing is, never over words that change from try to
/// try or over times: the same trouble in the next pass is the same notice.
/// </summary>
internal static class StandingNotices
{
    private const int MostDetails = 10;

    /// <summary>The notices, those first that matter most; none for a unit that needs nobody.</summary>
    public static ImmutableArray<Notice> Of(UnitStatus unit)
    {
        Notice?[] all = [
            OfPhase(unit), FrozenDrift(unit), Fight(unit), .. unit.Approvals.Select(approval => Approval(unit, approval))
        ];
        return [.. all.OfType<Notice>()];
    }

    /// <summary>The unit is as Git says again.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="subjects">What had been told of it.</param>
    public static Notice Recovered(UnitStatus unit, IEnumerable<string> subjects) =>
        New(unit, "recovered", "", $"{unit.Unit} is well again", unit.Message) with
        {
            Severity = NoticeSeverity.Info,
            Details = [.. subjects.Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(static subject => $"over: {subject}")],
        };

    private static Notice? OfPhase(UnitStatus unit) => unit.Phase switch
    {
        UnitPhase.Failed =>
            New(
                unit, "failed", unit.Trouble?.Stage ?? "", $"{unit.Unit} failed",
                unit.Message) with { Since = unit.Trouble?.Since },
        UnitPhase.Blocked =>
            New(
                unit, "blocked", Join(unit.Blocked.Select(static one => $"{one.Rule} {one.Resource}")),
                $"{(unit.Blocked.All(static one => one.Rule == BlockedChange.ByCluster) ? "the cluster refuses" : "rules forbid")} {Counted.Of(unit.Blocked.Length, "change")} of {unit.Unit}", unit.Message) with
            {
                Details = Lines(unit.Blocked.Select(
                    static one => $"{one.Operation} {one.Resource}: [{one.Rule}] {one.Message} ({one.Location})")),
                Since = unit.Blocked.Select(static one => (DateTimeOffset?)one.Since)
                    .FirstOrDefault(static since => since > default(DateTimeOffset)),
            },
        UnitPhase.Unhealthy => Sick(unit, "unhealthy", unit.Attempted, $"{unit.Unit} is not healthy"),
        UnitPhase.RolledBack => Sick(unit, "rolledBack", unit.Refused.FirstOrDefault(), $"{unit.Unit} was rolled back"),
        UnitPhase.Held when unit.Approvals.IsEmpty && !unit.Drift.Any(static drift => drift.Class == "freeze") =>
            New(
                unit, "held", Join(unit.Drift.Select(static drift => $"{drift.Kind} {drift.Resource} {drift.Digest}")),
                $"{unit.Unit} is held", unit.Message) with
            {
                Details = Lines(unit.Drift.Select(Line)), Since = Earliest(unit.Drift.Select(static drift => drift.Since)),
            },
        _ => null,
    };

    private static Notice Sick(UnitStatus unit, string subject, string? revision, string title) =>
        New(unit, subject, revision ?? "", title, unit.Message) with
        {
            Severity = NoticeSeverity.Critical,
            Details = Lines(unit.Unhealthy.Select(static one => $"{one.Resource}: {one.State}: {one.Message}")),
            Since = Earliest(unit.Unhealthy.Select(static one => one.Since)),
        };

    private static Notice? FrozenDrift(UnitStatus unit)
    {
        var frozen = unit.Drift.Where(static drift => drift.Class == "freeze").ToList();
        return frozen.Count == 0
            ? null
            : New(
                unit, "driftFrozen", Join(frozen.Select(static drift => $"{drift.Resource} {drift.Digest}")),
                $"{Counted.Of(frozen.Count, "object")} of {unit.Unit} {(frozen.Count == 1 ? "has" : "have")} drifted and {(frozen.Count == 1 ? "is" : "are")} frozen", "Nothing is written there until an acknowledgement says adopt, revert or tolerate; the dashboard has the file.") with
            {
                Severity = NoticeSeverity.Critical, Details = Lines(frozen.Select(
                    Line)), Since = Earliest(frozen.Select(static drift => drift.Since)),
            };
    }

    private static Notice? Fight(UnitStatus unit)
    {
        var fights = unit.Drift.Where(static drift => drift.IsFight).ToList();
        return fights.Count == 0
            ? null
            : New(
                unit, "fight", Join(fights.Select(static drift => drift.Resource)),
                $"somebody else writes {Counted.Of(fights.Count, "object")} of {unit.Unit}",
                "It is left alone now. Take the fields out of Git, or make the other one leave them alone.") with
            {
                Details = Lines(fights.Select(Line)), Since = Earliest(fights.Select(static drift => drift.Since)),
            };
    }

    private static Notice Approval(UnitStatus unit, PendingApproval approval) =>
        New(
            unit, "approval", approval.Digest, $"{unit.Unit} waits for a decision about {About(approval.Subject)}",
            approval.Message) with
        {
            Details = Lines([
                .. approval.BlastRadius.Length == 0 ? (string[])[] : [approval.BlastRadius],
                $"digest {approval.Digest}",
                .. approval.Resources
            ]),
            Since = approval.Since,
        };

    private static string About(string subject) => subject switch
    {
        "prune" => "deletions",
        "plan" => "a plan",
        "drift" => "drift",
        "rewrite" => "a branch that was written anew",
        _ => subject,
    };

    private static Notice New(UnitStatus unit, string subject, string identity, string title, string message) => new(
        unit.Unit, subject, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity))),
        NoticeText.Of(title, NoticeText.Title), NoticeText.Of(message, NoticeText.Message))
    {
        Revision = NoticeText.Of(unit.Attempted ?? "", NoticeText.Title),
        Environment = NoticeText.Of(unit.Environment ?? "", NoticeText.Title),
    };

    private static string Line(DriftEntry drift) =>
        $"{drift.Resource}: {drift.Kind}: {drift.Message}{(drift.Manager is { } manager ? $" (by {manager})" : "")}";

    private static ImmutableArray<string> Lines(IEnumerable<string> lines)
    {
        var all = lines.ToList();
        var shown = all.Take(all.Count > MostDetails ? MostDetails - 1 : MostDetails)
            .Select(static line => NoticeText.Of(line, NoticeText.Detail));
        return all.Count > MostDetails ? [.. shown, $"and {all.Count - MostDetails + 1} more"] : [.. shown];
    }

    private static string Join(IEnumerable<string> parts) => string.Join('\n', parts.Order(StringComparer.Ordinal));

    private static DateTimeOffset? Earliest(IEnumerable<DateTimeOffset> times) =>
        times.Select(static time => (DateTimeOffset?)time).Min();
}
