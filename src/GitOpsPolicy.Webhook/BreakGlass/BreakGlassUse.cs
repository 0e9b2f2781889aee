using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Reports;
using GitOpsPolicy.Webhook.Admission;
using GitOpsPolicy.Webhook.Metrics;

namespace GitOpsPolicy.Webhook.BreakGlass;

/// <summary>
/// Lets requests through that the rules deny and for which there is leave, and never without a trace: a warning to whoever asks,
/// the audit log, a counter, a line in the log, and an event in the cluster.
/// </summary>
/// <param name="register">The leave there is.</param>
/// <param name="metrics">Counts what is let through.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="log">Where one line goes for each request that is let through.</param>
public sealed class BreakGlassUse(BreakGlassRegister register, WebhookMetrics metrics, TimeProvider clock, TextWriter log)
{
    private const string Annotation = "break-glass";

    /// <summary>The leave there is.</summary>
    internal BreakGlassRegister Register => register;

    /// <summary>Told of each use that is no dry run, with a line on it; must not wait.</summary>
    public Action<BreakGlassGrant, string>? Used { get; init; }

    /// <summary>The answer to a request: another one where it was denied and there is leave.</summary>
    internal Answer Consider(AdmissionReview review, in Considered considered)
    {
        if (considered.Answer.IsAllowed) return considered.Answer;
        var broken = considered.Decision is { } decision ? Denials.RulesOf(decision) : default;
        var now = clock.GetUtcNow();
        if (register.Find(review, considered.Decision is null ? null : broken, now) is not { } grant) return considered.Answer;
        metrics.BrokeGlass(review.Operation);
        var (before, after) = (ObjectDigest.Of(review.OldObject) ?? "none", ObjectDigest.Of(review.Object) ?? "none");
        var line = Line(review, considered, grant, $"before {before}, after {after}");
        log.WriteLine(line);
        if (!review.IsDryRun) Used?.Invoke(grant, line);
        return considered.Answer with
        {
            IsAllowed = true,
            Message = "",
            Warnings = [Warning(considered.Answer, grant), .. considered.Answer.Warnings.Take(DecisionAnswer.MaxWarnings - 1)],
            Annotations =
            [
                .. considered.Answer.Annotations,
                (Annotation, SafeText.OneLine(grant.Name)),
                ("break-glass-incident", DecisionAnswer.Fit(grant.Incident)),
                ("break-glass-approver", DecisionAnswer.Fit(grant.Approver)),
                ("break-glass-before", before),
                ("break-glass-after", after),
            ],
        };
    }

    /// <summary>Name of the leave that let a request through; null for none.</summary>
    internal static string? NameIn(Answer answer)
    {
        foreach (var (key, value) in answer.Annotations)
            if (key == Annotation) return value;
        return null;
    }

    private static string Warning(Answer denied, BreakGlassGrant grant) =>
        DecisionAnswer.Fit($"gitops-policy: break-glass {grant.Name} (until {grant.NotAfter.UtcDateTime:HH:mm} UTC) lets through and records what the rules deny: {denied.Message}");

    private static string Line(AdmissionReview review, in Considered considered, BreakGlassGrant grant, string digests)
    {
        var rules = considered.Decision is { } decision
            ? string.Join(", ", Denials.RulesOf(decision))
            : "the rule set as a whole";
        var part = review.Subresource.Length == 0 ? "" : "/" + review.Subresource;
        return SafeText.OneLine(
            $"break-glass {grant.Name}: let {review.User} {review.Operation} {review.Resource}{part}{(review.IsDryRun ? " (dry run)" : "")} against {rules}; "
            + $"incident {grant.Incident}, approved by {grant.Approver}; decision {considered.Decision?.Id ?? "none"}, {digests}");
    }
}
