using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Reconciler.Status;

/// <summary>
/// A unit's status as its <c>Reconciliation</c> shows it: shorter than what is kept for the dashboard, with the conditions that
/// kstatus, and so <c>kubectl wait</c> and other tools, go by. Source of their meaning:
/// https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md.
/// </summary>
internal static class StatusObject
{
    private const int MostEntries = 10;
    private const int MostHistory = 5;
    private const int LongestText = 1_000;

    /// <summary>Times that a pass which found nothing new leaves as they are.</summary>
    private static readonly string[] PassingTimes = ["lastAttempt", "lastSuccess"];

    /// <summary>Makes it.</summary>
    /// <param name="status">What is known.</param>
    /// <param name="isTriedAgain">What failed may pass by itself.</param>
    /// <param name="before">The status that stands there; null for none.</param>
    /// <param name="now">The time it is.</param>
    /// <returns>The status; null where the one that stands there says the same.</returns>
    public static MappingNode? Of(UnitStatus status, bool isTriedAgain, MappingNode? before, DateTimeOffset now)
    {
        var kept = Make(status, isTriedAgain, before, now, name => before is null ? null : TextOf(before, name));
        var isBehind = UnitStatusJson.IsBehind(
            before is null ? null : Times.Parse(TextOf(before, PassingTimes[1])), status.LastSuccess);
        return !isBehind && before is not null && NodeEquality.AreEqual(kept, before)
            ? null
            : Make(status, isTriedAgain, before, now, name => TimeOf(name, status));
    }

    private static MappingNode Make(
        UnitStatus status, bool isTriedAgain, MappingNode? before, DateTimeOffset now,
        Func<string, string?> timeOf) => NewObject.Of(
        ("phase", UnitPhases.Word(status.Phase)),
        ("message", Some(status.Message)),
        ("observedGeneration", status.ObservedGeneration),
        ("attemptedRevision", status.Attempted),
        ("appliedRevision", status.Applied),
        ("lastGoodRevision", status.LastGood),
        ("ruleSetDigest", Some(status.RuleSetDigest)),
        ("lastAttempt", timeOf(PassingTimes[0])),
        ("lastSuccess", timeOf(PassingTimes[1])),
        ("objects", status.Objects),
        ("drift", DriftOf(status)),
        ("unhealthy", status.Unhealthy.Length + (status.Omitted?.Unhealthy ?? 0)),
        ("orphans", status.Orphans.Length + (status.Omitted?.Orphans ?? 0)),
        ("pendingApprovals", status.Approvals.IsEmpty ? null : status.Approvals.Take(MostEntries).Select(ApprovalOf)),
        ("blocked", status.Blocked.IsEmpty ? null : status.Blocked.Take(MostEntries).Select(BlockedOf)),
        ("paused", status.Paused is { } pause ? PauseOf(pause) : null),
        ("notes", status.Notes.IsEmpty ? null : status.Notes.Take(MostEntries).Select(static one => ScalarNode.String(Cut(one)))),
        ("history", status.History.IsEmpty ? null : status.History.Take(MostHistory).Select(HistoryOf)),
        ("conditions", UnitConditions.Of(status, isTriedAgain, before, now)));

    /// <summary>A text that fits into a status.</summary>
    internal static string Cut(string text) => text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";

    // Servers before 1.21 make null of an empty text that is applied.
    private static string? Some(string text) => text.Length == 0 ? null : Cut(text);

    private static string? TimeOf(string name, UnitStatus status) =>
        (name == "lastAttempt" ? status.LastAttempt : status.LastSuccess) is { } time ? Times.Write(time) : null;

    private static string? TextOf(MappingNode before, string name) => (before[name] as ScalarNode)?.Text;

    private static MappingNode DriftOf(UnitStatus status)
    {
        int Count(string word) => status.Drift.Count(one => one.Class == word);
        return NewObject.Of(("correct", Count("correct")), ("alert", Count("alert")), ("freeze", Count("freeze")));
    }

    private static Node ApprovalOf(PendingApproval one) => NewObject.Of(
        ("subject", one.Subject), ("digest", Some(one.Digest)), ("message", Some(one.Message)), ("since", Times.Write(one.Since)),
        ("count", one.Count));

    private static Node BlockedOf(BlockedChange one) =>
        NewObject.Of(("resource", Some(one.Resource)), ("rule", one.Rule), ("message", Some(one.Message)));

    private static MappingNode PauseOf(Pause pause) => NewObject.Of(
        ("because", pause.Because), ("by", Some(pause.By)), ("reason", Some(pause.Reason)),
        ("until", pause.Until is { } until ? Times.Write(until) : null));

    private static Node HistoryOf(HistoryEntry one) => NewObject.Of(
        ("at", Times.Write(one.At)), ("revision", Some(one.Revision)), ("outcome", one.Outcome), ("message", Some(one.Message)),
        ("created", one.Created), ("updated", one.Updated), ("corrected", one.Corrected), ("pruned", one.Pruned));
}
