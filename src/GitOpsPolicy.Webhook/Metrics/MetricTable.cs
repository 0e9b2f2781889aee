using System.Collections.Immutable;
using GitOpsPolicy.Metrics;
using static GitOpsPolicy.Metrics.MetricDefinition;

namespace GitOpsPolicy.Webhook.Metrics;

/// <summary>
/// Every metric there is: the code, the page <c>docs/operations/metrics.md</c>, the dashboard and the alerts go by it. No label
/// holds a name of an object, a namespace or a user: anyone can make up as many of these as they like.
/// </summary>
internal static class MetricTable
{
    /// <summary>
    /// Upper bounds of histograms, in seconds: from an answer without rules to the least patience of an API server's user.
    /// </summary>
    private static readonly ImmutableArray<double> Bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 5];

    public static readonly MetricDefinition Requests = Counter(
        "admission_requests", ["operation", "decision", "dry_run"], "Admission requests judged, by what they were told.");
    public static readonly MetricDefinition Shed = Counter(
        "admission_shed", ["reason"], "Requests turned away unjudged; the failurePolicy of the webhook decided on them.");
    public static readonly MetricDefinition InFlight = Gauge(
        "admission_in_flight", [], "Requests that are being judged or wait for their turn.");
    public static readonly MetricDefinition Duration = Histogram(
        "admission_duration_seconds", Bounds, "Time from the whole request to the answer, waiting included.");
    public static readonly MetricDefinition Evaluation = Histogram(
        "evaluation_duration_seconds", Bounds, "Time that all rules together took to judge one request.");
    public static readonly MetricDefinition Decisions = Counter(
        "rule_decisions", ["rule", "decision", "mode", "surface", "error_type"],
        "What rules found or why they failed, by what came of it.");
    public static readonly MetricDefinition RuleSet = Gauge("ruleset_info", ["digest", "set"], "1 for each rule set in force.");
    public static readonly MetricDefinition Rules = Gauge("ruleset_rules", [], "Rules in force; 0 before any are loaded.");
    public static readonly MetricDefinition LastLoaded = Gauge(
        "ruleset_last_success_timestamp_seconds", [], "When the rules in force were loaded.");
    public static readonly MetricDefinition Reloads = Counter("ruleset_reload", ["result"], "Attempts to load changed rules.");
    public static readonly MetricDefinition Waivers = Gauge("waivers", ["state"], "Waivers of the rule set in force.");
    public static readonly MetricDefinition CertificateExpiry = Gauge(
        "webhook_cert_expiry_timestamp_seconds", [], "When the certificate that is shown expires.");
    public static readonly MetricDefinition BreakGlasses = Gauge(
        "break_glass_active", [], "BreakGlass resources whose time is now.");
    public static readonly MetricDefinition BreakGlassRequests = Counter(
        "break_glass_requests", ["operation"], "Requests that rules denied and a BreakGlass let through.");
    public static readonly MetricDefinition Acknowledged = Counter(
        "acknowledged_deletes", [], "Deletes that an acknowledgement covers.");
    public static readonly MetricDefinition Violations = Gauge("violations", ["rule", "action"], "Findings of the last audit.");
    public static readonly MetricDefinition LastAudit = Gauge(
        "audit_last_run_timestamp_seconds", [], "When the last audit that came to its end began.");
    public static readonly MetricDefinition AuditDuration = Gauge("audit_duration_seconds", [], "How long the last audit took.");
    public static readonly MetricDefinition Recorded = Counter(
        "recorded_reviews", ["result"], "Reviews that were to be recorded for replay, by what came of it.");
    public static readonly MetricDefinition RecordingBytes = Gauge("recording_bytes", [], "Bytes of the recording.");

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<MetricDefinition> All =
    [
        Requests, Shed, InFlight, Duration, Evaluation, Decisions, RuleSet, Rules, LastLoaded, Reloads, Waivers,
        CertificateExpiry,
        BreakGlasses, BreakGlassRequests, Acknowledged, Violations, LastAudit, AuditDuration, Recorded, RecordingBytes,
        SeriesDropped, ProcessFigures.ProcessorTime, ProcessFigures.Memory, ProcessFigures.Started,
    ];
}
