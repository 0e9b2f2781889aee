using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Webhook.BreakGlass;
using GitOpsPolicy.Webhook.Metrics;
using GitOpsPolicy.Webhook.RuleSets;

namespace GitOpsPolicy.Webhook.Admission;

/// <summary>Judges by the rules in force, in some namespaces by those that are being tried out.</summary>
/// <param name="rules">The rules in force.</param>
/// <param name="canary">Rules that are being tried out; null for none.</param>
/// <param name="reviewer">Judges by a given rule set.</param>
/// <param name="metrics">Counts what rules found.</param>
/// <param name="breakGlass">Lets through what there is leave for; null for nothing.</param>
internal sealed class RuleJudge(RulesInForce rules, CanaryRules? canary, Reviewer reviewer, WebhookMetrics metrics, BreakGlassUse? breakGlass = null) : IJudge
{
    /// <inheritdoc/>
    public bool IsReady => rules.TryGet(out _);

    /// <inheritdoc/>
    public Answer Judge(AdmissionReview review, CancellationToken deadline)
    {
        if (!rules.TryGet(out var main)) throw new InvalidOperationException("There are no rules in force.");
        var active = canary?.For(review.Namespace, main) ?? main;
        var considered = reviewer.Consider(review, active, deadline);
        if (considered.Decision is { } decision) metrics.Judged(decision, active.Rules, considered.Took);
        return breakGlass?.Consider(review, considered) ?? considered.Answer;
    }
}
