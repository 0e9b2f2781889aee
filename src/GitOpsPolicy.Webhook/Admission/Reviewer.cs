using System.Diagnostics;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Webhook.Metrics;
using GitOpsPolicy.Webhook.RuleSets;

namespace GitOpsPolicy.Webhook.Admission;

/// <summary>Judges requests by a rule set. Whatever happens, the answer says which way it went and why.</summary>
/// <param name="clock">Tells the day, by which waivers expire.</param>
/// <param name="metrics">Counts what rules found.</param>
/// <param name="environment">The environment of the cluster; null for none.</param>
internal sealed class Reviewer(TimeProvider clock, WebhookMetrics metrics, string? environment)
{
    /// <summary>Judges a request.</summary>
    /// <param name="review">The request.</param>
    /// <param name="active">The rules to judge it by.</param>
    /// <param name="deadline">Cancelled when the server no longer waits.</param>
    public Answer Judge(AdmissionReview review, ActiveRules active, CancellationToken deadline)
    {
        var onError = active.Rules.Config.OnError;
        try
        {
            return JudgeInTime(review, active, onError, deadline);
        }
        catch (OperationCanceledException)
        {
            return DecisionAnswer.Unjudged("there was not enough time", onError, active.Rules.Digest);
        }
#pragma warning disable CA1031 // A defect of ours must not become an HTTP error, which the server may be told to ignore: the rule set decides.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return DecisionAnswer.Unjudged($"internal error {e.GetType().Name}", onError, active.Rules.Digest);
        }
    }

    private Answer JudgeInTime(AdmissionReview review, ActiveRules active, OnError onError, CancellationToken deadline)
    {
        var spared = SystemActors.ReasonToSpare(review);
        var started = Stopwatch.GetTimestamp();
        var decision = active.Evaluator.Evaluate(review.ToChanges(), OptionsFor(spared), deadline);
        metrics.Judged(decision, active.Rules, Stopwatch.GetElapsedTime(started));
        return spared is null ? DecisionAnswer.Of(decision, onError) : DecisionAnswer.Of(decision, OnError.Allow, ("spared", spared));
    }

    private EvaluationOptions OptionsFor(string? spared) => new()
    {
        Today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
        Environment = environment,
        Limit = spared is null ? Enforcement.Deny : Enforcement.Audit,
        Workers = 1,
    };
}
