using System.Collections.Immutable;

namespace GitOpsPolicy.Reconciler.Status;

/// <summary>Makes a status smaller: the first entries of each list stay, and the beginnings of texts.</summary>
internal static class StatusCut
{
    private const string Ellipsis = "…";

    /// <summary>The status with at most so many entries in each list and so many characters in each text.</summary>
    public static UnitStatus To(UnitStatus status, int entries, int characters)
    {
        string Cut(string text) => StatusCut.Cut(text, characters);
        return status with
        {
            Message = Cut(status.Message),
            Source = Cut(status.Source),
            Ref = Cut(status.Ref),
            Refused = First(status.Refused, entries, Cut),
            RefusedContents = First(status.RefusedContents, entries, Cut),
            Retried = CutOrNull(status.Retried, characters),
            Drift = First(status.Drift, entries, drift => drift with
            {
                Resource = Cut(
                    drift.Resource), Message = Cut(
                        drift.Message), Manager = CutOrNull(
                            drift.Manager, characters), Location = CutOrNull(drift.Location, characters),
            }),
            Approvals = First(status.Approvals, entries, approval => approval with
            {
                Message = Cut(
                    approval.Message), BlastRadius = Cut(
                        approval.BlastRadius), Resources = First(approval.Resources, Math.Min(entries, 50), Cut),
            }),
            Blocked = First(status.Blocked, entries, blocked => blocked with
            {
                Resource = Cut(
                    blocked.Resource), Rule = Cut(
                        blocked.Rule), Message = Cut(
                            blocked.Message), Location = Cut(blocked.Location), Remediation = Cut(blocked.Remediation),
            }),
            Orphans = First(
                status.Orphans, entries,
                orphan => orphan with { Resource = Cut(orphan.Resource), Message = Cut(orphan.Message) }),
            Unhealthy = First(
                status.Unhealthy, entries,
                unhealthy => unhealthy with { Resource = Cut(unhealthy.Resource), Message = Cut(unhealthy.Message) }),
            Notes = First(status.Notes, Math.Min(entries, 20), Cut),
            Trouble = status.Trouble is { } trouble ? trouble with { Message = Cut(trouble.Message) } : null,
            Paused = status.Paused is { } paused ? paused with { By = Cut(paused.By), Reason = Cut(paused.Reason) } : null,
            History = First(status.History, Math.Min(entries, 20), pass => pass with
            {
                Message = Cut(pass.Message),
                Corrections = First(pass.Corrections, Math.Min(entries, 10), one => one with
                {
                    Resource = Cut(one.Resource), Message = Cut(one.Message), Manager = CutOrNull(one.Manager, characters),
                }),
            }),
            Omitted = Left(status, entries),
        };
    }

    // What was missing before is still missing: a status that is read, changed and written again must not forget it.
    private static OmittedEntries? Left(UnitStatus status, int entries)
    {
        var before = status.Omitted ?? OmittedEntries.None;
        var left = new OmittedEntries(
            before.Drift + Over(status.Drift.Length),
            before.Approvals + Over(status.Approvals.Length),
            before.Blocked + Over(status.Blocked.Length),
            before.Orphans + Over(status.Orphans.Length),
            before.Unhealthy + Over(status.Unhealthy.Length));
        return left == OmittedEntries.None ? null : left;

        int Over(int count) => Math.Max(0, count - entries);
    }

    private static ImmutableArray<T> First<T>(ImmutableArray<T> list, int entries, Func<T, T> cut) =>
        [.. list.Take(entries).Select(cut)];

    private static string? CutOrNull(string? text, int characters) => text is null ? null : Cut(text, characters);

    private static string Cut(string text, int characters)
    {
        if (text.Length <= characters) return text;
        var end = characters - Ellipsis.Length;
        return (char.IsHighSurrogate(text[end - 1]) ? text[..(end - 1)] : text[..end]) + Ellipsis;
    }
}
