using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>
/// What somebody should know of a pass beside its phase: what was decided and does not hold, and what else may not be read.
/// </summary>
internal static class PassNotes
{
    /// <summary>Acknowledgements that load and are about something that waits here, but do not hold: each with why.</summary>
    /// <param name="rules">The rules with all acknowledgements.</param>
    /// <param name="decision">What the rules said; it tells of those about deletions.</param>
    /// <param name="facts">The pass, with what waits in its plan.</param>
    public static IEnumerable<string> OfAcknowledgements(RuleSet rules, Decision decision, PassFacts facts)
    {
        foreach (var finding in decision.Findings.Where(static one => one.Rule == Acknowledgement.FindingName))
            yield return finding.Message;
        var waiting = facts.Plan!.Drift.Select(static one => one.Digest)
            .Concat(facts.Plan.Approvals.Select(static one => one.Digest))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var note in Flawed(rules, waiting, facts)) yield return note;
    }

    /// <summary>Those about something else than deletions that would decide about some digests, if they held.</summary>
    public static IEnumerable<string> Flawed(RuleSet rules, IReadOnlySet<string> digests, PassFacts facts) =>
        rules.Acknowledgements
            .Where(one => one.Approves.Any(approval => digests.Contains(approval.Digest)))
            .Select(one => (one.Name, Why: one.Flaw(facts.Today, facts.Unit.Environment)))
            .Where(static one => one.Why is not null)
            .Select(static one => $"the acknowledgement `{one.Name}` does not hold: it {one.Why}");

    /// <summary>
    /// Kinds that cannot be read beside the one that the message of the unit is about: a right is missing for each.
    /// </summary>
    public static IEnumerable<string> OfUnread(PassFacts facts) => facts.Objects.Where(static one => one.Unreadable is not null)
        .GroupBy(static one => (one.Id.Group, one.Id.Kind))
        .Where(group => group.Key != (facts.Unread!.Id.Group, facts.Unread.Id.Kind))
        .Select(
            static group =>
                $"{Counted.Of(group.Count(), $"{group.Key.Kind} object")} cannot be read: {group.First().Unreadable}");
}
