using System.Collections.Immutable;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Configuration;

namespace GitOpsPolicy.Replaying;

/// <summary>How reviews are judged, in the webhook and again from a record.</summary>
public static class AdmissionEvaluation
{
    /// <summary>The options for a review.</summary>
    /// <param name="now">When it is judged.</param>
    /// <param name="environment">The environment of the cluster; null for none.</param>
    /// <param name="isSpared">Rules may do no more than record it.</param>
    public static EvaluationOptions OptionsFor(DateTimeOffset now, string? environment, bool isSpared) => new()
    {
        Today = DateOnly.FromDateTime(now.UtcDateTime),
        Environment = environment,
        Limit = isSpared ? Enforcement.Audit : Enforcement.Deny,
        Workers = 1,
    };

    /// <summary>The decision about a review that was judged at some time.</summary>
    public static Decision Judge(Evaluator evaluator, AdmissionReview review, DateTimeOffset at, string? environment) =>
        evaluator.Evaluate(review.ToChanges(), OptionsFor(at, environment, SystemActors.ReasonToSpare(review) is not null));

    /// <summary>A decision as records keep it.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="review">What it is about.</param>
    /// <param name="onError">What becomes of a request that rules could not judge.</param>
    public static RecordedDecision Summarize(Decision decision, AdmissionReview review, OnError onError) => new()
    {
        Outcome = decision.Outcome,
        IsDenied = decision.Outcome == Outcome.Deny
            || (decision.Outcome == Outcome.Undetermined
                && onError == OnError.Deny
                && SystemActors.ReasonToSpare(review) is null),
        Findings =
        [
            .. decision.Findings.Select(static finding => new RecordedFinding(finding.Rule, finding.Action, finding.Fingerprint))
                .OrderBy(static finding => finding.Rule, StringComparer.Ordinal)
                    .ThenBy(static finding => finding.Fingerprint, StringComparer.Ordinal)
                    .ThenBy(static finding => finding.Action),
        ],
        Failed = Names(decision.Failures.Select(static failure => failure.Rule)),
        Undetermined = Names(decision.Undetermined.Select(static open => open.Rule)),
    };

    private static ImmutableArray<string> Names(IEnumerable<string> rules) =>
        [.. rules.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
