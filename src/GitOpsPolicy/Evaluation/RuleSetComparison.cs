namespace GitOpsPolicy.Evaluation;

/// <summary>What another rule set makes of the same changes: what it would newly stop, and what it would let through.</summary>
/// <param name="NewDenials">Denials only the other rule set has.</param>
/// <param name="LostDenials">Denials it does not have.</param>
/// <param name="NewWarnings">Warnings only the other rule set has.</param>
/// <param name="LostWarnings">Warnings it does not have.</param>
public sealed record RuleSetComparison(int NewDenials, int LostDenials, int NewWarnings, int LostWarnings)
{
    /// <summary>
    /// Compares the decisions of two rule sets about the same changes. A finding is recognised by its fingerprint.
    /// </summary>
    public static RuleSetComparison Of(Decision inForce, Decision proposed)
    {
        var (before, after) = (ByAction(inForce), ByAction(proposed));
        return new(
            after[FindingAction.Deny].Except(before[FindingAction.Deny]).Count(),
            before[FindingAction.Deny].Except(after[FindingAction.Deny]).Count(),
            after[FindingAction.Warn].Except(before[FindingAction.Warn]).Count(),
            before[FindingAction.Warn].Except(after[FindingAction.Warn]).Count());
    }

    /// <summary>In one phrase: <c>+3 denials, −1; +0 warnings, −2</c>.</summary>
    public override string ToString() => (NewDenials, LostDenials, NewWarnings, LostWarnings) switch
    {
        (0, 0, 0, 0) => "the same findings",
        (_, _, 0, 0) => $"+{NewDenials} denials, −{LostDenials}",
        _ => $"+{NewDenials} denials, −{LostDenials}; +{NewWarnings} warnings, −{LostWarnings}",
    };

    private static ILookup<FindingAction, string> ByAction(Decision decision) =>
        decision.Findings.Where(static finding => finding.Waiver is null)
            .ToLookup(static finding => finding.Action, static finding => $"{finding.Rule} {finding.Fingerprint}");
}
