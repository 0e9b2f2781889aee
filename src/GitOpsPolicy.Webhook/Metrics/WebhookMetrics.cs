using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Metrics;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Webhook.Admission;

namespace GitOpsPolicy.Webhook.Metrics;

/// <summary>What the webhook counts, by the names of <see cref="MetricTable"/>.</summary>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class WebhookMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "GitOpsPolicy.Webhook";

    private readonly Instruments instruments = new(MeterName, MetricTable.All);
    private readonly ConditionalWeakTable<RuleSet, FrozenDictionary<string, string>> modes = [];
    private readonly Counter<long> requests;
    private readonly Counter<long> shed;
    private readonly Counter<long> decisions;
    private readonly Counter<long> reloads;
    private readonly Counter<long> brokenGlass;
    private readonly Counter<long> acknowledged;
    private readonly Counter<long> recorded;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> evaluation;

    /// <summary>Sets the instruments up.</summary>
    public WebhookMetrics()
    {
        requests = instruments.Counter(MetricTable.Requests);
        shed = instruments.Counter(MetricTable.Shed);
        decisions = instruments.Counter(MetricTable.Decisions);
        reloads = instruments.Counter(MetricTable.Reloads);
        brokenGlass = instruments.Counter(MetricTable.BreakGlassRequests);
        acknowledged = instruments.Counter(MetricTable.Acknowledged);
        recorded = instruments.Counter(MetricTable.Recorded);
        duration = instruments.Histogram(MetricTable.Duration);
        evaluation = instruments.Histogram(MetricTable.Evaluation);
    }

    /// <summary>The meter, for the instruments of other parts; their metrics stand in <see cref="MetricTable"/>.</summary>
    internal Meter Meter => instruments.Meter;

    /// <summary>Writes all metrics as they are now, in the text format of Prometheus.</summary>
    public void WriteTo(IBufferWriter<byte> output) => instruments.WriteTo(output);

    /// <inheritdoc/>
    public void Dispose() => instruments.Dispose();

    /// <summary>Shows, at every scrape, what a metric is then; a value may be missing.</summary>
    internal void Observe(MetricDefinition metric, Func<IEnumerable<Measurement<double>>> read) =>
        instruments.Observe(metric, read);

    /// <summary>Counts a request that was answered.</summary>
    internal void Answered(Operation operation, bool isDryRun, Answer answer, TimeSpan took)
    {
        var decision = answer.IsAllowed ? answer.Warnings.IsEmpty ? "allow" : "warn" : "deny";
        requests.Add(
            1, new("operation", Word(operation)), new("decision", decision), new("dry_run", isDryRun ? "true" : "false"));
        duration.Record(took.TotalSeconds);
    }

    /// <summary>Counts what rules found.</summary>
    /// <param name="decision">What they said.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="took">How long all of them took together.</param>
    internal void Judged(Decision decision, RuleSet rules, TimeSpan took)
    {
        evaluation.Record(took.TotalSeconds);
        if (!decision.AcknowledgedBy.IsEmpty) acknowledged.Add(1);
        foreach (var finding in decision.Findings)
            Count(rules, finding.Rule, finding.Waiver is null ? Word(finding.Action) : "waived", "no_error");
        foreach (var open in decision.Undetermined) Count(rules, open.Rule, "undetermined", "no_error");
        foreach (var failure in decision.Failures)
            Count(rules, failure.Rule, "error", failure.IsOutOfBudget ? "out_of_budget" : "invalid_error");
    }

    /// <summary>Counts a request that was turned away.</summary>
    /// <param name="reason">Why, one of a few words.</param>
    internal void Shed(string reason) => shed.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Counts an attempt to load changed rules.</summary>
    /// <param name="result">What came of it, one of a few words; <c>success</c> when they came into force.</param>
    public void Reloaded(string result) => reloads.Add(1, new KeyValuePair<string, object?>("result", result));

    /// <summary>Counts a request that rules denied and a BreakGlass let through.</summary>
    internal void BrokeGlass(Operation operation) =>
        brokenGlass.Add(1, new KeyValuePair<string, object?>("operation", Word(operation)));

    /// <summary>Counts a review that was to be recorded.</summary>
    /// <param name="result">What came of it, one of a few words; <c>written</c> when it was.</param>
    internal void Recorded(string result) => recorded.Add(1, new KeyValuePair<string, object?>("result", result));

    private void Count(RuleSet rules, string rule, string decision, string error) =>
        decisions.Add(
            1, new("rule", rule), new("decision", decision), new("mode", ModeOf(rules, rule)), new("surface", "admission"),
            new("error_type", error));

    private string ModeOf(RuleSet rules, string rule)
    {
        var known = modes.GetValue(
            rules,
            static set => set.Rules.ToFrozenDictionary(
                one => one.Name, one => Word(set.EnforcementOf(one, Surface.Admission)), StringComparer.Ordinal));
        return known.GetValueOrDefault(rule, "off");
    }

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

    private static string Word(Enforcement enforcement) => enforcement switch
    {
        Enforcement.Deny => "deny",
        Enforcement.Warn => "warn",
        Enforcement.Audit => "audit",
        Enforcement.Off => "off",
        _ => throw new ArgumentException($"No word for {enforcement}.", nameof(enforcement)),
    };
}
