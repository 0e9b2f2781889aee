using System.Diagnostics.Metrics;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Webhook.Admission;

namespace GitOpsPolicy.Webhook.Metrics;

/// <summary>
/// What the webhook counts, by the names that Prometheus shows. No label holds a name of an object, a namespace or a user: anyone can
/// make up as many of these as they like.
/// </summary>
public sealed class WebhookMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "GitOpsPolicy.Webhook";

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> requests;
    private readonly Counter<long> decisions;
    private readonly Counter<long> shed;
    private readonly Histogram<double> duration;

    /// <summary>Sets the instruments up.</summary>
    public WebhookMetrics()
    {
        requests = meter.CreateCounter<long>("gitops_policy_admission_requests", description: "Admission requests answered.");
        decisions = meter.CreateCounter<long>("gitops_policy_rule_decisions", description: "What rules found, by rule and what came of it.");
        shed = meter.CreateCounter<long>("gitops_policy_admission_shed", description: "Requests turned away unjudged.");
        duration = meter.CreateHistogram<double>(
            "gitops_policy_admission_duration_seconds",
            unit: "s",
            description: "Time from the whole request to the answer.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 5] });
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    /// <summary>Counts a request that was answered.</summary>
    internal void Answered(Operation operation, bool isDryRun, Answer answer, TimeSpan took)
    {
        var decision = answer.IsAllowed ? answer.Warnings.IsEmpty ? "allow" : "warn" : "deny";
        requests.Add(1, new("operation", Word(operation)), new("decision", decision), new("dry_run", isDryRun ? "true" : "false"));
        duration.Record(took.TotalSeconds);
    }

    /// <summary>Counts what rules found.</summary>
    internal void Judged(Decision decision)
    {
        foreach (var finding in decision.Findings) Count(finding.Rule, finding.Waiver is null ? Word(finding.Action) : "waived", "no_error");
        foreach (var failure in decision.Failures) Count(failure.Rule, "error", failure.Message.Contains("budget", StringComparison.Ordinal) ? "out_of_budget" : "invalid_error");
    }

    /// <summary>Counts a request that was turned away.</summary>
    /// <param name="reason">Why, one of a few words.</param>
    internal void Shed(string reason) => shed.Add(1, new KeyValuePair<string, object?>("reason", reason));

    private void Count(string rule, string decision, string error) =>
        decisions.Add(1, new("rule", rule), new("decision", decision), new("surface", "admission"), new("error_type", error));

    private static string Word(Operation operation) => operation switch
    {
        Operation.Create => "create",
        Operation.Update => "update",
        Operation.Delete => "delete",
        Operation.Connect => "connect",
        _ => throw new ArgumentException($"No request does {operation}.", nameof(operation)),
    };

    private static string Word(FindingAction action) => action switch
    {
        FindingAction.Deny => "deny",
        FindingAction.Warn => "warn",
        FindingAction.Audit => "audit",
        _ => throw new ArgumentException($"No word for {action}.", nameof(action)),
    };
}
