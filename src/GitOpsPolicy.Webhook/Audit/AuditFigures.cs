using System.Diagnostics.Metrics;
using GitOpsPolicy.Webhook.Metrics;

namespace GitOpsPolicy.Webhook.Audit;

/// <summary>
/// What the last audit of this replica came to, for metrics. A replica that does not lead has nothing to show: another one has.
/// </summary>
/// <threadsafety>Safe from any thread.</threadsafety>
internal sealed class AuditFigures
{
    private volatile Last? last;

    /// <summary>Shows the figures among the metrics of a server.</summary>
    public AuditFigures(WebhookMetrics metrics)
    {
        metrics.Observe(MetricTable.Violations, () => last is { } shown ? shown.ByRule.Select(Row) : []);
        metrics.Observe(
            MetricTable.LastAudit, () => last is { } shown ? [new(shown.BeganAt.ToUnixTimeMilliseconds() / 1_000d)] : []);
        metrics.Observe(MetricTable.AuditDuration, () => last is { } shown ? [new(shown.Took.TotalSeconds)] : []);
    }

    /// <summary>Shows an audit that has come to its end.</summary>
    /// <param name="byRule">Findings by rule and by what the rule asked for.</param>
    /// <param name="beganAt">When it began.</param>
    /// <param name="took">How long it took.</param>
    public void Put(IReadOnlyDictionary<(string Rule, string Action), int> byRule, DateTimeOffset beganAt, TimeSpan took) =>
        last = new(byRule, beganAt, took);

    /// <summary>Shows nothing any more.</summary>
    public void Clear() => last = null;

    private static Measurement<double> Row(KeyValuePair<(string Rule, string Action), int> row) =>
        new(
            row.Value, new KeyValuePair<string, object?>("rule", row.Key.Rule),
            new KeyValuePair<string, object?>("action", row.Key.Action));

    private sealed record Last(
        IReadOnlyDictionary<(string Rule, string Action), int> ByRule, DateTimeOffset BeganAt, TimeSpan Took);
}
