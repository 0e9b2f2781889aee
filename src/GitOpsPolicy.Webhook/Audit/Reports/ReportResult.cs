using System.Globalization;
using System.Text.RegularExpressions;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Kubernetes.Objects;

namespace GitOpsPolicy.Webhook.Audit.Reports;

/// <summary>
/// One line of a report. The same finding gives the same line in every audit, so that a report changes only when something has.
/// </summary>
/// <param name="Policy">The rule.</param>
/// <param name="Outcome"><c>fail</c>, <c>warn</c>, <c>error</c> or <c>skip</c> (a waiver excuses it).</param>
/// <param name="Severity">How bad it is; null where nothing says.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Resource">The object; null for none.</param>
internal sealed partial record ReportResult(
    string Policy, string Outcome, Severity? Severity, string Message, ResourceId? Resource)
{
    /// <summary>Who writes results, and what a result about the audit itself has for a rule.</summary>
    public const string Source = "gitops-policy";

    /// <summary>Messages longer than this are cut: some thousand results are to fit in a report.</summary>
    private const int MaxMessage = 512;

    private const int MaxPointer = 256;

    /// <summary>What a result is recognised by.</summary>
    public const string FingerprintKey = "fingerprint";

    /// <summary>The rule's category; null where it does not say.</summary>
    public string? Category { get; private init; }

    /// <summary>What the result is recognised by in the next audit.</summary>
    public string Fingerprint { get; private init; } = "";

    private string Pointer { get; init; } = "";

    private string? Waiver { get; init; }

    /// <summary>The result of a finding.</summary>
    public static ReportResult Of(Finding finding) => new(
        finding.Rule, OutcomeOf(finding), finding.Severity, finding.Message, finding.Resource)
    {
        Category = finding.Category,
        Fingerprint = finding.Fingerprint,
        Pointer = finding.Pointer,
        Waiver = finding.Waiver,
    };

    /// <summary>The result of a rule that failed.</summary>
    public static ReportResult Of(RuleFailure failure) => Error(failure.Rule, failure.Message, failure.Resource);

    /// <summary>The result of a rule that had no answer.</summary>
    public static ReportResult Of(Undetermined unsure) =>
        Error(unsure.Rule, $"needs {string.Join(", ", unsure.Unknowns)}", unsure.Resource);

    /// <summary>The result of what could not be judged at all.</summary>
    public static ReportResult Of(Problem problem) => Error(Source, problem.ToString(), null);

    /// <summary>The result of something that is left out on purpose, or for want of a right.</summary>
    public static ReportResult Skipped(string why) => new(Source, "skip", null, why, null) { Fingerprint = $"skipped {why}" };

    /// <summary>The last line of a report that has no room for more.</summary>
    public static ReportResult LeftOff(int count, int maxBytes) =>
        new(
            Source, "warn", Evaluation.Severity.Info,
            $"{count} more results are counted in the summary and left off: a report has at most {maxBytes} bytes", null)
        {
            Fingerprint = "left-off",
        };

    /// <summary>Worst first, so that what is left off is the mildest; then in an order that is always the same.</summary>
    public static IEnumerable<ReportResult> InOrder(IEnumerable<ReportResult> results) => results
        .OrderBy(static one => one.Outcome switch { "fail" => 0, "error" => 1, "warn" => 2, _ => 3 })
        .ThenByDescending(static one => one.Severity)
        .ThenBy(static one => one.Policy, StringComparer.Ordinal)
        .ThenBy(static one => one.Resource?.Canonical, StringComparer.Ordinal)
        .ThenBy(static one => one.Fingerprint, StringComparer.Ordinal);

    /// <summary>The result as it stands in a report.</summary>
    /// <param name="digest">The rule set.</param>
    /// <param name="since">When it was first found.</param>
    public MappingNode ToNode(string digest, DateTimeOffset since) => NewObject.Of(
        ("source", Source),
        ("policy", Policy),
        ("category", Category),
        ("severity", Severity?.ToString().ToLowerInvariant()),
        ("timestamp",
            NewObject.Of(
                ("seconds", ScalarNode.Numeric(since.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))), ("nanos", 0))),
        ("result", Outcome),
        ("scored", Outcome is "fail"),
        ("resources", Resource is KubernetesId id ? new SequenceNode([ReferenceTo(id)]) : null),
        ("message", Cut(Undisguised().Replace(Message, "(sensitive)"), MaxMessage)),
        ("properties",
            NewObject.Of(
                (FingerprintKey, Fingerprint), ("pointer", OrNull(Cut(Pointer, MaxPointer))), ("waiver", Waiver),
                ("ruleset", digest))));

    private static ReportResult Error(string rule, string message, ResourceId? resource) =>
        new(rule, "error", null, message, resource) { Fingerprint = $"error {resource?.Canonical} {rule}" };

    private static string OutcomeOf(Finding finding) => (finding.Waiver, finding.Wanted) switch
    {
        (not null, _) => "skip",
        (_, FindingAction.Deny) => "fail",
        (_, FindingAction.Warn or FindingAction.Audit) => "warn",
        _ => throw new ArgumentException($"No outcome for {finding.Wanted}.", nameof(finding)),
    };

    private static MappingNode ReferenceTo(KubernetesId id) => NewObject.Of(
        ("apiVersion", id.ApiVersion), ("kind", id.Kind), ("namespace", OrNull(id.Namespace)), ("name", id.Name));

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end] + "…";
    }

    // What a secret is recognised by is made with a key of the process: with it every replica would write every report anew.
    [GeneratedRegex("\\(sensitive #[0-9a-f]{4}\\)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Undisguised();
}
