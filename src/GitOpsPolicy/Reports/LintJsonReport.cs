using System.Buffers;
using System.Text.Json;
using GitOpsPolicy.Policies.Linting;

namespace GitOpsPolicy.Reports;

/// <summary>Lint findings for programs: the fields that docs/reference/lint.md names.</summary>
public static class LintJsonReport
{
    /// <summary>Writes them all as one object.</summary>
    public static void Write(LintReport report, TextWriter writer)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 14);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schemaVersion", "1.0");
            json.WriteNumber("rules", report.RuleCount);
            json.WriteStartArray("findings");
            foreach (var finding in report.Findings)
            {
                json.WriteStartObject();
                Write(json, finding);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("silenced");
            foreach (var (finding, owner, reason) in report.Silenced)
            {
                json.WriteStartObject();
                Write(json, finding);
                json.WriteString("owner", owner);
                json.WriteString("reason", reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        Report.WriteJson(writer, buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, LintFinding finding)
    {
        json.WriteString("lint", finding.Lint.Id);
        json.WriteString("severity", LintTextReport.Word(finding.Lint.Severity));
        json.WriteString("message", finding.Message);
        json.WriteString("fix", finding.Lint.Advice);
        if (finding.Rule is { } rule) json.WriteString("rule", rule);
        json.WriteStartObject("location");
        json.WriteString("file", finding.Location.File);
        json.WriteNumber("line", finding.Location.Line);
        json.WriteNumber("column", finding.Location.Column);
        json.WriteEndObject();
    }
}
