using System.Collections.Immutable;
using System.Diagnostics;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Policies.Reloading;
using GitOpsPolicy.Replaying;

namespace GitOpsPolicy.Webhook.Admission;

/// <summary>What came of judging a request.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Decision">The decision behind it; null when none came about.</param>
/// <param name="Took">How long all rules together took.</param>
/// <param name="At">The time it was judged by.</param>
internal readonly record struct Considered(Answer Answer, Decision? Decision, TimeSpan Took, DateTimeOffset At);

/// <summary>Judges requests by a rule set. Whatever happens, the answer says which way it went and why.</summary>
/// <param name="clock">Tells the day, by which waivers expire.</param>
/// <param name="environment">The environment of the cluster; null for none.</param>
internal sealed class Reviewer(TimeProvider clock, string? environment)
{
    /// <summary>The environment of the cluster; null for none.</summary>
    public string? Environment => environment;

    /// <summary>Judges a request.</summary>
    /// <param name="review">The request.</param>
    /// <param name="active">The rules to judge it by.</param>
    /// <param name="deadline">Cancelled when the server no longer waits.</param>
    public Considered Consider(AdmissionReview review, ActiveRules active, CancellationToken deadline)
    {
        var (onError, now) = (active.Rules.Config.OnError, clock.GetUtcNow());
        try
        {
            var spared = SystemActors.ReasonToSpare(review);
            if (spared is not null) onError = OnError.Allow;   // what keeps the cluster alive goes on whatever breaks here
            return ConsiderInTime(review, active, (onError, spared, now), deadline);
        }
        catch (OperationCanceledException)
        {
            return new(DecisionAnswer.Unjudged("there was not enough time", onError, active.Rules.Digest), null, default, now);
        }
#pragma warning disable CA1031 // A defect of ours must not become an HTTP error, which the server may be told to ignore: the rule set decides.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new(
                DecisionAnswer.Unjudged($"internal error {e.GetType().Name}", onError, active.Rules.Digest), null, default, now);
        }
    }

    /// <summary>Runs every rule once on some changes, so that the first request is not slow.</summary>
    public void WarmUp(RuleSet rules, ImmutableArray<Change> samples, CancellationToken cancellation) =>
        new Evaluator(rules).WarmUp(
            samples, AdmissionEvaluation.OptionsFor(clock.GetUtcNow(), environment, isSpared: false), cancellation);

    private Considered ConsiderInTime(
        AdmissionReview review, ActiveRules active, (OnError OnError, string? Spared, DateTimeOffset Now) terms,
        CancellationToken deadline)
    {
        var started = Stopwatch.GetTimestamp();
        var decision = active.Evaluator.Evaluate(
            review.ToChanges(), AdmissionEvaluation.OptionsFor(terms.Now, environment, terms.Spared is not null), deadline);
        var took = Stopwatch.GetElapsedTime(started);
        return new(
            terms.Spared is { } spared
                ? DecisionAnswer.Of(decision, terms.OnError, ("spared", spared))
                : DecisionAnswer.Of(decision, terms.OnError), decision, took, terms.Now);
    }
}
