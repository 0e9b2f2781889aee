using System.Buffers;
using System.Globalization;
using System.Text.Json;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Evaluation.Baselines;
using GitOpsPolicy.Evaluation.Fixes;

namespace GitOpsPolicy.Reports;

/// <summary>The report for programs, as <c>docs/reference/report.schema.json</c> describes it.</summary>
public sealed class JsonReport : Report
{
    /// <summary>Version of the format. A reader may rely on every field while the number before the point stays.</summary>
    public const string SchemaVersion = "1.0";

    /// <summary>The JSON Schema (2020-12) of the format.</summary>
    public static string ReadSchema()
    {
        using var reader = new StreamReader(typeof(JsonReport).Assembly.GetManifestResourceStream("reports/report.schema.json")!);
        return reader.ReadToEnd();
    }

    /// <inheritdoc/>
    public override void Write(Decision decision, ReportContext context, TextWriter writer)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 14);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schemaVersion", SchemaVersion);
            WriteTool(json, context);
            WriteDecision(json, decision, context);
            WriteSummary(json, decision);
            if (decision.Baseline is { } baseline) WriteBaseline(json, baseline);
            WriteArray(
                json, "changes",
                decision.ChangeSet.Changes.Where(static change =>
                    change.Operation != Operation.None || change.Previous is not null), WriteChange);
            WriteArray(json, "findings", decision.Findings, WriteFinding);
            WriteArray(json, "undetermined", decision.Undetermined, WriteUndetermined);
            WriteArray(json, "failures", decision.Failures, WriteFailure);
            WriteArray(json, "problems", decision.ChangeSet.Problems, WriteProblem);
            WriteStrings(json, "incomplete", decision.ChangeSet.Incomplete);
            WriteStrings(json, "notes", decision.Notes.Concat(decision.ChangeSet.Notes));
            json.WriteEndObject();
        }

        WriteJson(writer, buffer.WrittenSpan);
    }

    private static void WriteTool(Utf8JsonWriter json, ReportContext context)
    {
        json.WriteStartObject("tool");
        json.WriteString("name", "gitops-policy");
        json.WriteString("version", context.ToolVersion);
        json.WriteEndObject();
    }

    private static void WriteDecision(Utf8JsonWriter json, Decision decision, ReportContext context)
    {
        json.WriteStartObject("decision");
        json.WriteString("outcome", Word(decision.Outcome));
        json.WriteString("id", decision.Id);
        json.WriteString("ruleSetDigest", decision.RuleSetDigest);
        json.WriteNumber("rules", decision.RuleCount);
        json.WriteNumber("exitCode", context.ExitCode);
        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, Decision decision)
    {
        var summary = ChangeSummary.Of(decision);
        json.WriteStartObject("summary");
        json.WriteStartObject("changes");
        foreach (var (word, count) in summary.Counts) json.WriteNumber(word, count);
        json.WriteEndObject();
        WriteStrings(json, "destructive", summary.Destructive.Select(static destroyed => destroyed.Change.Resource.Canonical));
        WriteStrings(
            json, "acknowledged",
            summary.Destructive.Where(static destroyed => destroyed.IsAcknowledged)
                .Select(static destroyed => destroyed.Change.Resource.Canonical));
        json.WriteStartObject("findings");
        foreach (var action in Enum.GetValues<FindingAction>())
            json.WriteNumber(Word(action), decision.Findings.Count(finding => !finding.IsExcused && finding.Action == action));
        json.WriteNumber("waived", decision.Findings.Count(static finding => finding.Waiver is not null));
        if (decision.Baseline is not null)
            json.WriteNumber("known", decision.Findings.Count(static finding => finding.KnownSince is not null));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteBaseline(Utf8JsonWriter json, BaselineUse baseline)
    {
        json.WriteStartObject("baseline");
        json.WriteString("file", baseline.File);
        json.WriteNumber("entries", baseline.Entries);
        WriteStrings(json, "removable", baseline.Removable);
        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, Change change)
    {
        WriteResource(json, "resource", change.Resource);
        if (change.Previous is { } previous) WriteResource(json, "previous", previous);
        json.WriteString("operation", Word(change.Operation));
        json.WriteString("origin", Word(change.Origin));
        json.WriteString("cause", Word(change.Cause));
        WriteOptional(json, "reason", change.Reason);
        WriteOptional(json, "environment", change.Environment);
        if (!change.ReplacePaths.IsDefaultOrEmpty) WriteStrings(json, "replacePaths", change.ReplacePaths);
        WriteLocation(json, change.Location);
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("rule", finding.Rule);
        json.WriteString("title", finding.Title);
        json.WriteString("severity", Word(finding.Severity));
        json.WriteString("action", Word(finding.Action));
        json.WriteString("message", finding.Message);
        if (finding.Resource is { } resource) WriteResource(json, "resource", resource);
        WriteLocation(json, finding.Location);
        json.WriteString("pointer", finding.Pointer);
        WriteOptional(json, "remediation", finding.Remediation);
        WriteOptional(json, "category", finding.Category);
        if (finding.Fix is { } fix) WriteFix(json, fix);
        json.WriteString("fingerprint", finding.Fingerprint);
        if (finding.KnownSince is { } since)
            json.WriteString("knownSince", since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (finding.Waiver is null) return;
        json.WriteStartObject("waiver");
        json.WriteString("name", finding.Waiver);
        json.WriteString("reason", finding.WaiverReason ?? "");
        json.WriteEndObject();
    }

    private static void WriteFix(Utf8JsonWriter json, FindingFix fix)
    {
        json.WriteStartObject("fix");
        if (fix.Refusal is { } reason)
        {
            json.WriteString("refused", reason);
        }
        else
        {
            json.WriteString("file", fix.File);
            WriteArray(json, "edits", fix.Edits, WriteEdit);
        }

        json.WriteEndObject();
    }

    private static void WriteEdit(Utf8JsonWriter json, FileEdit edit)
    {
        json.WriteNumber("startLine", edit.Start.Line);
        json.WriteNumber("startColumn", edit.Start.Column);
        json.WriteNumber("endLine", edit.End.Line);
        json.WriteNumber("endColumn", edit.End.Column);
        json.WriteString("text", edit.Text);
    }

    private static void WriteUndetermined(Utf8JsonWriter json, Undetermined unsure)
    {
        json.WriteString("rule", unsure.Rule);
        if (unsure.Resource is { } resource) WriteResource(json, "resource", resource);
        WriteStrings(json, "unknowns", unsure.Unknowns);
        WriteLocation(json, unsure.Location);
    }

    private static void WriteFailure(Utf8JsonWriter json, RuleFailure failure)
    {
        json.WriteString("rule", failure.Rule);
        if (failure.Resource is { } resource) WriteResource(json, "resource", resource);
        json.WriteString("message", failure.Message);
        WriteLocation(json, failure.Location);
    }

    private static void WriteProblem(Utf8JsonWriter json, Problem problem)
    {
        json.WriteString("message", problem.Message);
        WriteOptional(json, "hint", problem.Hint);
        WriteLocation(json, problem.Location);
    }

    private static void WriteResource(Utf8JsonWriter json, string name, ResourceId resource)
    {
        json.WriteStartObject(name);
        json.WriteString("id", resource.Canonical);
        switch (resource)
        {
            case KubernetesId id:
                json.WriteString("platform", "kubernetes");
                json.WriteString("apiVersion", id.ApiVersion);
                json.WriteString("kind", id.Kind);
                WriteOptional(json, "namespace", id.Namespace.Length == 0 ? null : id.Namespace);
                json.WriteString("name", id.Name);
                break;
            case TerraformId id:
                json.WriteString("platform", "terraform");
                json.WriteString("address", id.Address);
                json.WriteString("type", id.Type);
                json.WriteString("provider", id.Provider);
                WriteOptional(json, "deposed", id.Deposed);
                break;
            case FileId id:
                json.WriteString("platform", "file");
                json.WriteString("kind", id.Kind);
                json.WriteString("path", id.Path);
                break;
            default:
                throw new ArgumentException($"No form for {resource}.", nameof(resource));
        }

        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, SourceLocation location)
    {
        json.WriteStartObject("location");
        json.WriteString("file", location.File ?? "");
        json.WriteNumber("line", location.Line);
        json.WriteNumber("column", location.Column);
        json.WriteEndObject();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
