using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Policies.Reloading;
using GitOpsPolicy.Replaying;
using GitOpsPolicy.Webhook.BreakGlass;
using GitOpsPolicy.Webhook.Metrics;
using GitOpsPolicy.Webhook.Recording;
using GitOpsPolicy.Webhook.RuleSets;

namespace GitOpsPolicy.Webhook.Admission;

/// <summary>Judges by the rules in force, in some namespaces by those that are being tried out.</summary>
/// <param name="rules">The rules in force.</param>
/// <param name="canary">Rules that are being tried out; null for none.</param>
/// <param name="reviewer">Judges by a given rule set.</param>
/// <param name="metrics">Counts what rules found.</param>
/// <param name="breakGlass">Lets through what there is leave for; null for nothing.</param>
internal sealed class RuleJudge(
    RulesInForce rules, CanaryRules? canary, Reviewer reviewer, WebhookMetrics metrics, BreakGlassUse? breakGlass = null) : IJudge
{
    /// <summary>Records what is judged; null for nothing.</summary>
    public ReviewRecorder? Recorder { get; init; }

    /// <inheritdoc/>
    public bool KeepsReviews => Recorder is not null;

    /// <inheritdoc/>
    public bool IsReady => rules.TryGet(out _);

    /// <inheritdoc/>
    public Answer Judge(AdmissionReview review, CancellationToken deadline)
    {
        if (!rules.TryGet(out var main)) throw new InvalidOperationException("There are no rules in force.");
        var active = canary?.For(review.Namespace, main) ?? main;
        var considered = reviewer.Consider(review, active, deadline);
        var answer = LetThrough(review, considered, active) ?? considered.Answer;
        Recorder?.Take(Judged(review, considered, active) with
        {
            IsCanary = !ReferenceEquals(active, main),
            IsAllowed = answer.IsAllowed,
            BreakGlass = BreakGlassUse.NameIn(answer),
        });
        return answer;
    }

    private JudgedReview Judged(AdmissionReview review, in Considered considered, ActiveRules active) => new()
    {
        Review = review,
        Decision = considered.Decision,
        Rules = active.Rules,
        Evaluator = active.Evaluator,
        At = considered.At,
        Environment = reviewer.Environment,
    };

    // What is done beside the judgement must not undo it: without its trace, leave to break the rules is none.
    private Answer? LetThrough(AdmissionReview review, in Considered considered, ActiveRules active)
    {
        try
        {
            if (considered.Decision is { } decision) metrics.Judged(decision, active.Rules, considered.Took);
            return breakGlass?.Consider(review, considered);
        }
#pragma warning disable CA1031 // Whatever it is: an HTTP error, which the server may be told to ignore, would be worse than the answer there is.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
