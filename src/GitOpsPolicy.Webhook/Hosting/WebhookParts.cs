using GitOpsPolicy.Policies.Reloading;
using GitOpsPolicy.Webhook.Admission;
using GitOpsPolicy.Webhook.BreakGlass;
using GitOpsPolicy.Webhook.Certificates;
using GitOpsPolicy.Webhook.Metrics;
using GitOpsPolicy.Webhook.Recording;
using GitOpsPolicy.Webhook.RuleSets;

namespace GitOpsPolicy.Webhook.Hosting;

/// <summary>What the server is put together from.</summary>
/// <param name="Rules">The rules in force.</param>
/// <param name="Certificate">The certificate it shows.</param>
/// <param name="Metrics">What it counts.</param>
/// <param name="Clock">Tells the time.</param>
/// <param name="Callers">Who may call; null for anyone who reaches it.</param>
public sealed record WebhookParts(
    RulesInForce Rules, IServingCertificate Certificate, WebhookMetrics Metrics, TimeProvider Clock,
    AllowedCallers? Callers = null)
{
    /// <summary>Rules that are tried out on some namespaces; null for none.</summary>
    public CanaryRules? Canary { get; init; }

    /// <summary>Guards the label that takes a namespace out of sight; null when no label does.</summary>
    public LabelGuard? LabelGuard { get; init; }

    /// <summary>Lets through what there is leave for; null when there is never any.</summary>
    public BreakGlassUse? BreakGlass { get; init; }

    /// <summary>Records what is judged; null for nothing.</summary>
    public ReviewRecorder? Recorder { get; init; }
}
