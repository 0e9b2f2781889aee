using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Planning;

/// <summary>
/// What the rules say to each change of a pass. What could not be decided, and a rule that failed, count as a denial: nothing is
/// written that the rules did not let pass.
/// </summary>
internal sealed class Judged
{
    private readonly Decision decision;
    private readonly Dictionary<Change, int> places;
    private readonly ILookup<int, Finding> denials;
    private readonly ILookup<ResourceId, string> open;
    private readonly HashSet<int> acknowledged;

    public Judged(Decision decision, RuleSet rules)
    {
        this.decision = decision;
        places = new(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < decision.ChangeSet.Changes.Length; i++) places[decision.ChangeSet.Changes[i]] = i;
        var denying = decision.Findings.Where(static finding => finding.Action == FindingAction.Deny).ToList();
        var judgingSets = rules.Rules.Where(static rule => rule.JudgesSets)
            .Select(static rule => rule.Name)
            .ToHashSet(StringComparer.Ordinal);
        denials = denying.Where(finding => PlaceOf(finding) is not null).ToLookup(finding => PlaceOf(finding)!.Value);

        // What is said of all changes together is not done with by leaving out the one it points to.
        OfSet = [.. denying.Where(finding => PlaceOf(finding) is null || judgingSets.Contains(finding.Rule))];
        open = decision.Undetermined.Where(static one => one.Resource is not null)
            .Select(
                static one => (one.Resource, Why: $"`{one.Rule}` cannot decide: {string.Join(", ", one.Unknowns)} is not known"))
            .Concat(decision.Failures.Where(static one => one.Resource is not null)
                .Select(static one => (one.Resource, Why: $"`{one.Rule}` failed: {one.Message}")))
            .ToLookup(static pair => pair.Resource!, static pair => pair.Why);
        OpenOfSet =
        [
            .. decision.Undetermined.Where(static one => one.Resource is null)
                .Select(static one => $"`{one.Rule}` cannot decide"),
            .. decision.Failures.Where(static one => one.Resource is null)
                .Select(static one => $"`{one.Rule}` failed: {one.Message}"),
        ];
        acknowledged = [.. decision.Acknowledged];
    }

    private int? PlaceOf(Finding finding) =>
        finding.Change is { } change && places.TryGetValue(change, out var place) ? place : null;

    /// <summary>Denials of the pass as a whole.</summary>
    public ImmutableArray<Finding> OfSet { get; }

    /// <summary>Why it could not be decided about the pass as a whole.</summary>
    public ImmutableArray<string> OpenOfSet { get; }

    /// <summary>The pass as a whole is denied.</summary>
    public bool IsSetDenied => !OfSet.IsEmpty || !OpenOfSet.IsEmpty;

    /// <summary>A change is denied.</summary>
    public bool IsDenied(int place) => denials.Contains(place) || open.Contains(decision.ChangeSet.Changes[place].Resource);

    /// <summary>An acknowledgement says that a deletion is meant.</summary>
    public bool IsAcknowledged(int place) => acknowledged.Contains(place);

    /// <summary>A change as it was judged.</summary>
    public Change ChangeAt(int place) => decision.ChangeSet.Changes[place];

    /// <summary>Why a change is denied.</summary>
    public IEnumerable<BlockedChange> WhyDenied(int place)
    {
        var change = decision.ChangeSet.Changes[place];
        foreach (var finding in denials[place]) yield return Told(finding);
        foreach (var why in open[change.Resource])
            yield return new(change.Resource.ToString(), "", SafeText.OneLine(why), $"{change.Location}")
            {
                Operation = change.Operation.ToString().ToLowerInvariant(),
            };
    }

    /// <summary>Why the pass as a whole is denied.</summary>
    public IEnumerable<BlockedChange> WhySetDenied() =>
        OfSet.Select(Told).Concat(OpenOfSet.Select(static why => new BlockedChange("", "", SafeText.OneLine(why), "")));

    private static BlockedChange Told(Finding finding) => new(
        finding.Resource?.ToString() ?? "", finding.Rule, SafeText.OneLine(finding.Message), $"{finding.Location}")
    {
        Operation = finding.Change is null ? "" : finding.Change.Operation.ToString().ToLowerInvariant(),
        Severity = finding.Severity.ToString().ToLowerInvariant(),
        Remediation = finding.Remediation ?? "",
        Fingerprint = finding.Fingerprint,
    };
}
