using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Evaluation.Fixes;

namespace GitOpsPolicy.Reports;

/// <summary>
/// SARIF 2.1.0 (OASIS), within the limits of GitHub code scanning: 25,000 results, 1,024 characters of rule description, 20 tags.
/// </summary>
public sealed class SarifReport : Report
{
    private const int ResultLimit = 25_000;
    private const int DescriptionLimit = 1_024;

    /// <inheritdoc/>
    public override void Write(Decision decision, ReportContext context, TextWriter writer)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 14);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            WriteRun(json, decision, context);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        WriteJson(writer, buffer.WrittenSpan);
    }

    private static void WriteRun(Utf8JsonWriter json, Decision decision, ReportContext context)
    {
        var rules = decision.Findings.DistinctBy(static finding => finding.Rule)
            .OrderBy(static finding => finding.Rule, StringComparer.Ordinal)
            .ToImmutableArray();
        var indexes = rules.Select(static (finding, index) => (finding.Rule, index))
            .ToDictionary(static pair => pair.Rule, static pair => pair.index, StringComparer.Ordinal);
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "gitops-policy");
        json.WriteString("semanticVersion", context.ToolVersion);
        json.WriteStartArray("rules");
        foreach (var rule in rules) WriteRule(json, rule);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartObject("automationDetails");
        json.WriteString("id", "gitops-policy/");
        json.WriteEndObject();
        WriteInvocation(json, decision, context);
        json.WriteStartArray("results");
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var finding in decision.Findings.OrderByDescending(static finding => finding.Severity).Take(ResultLimit))
        {
            var times = seen[finding.Fingerprint] = seen.GetValueOrDefault(finding.Fingerprint) + 1;
            WriteResult(json, finding, indexes[finding.Rule], times, decision.Baseline is not null);
        }

        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteString("decision", decision.Outcome.ToString().ToLowerInvariant());
        json.WriteString("decisionId", decision.Id);
        json.WriteString("ruleSetDigest", decision.RuleSetDigest);
        json.WriteStartObject("changes");
        foreach (var (word, count) in ChangeSummary.Of(decision).Counts) json.WriteNumber(word, count);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("id", finding.Rule);
        WriteText(json, "shortDescription", Cut(finding.Title));
        WriteText(json, "fullDescription", Cut(finding.Title));
        WriteText(json, "help", string.IsNullOrEmpty(finding.Remediation) ? finding.Title : finding.Remediation);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(finding.Action));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("security-severity", Score(finding.Severity));
        json.WriteString("precision", "high");
        json.WriteStartArray("tags");
        json.WriteStringValue("security");
        if (finding.Category is { } category) json.WriteStringValue(category);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, Decision decision, ReportContext context)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", decision.Failures.IsEmpty && decision.ChangeSet.Problems.IsEmpty);
        json.WriteNumber("exitCode", context.ExitCode);
        json.WriteStartArray("toolExecutionNotifications");
        WriteNotification(json, "note", ChangeSummary.Of(decision).Sentence, default);
        foreach (var problem in decision.ChangeSet.Problems)
            WriteNotification(json, "error", problem.ToString(), problem.Location);
        foreach (var failure in decision.Failures)
            WriteNotification(json, "error", $"rule {failure.Rule} failed: {failure.Message}", failure.Location);
        foreach (var unsure in decision.Undetermined)
            WriteNotification(json, "warning", $"rule {unsure.Rule} needs {string.Join(", ", unsure.Unknowns)}", unsure.Location);
        foreach (var reason in decision.ChangeSet.Incomplete) WriteNotification(json, "warning", reason, default);
        if (decision.Findings.Length > ResultLimit)
            WriteNotification(
                json, "warning", $"{decision.Findings.Length - ResultLimit} findings of the lowest severities are left out",
                default);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteNotification(Utf8JsonWriter json, string level, string text, SourceLocation location)
    {
        json.WriteStartObject();
        json.WriteString("level", level);
        WriteText(json, "message", SafeText.OneLine(text));
        if (!string.IsNullOrEmpty(location.File))
        {
            json.WriteStartArray("locations");
            WriteLocation(json, new(location.File, Math.Max(location.Line, 1), Math.Max(location.Column, 1)), null);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // `times`: how often the fingerprint has come up by now. Code scanning takes results of one hash for one alert.
    private static void WriteResult(Utf8JsonWriter json, Finding finding, int ruleIndex, int times, bool hasBaseline)
    {
        var place = ReviewPlace.Of(finding);
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule);
        json.WriteNumber("ruleIndex", ruleIndex);
        json.WriteString("level", Level(finding.Action));
        WriteText(json, "message", SafeText.OneLine(finding.Message));
        json.WriteStartArray("locations");
        WriteLocation(json, place.Shown, finding.Resource?.Canonical);
        json.WriteEndArray();
        if (place.Related is { } related)
        {
            json.WriteStartArray("relatedLocations");
            WriteLocation(json, related, null);
            json.WriteEndArray();
        }

        json.WriteStartObject("partialFingerprints");
        json.WriteString("primaryLocationLineHash", $"{finding.Fingerprint}:{times}");
        json.WriteEndObject();
        if (hasBaseline) json.WriteString("baselineState", finding.KnownSince is null ? "new" : "unchanged");
        if (finding.IsExcused) WriteSuppression(json, finding);
        if (finding.Fix is { Edits.IsEmpty: false } fix) WriteFix(json, finding, fix);
        json.WriteStartObject("properties");
        json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
        json.WriteString("pointer", finding.Pointer);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // OASIS SARIF 2.1.0, sections 3.55 to 3.57.
    private static void WriteFix(Utf8JsonWriter json, Finding finding, FindingFix fix)
    {
        json.WriteStartArray("fixes");
        json.WriteStartObject();
        WriteText(json, "description", Cut(SafeText.OneLine(finding.Remediation ?? finding.Title)));
        json.WriteStartArray("artifactChanges");
        json.WriteStartObject();
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", ReviewPlace.Uri(fix.File));
        json.WriteEndObject();
        json.WriteStartArray("replacements");
        foreach (var edit in fix.Edits) WriteReplacement(json, edit);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteReplacement(Utf8JsonWriter json, FileEdit edit)
    {
        json.WriteStartObject();
        json.WriteStartObject("deletedRegion");
        json.WriteNumber("startLine", edit.Start.Line);
        json.WriteNumber("startColumn", edit.Start.Column);
        json.WriteNumber("endLine", edit.End.Line);
        json.WriteNumber("endColumn", edit.End.Column);
        json.WriteEndObject();
        if (edit.Text.Length > 0) WriteText(json, "insertedContent", edit.Text);
        json.WriteEndObject();
    }

    private static void WriteSuppression(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartArray("suppressions");
        json.WriteStartObject();
        json.WriteString("kind", "external");
        json.WriteString("status", "accepted");
        json.WriteString(
            "justification",
            finding.KnownSince is { } since
                ? $"in the baseline since {since:yyyy-MM-dd}"
                : SafeText.OneLine($"{finding.Waiver}: {finding.WaiverReason}"));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteLocation(Utf8JsonWriter json, SourceLocation location, string? resource)
    {
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", ReviewPlace.Uri(location.File));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", location.Line);
        json.WriteNumber("startColumn", location.Column);
        json.WriteEndObject();
        json.WriteEndObject();
        if (resource is not null)
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", resource);
            json.WriteString("kind", "resource");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string Cut(string text) => text.Length <= DescriptionLimit ? text : text[..(DescriptionLimit - 1)] + "…";

    private static string Level(FindingAction action) => action switch
    {
        FindingAction.Deny => "error",
        FindingAction.Warn => "warning",
        _ => "note",
    };

    // The bands of GitHub's `security-severity`.
    private static string Score(Severity severity) => severity switch
    {
        Severity.Critical => "9.5",
        Severity.High => "8.0",
        Severity.Medium => "5.5",
        Severity.Low => "3.0",
        _ => "0.5",
    };
}
