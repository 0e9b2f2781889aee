using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Status;

/// <summary>
/// A status for people: how the unit is doing, then what is the matter with each object, and what to do about it. What waits for a decision
/// is told once, with why, and not again among drift, denials and orphans.
/// </summary>
public static class StatusText
{
    private const int MostNamed = 10;

    /// <summary>The lines.</summary>
    /// <param name="status">The status.</param>
    public static IEnumerable<string> Lines(UnitStatus status)
    {
        yield return $"{status.Unit}: {UnitPhases.Word(status.Phase)}: {SafeText.OneLine(status.Message)}";
        foreach (var note in status.Notes) yield return $"  note      {SafeText.OneLine(note)}";
        foreach (var (label, kind, resource, details) in Entries(status))
        {
            yield return $"  {label,-9} {kind,-9} {resource}".TrimEnd();
            foreach (var detail in details) yield return $"  {"",-9} {"",-9} {SafeText.OneLine(detail)}";
        }
    }

    private static IEnumerable<Entry> Entries(UnitStatus status)
    {
        var waiting = status.Approvals.SelectMany(static one => one.Resources.Select(resource => (one.Subject, resource))).ToHashSet();
        return
        [
            .. status.Approvals.SelectMany(one => OfApproval(one, status)),
            .. status.Drift.Where(one => !waiting.Contains(("drift", one.Resource))).Select(static one => new Entry("drift", one.Class, one.Resource, [one.Message, .. AboutDrift(one)])),
            .. status.Blocked.Where(one => one.Operation != "delete" || !waiting.Contains(("prune", one.Resource))).Select(static one => new Entry("blocked", one.Severity, one.Resource, AboutBlocked(one))),
            .. status.Unhealthy.Select(static one => new Entry("health", one.State, one.Resource, [one.Message])),
            .. status.Orphans.Where(one => !waiting.Contains(("prune", one.Resource))).Select(static one => new Entry("orphan", "", one.Resource, [Without(one.Resource, one.Message)])),
        ];
    }

    private sealed record Entry(string Label, string Kind, string Resource, IEnumerable<string> Details);

    private static IEnumerable<Entry> OfApproval(PendingApproval one, UnitStatus status)
    {
        if (one.Resources.IsEmpty) yield return new("waits", one.Subject, "", [one.Message]);
        var named = one.Resources.Take(MostNamed).ToList();
        foreach (var resource in named)
        {
            var why = one.Subject == "drift"
                ? status.Drift.Where(drift => drift.Resource == resource).Select(static drift => drift.Message)
                : status.Orphans.Where(orphan => orphan.Resource == resource).Select(orphan => Without(resource, orphan.Message));
            yield return new("waits", one.Subject, resource, [.. why, .. resource == named[^1] ? AboutApproval(one, named.Count) : []]);
        }
    }

    private static IEnumerable<string> AboutApproval(PendingApproval one, int named)
    {
        if (one.Count > named) yield return $"and {one.Count - named} more";
        if (one.BlastRadius.Length > 0) yield return one.BlastRadius;
        yield return one.Subject == "drift" ? "-> adopt, revert or tolerate it, in an acknowledgement" : "-> agree to it in an acknowledgement, or put it back into Git";
    }

    private static IEnumerable<string> AboutDrift(DriftEntry one)
    {
        if (one.Location is { Length: > 0 } place) yield return $"Git says otherwise at {place}";
        if (one.Digest.Length > 0) yield return "-> put it into Git or put it back, or adopt, revert or tolerate it in an acknowledgement";
    }

    private static IEnumerable<string> AboutBlocked(BlockedChange one)
    {
        yield return Without(one.Resource, one.Message);
        if (one.Rule.Length > 0) yield return one.Location.Length > 0 ? $"{one.Rule}, {one.Location}" : one.Rule;
        if (one.Remediation.Length > 0) yield return $"-> {one.Remediation}";
    }

    // The line above has said which.
    private static string Without(string resource, string message) => resource.Length > 0 && message.StartsWith(resource + " ", StringComparison.Ordinal) ? message[(resource.Length + 1)..] : message;
}
