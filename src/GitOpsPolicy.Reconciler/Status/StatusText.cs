using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Status;

/// <summary>
/// A status for people: how the unit is doing, then what is the matter with each object, and what to do about it. What waits for
/// a decision is told once, with why, and not again among drift, denials and orphans.
/// </summary>
public static class StatusText
{
    private const int MostNamed = 10;

    /// <summary>The lines.</summary>
    /// <param name="status">The status.</param>
    /// <param name="since">What was put back is told if it was since then; null for none of it.</param>
    public static IEnumerable<string> Lines(UnitStatus status, DateTimeOffset? since = null)
    {
        yield return $"{status.Unit}: {UnitPhases.Word(status.Phase)}: {SafeText.OneLine(status.Message)}";
        foreach (var note in status.Notes) yield return $"  note      {SafeText.OneLine(note)}";
        foreach (var alike in Entries(status).Concat(PutBack(status, since)).GroupBy(static one => one.Matter))
        {
            var (label, kind, details) = (alike.Key.Label, alike.Key.Kind, alike.First().Details);
            foreach (var one in alike)
            {
                yield return $"  {label,-9} {kind,-9} {one.Resource}".TrimEnd();
                (label, kind) = ("", "");
            }

            foreach (var detail in details) yield return $"  {"",-9} {"",-9} {SafeText.OneLine(detail)}";
        }
    }

    private static IEnumerable<Entry> Entries(UnitStatus status)
    {
        var frozen = status.Approvals.Where(static one => one.Subject == "drift")
            .SelectMany(static one => one.Resources)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. status.Approvals.SelectMany(one => OfApproval(one, status)),
            .. status.Drift.Where(one => !frozen.Contains(one.Resource))
                .Select(static one => new Entry("drift", one.Class, one.Resource, [one.Message, .. AboutDrift(one)])),
            .. ToldOnce.Blocked(status).Select(static one => new Entry("blocked", one.Severity, one.Resource, AboutBlocked(one))),
            .. status.Unhealthy.Select(static one => new Entry(
                "health", one.State == "inProgress" ? "not ready" : one.State, one.Resource, [one.Message])),
            .. ToldOnce.Orphans(
                status).Select(static one => new Entry(
                    "orphan", "", one.Resource, [ToldOnce.Without(one.Resource, one.Message)])),
        ];
    }

    private static IEnumerable<Entry> PutBack(UnitStatus status, DateTimeOffset? since) =>
        from pass in status.History
        where pass.At >= since
        from one in pass.Corrections
        select new Entry("drift", "correct", one.Resource, [one.Message, "it is put back"]);

    private sealed record Entry(string Label, string Kind, string Resource, IEnumerable<string> Details)
    {
        /// <summary>What is the matter, apart from with what: objects of which all the same is to be said are told together.</summary>
        public (string Label, string Kind, string Details) Matter => (Label, Kind, string.Join('\n', Details));
    }

    private static IEnumerable<Entry> OfApproval(PendingApproval one, UnitStatus status)
    {
        if (one.Resources.IsEmpty) yield return new("waits", one.Subject, "", [one.Message]);
        var named = one.Resources.Take(MostNamed).ToList();
        foreach (var resource in named)
        {
            var why = one.Subject == "drift"
                ? status.Drift.Where(drift => drift.Resource == resource).Select(static drift => drift.Message)
                : ToldOnce.WhyWaiting(status, resource) is { } waits ? [waits] : [];
            yield return new(
                "waits", one.Subject, resource, [.. why, .. resource == named[^1] ? AboutApproval(one, named.Count) : []]);
        }
    }

    private static IEnumerable<string> AboutApproval(PendingApproval one, int named)
    {
        if (one.Count > named) yield return $"and {one.Count - named} more";
        if (one.BlastRadius.Length > 0) yield return one.BlastRadius;
        yield return one.Subject switch
        {
            "drift" => "-> say in an acknowledgement what becomes of it: adopt, revert or tolerate",
            "prune" => "-> agree to it in an acknowledgement, or put it back into Git",
            _ => "-> agree to it in an acknowledgement",
        };
    }

    private static IEnumerable<string> AboutDrift(DriftEntry one)
    {
        if (one is { Kind: "conflict", Digest.Length: > 0 })
        {
            yield return "-> let one of the two go: take its marks off the object, or the object out of this unit";
            yield break;
        }

        if (one.Location is { Length: > 0 } place) yield return $"Git says otherwise at {place}";
        if (one is { Digest.Length: > 0, IsTolerated: false })
            yield return "-> put it into Git, put it back by hand, or say in an acknowledgement: adopt, revert or tolerate";
    }

    private static IEnumerable<string> AboutBlocked(BlockedChange one)
    {
        yield return ToldOnce.Without(one.Resource, one.Message);
        if (one.Rule.Length > 0) yield return one.Location.Length > 0 ? $"{one.Rule}, {one.Location}" : one.Rule;
        if (one.Remediation.Length > 0) yield return $"-> {one.Remediation}";
    }
}
