using System.Collections.Immutable;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Webhook.Admission;

/// <summary>What stands against a request.</summary>
internal static class Denials
{
    /// <summary>
    /// Names of the rules because of which a decision is no plain permission: those that deny, that failed, or that could not
    /// tell.
    /// </summary>
    public static ImmutableArray<string> RulesOf(Decision decision) =>
    [
        .. decision.Findings.Where(static finding => finding.Action == FindingAction.Deny).Select(static finding => finding.Rule)
            .Concat(decision.Failures.Select(static failure => failure.Rule))
            .Concat(decision.Undetermined.Select(static open => open.Rule))
            .Distinct(StringComparer.Ordinal),
    ];
}
