using System.Collections.Immutable;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reloading;
using GitOpsPolicy.Webhook.Admission;

namespace GitOpsPolicy.Webhook.RuleSets;

/// <summary>
/// Whether rules would let a cluster keep itself alive: they judge requests that its own parts send all the time, with all that
/// the webhook spares taken off already. A rule that denies one of them would stop leases, endpoints or the webhook's own Pods,
/// not what it is for.
/// </summary>
/// <param name="clock">Tells the time.</param>
/// <param name="environment">The environment of the cluster; null for none.</param>
/// <param name="ownNamespace">The namespace that the webhook itself runs in.</param>
public sealed class ActivationCheck(TimeProvider clock, string? environment, string ownNamespace) : IRuleSetCheck
{
    private readonly ImmutableArray<ActivationRequest> requests = ActivationRequests.In(ownNamespace);
    private readonly Reviewer reviewer = new(clock, environment);

    /// <summary>
    /// The rule and the request that it would deny, in one line with what to do; null when there is none. Every rule has run once
    /// then.
    /// </summary>
    public string? Objection(RuleSet rules, CancellationToken cancellation)
    {
        reviewer.WarmUp(rules, [.. requests.Select(static request => request.Review.ToChanges().Changes[0])], cancellation);
        return DeniedOf(rules, onlyTold: false, cancellation).FirstOrDefault() is { } first
            ? first
                + "; name the kinds that the rule is for in `match.kubernetes.kinds`, or let the namespace off in `enforcement.namespaces`"
            : null;
    }

    /// <summary>
    /// What the rules would deny of the cluster's own Pods and the like, which they should not be asked about, in one line; null
    /// when there is nothing.
    /// </summary>
    public string? Concern(RuleSet rules, CancellationToken cancellation)
    {
        var all = DeniedOf(rules, onlyTold: true, cancellation).ToList();
        var more = all.Count > 1 ? $" (and {all.Count - 1} more requests like this)" : "";
        return all.Count == 0
            ? null
            : $"note: {all[0]}{more}; leave the namespace out of the webhook configuration, as the chart does, or let it off in `enforcement.namespaces`";
    }

    private IEnumerable<string> DeniedOf(RuleSet rules, bool onlyTold, CancellationToken cancellation)
    {
        var active = new ActiveRules(rules, default);
        foreach (var request in requests.Where(request => request.IsOnlyTold == onlyTold))
        {
            cancellation.ThrowIfCancellationRequested();
            var (answer, decision, _, _) = reviewer.Consider(request.Review, active, cancellation);
            if (!answer.IsAllowed) yield return Told(request, answer, decision);
        }
    }

    private static string Told(ActivationRequest request, Answer answer, Decision? decision)
    {
        var blame = decision is null ? "the rule set" : Rules(decision);
        var (review, reason) = (request.Review, answer.Message.Split('\n')[^1]);
        return $"{blame} would deny what keeps the cluster alive: {request.Name} ({review.Operation} {review.Resource} by `{review.User}`): {reason}";
    }

    private static string Rules(Decision decision)
    {
        var names = Denials.RulesOf(decision);
        return names.Length == 1 ? $"rule `{names[0]}`" : $"rules {string.Join(", ", names.Select(static name => $"`{name}`"))}";
    }
}
