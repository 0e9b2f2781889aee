using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Reports;

/// <summary>GitLab's code-quality report: an array of issues, each with a fingerprint that is its own.</summary>
public sealed class GitLabReport : Report
{
    /// <inheritdoc/>
    public override void Write(Decision decision, ReportContext context, TextWriter writer)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 12);
        var used = new HashSet<string>(StringComparer.Ordinal);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartArray();
            foreach (var finding in decision.Findings.Where(static finding => !finding.IsExcused))
                WriteIssue(json, finding, used);
            foreach (var failure in decision.Failures)
                WriteIssue(
                    json, failure.Rule, $"rule failed: {failure.Message}", "blocker",
                    Unique(failure.Rule + failure.Resource?.Canonical, used), failure.Location.File, failure.Location.Line);
            foreach (var unsure in decision.Undetermined)
                WriteIssue(
                    json, unsure.Rule, $"undetermined: needs {string.Join(", ", unsure.Unknowns)}", "major",
                    Unique($"?{unsure.Rule}{unsure.Resource?.Canonical}", used), unsure.Location.File, unsure.Location.Line);
            foreach (var problem in decision.ChangeSet.Problems)
                WriteIssue(
                    json, "unreadable-input", problem.Message, "blocker",
                    Unique($"!{problem.Location.File}{problem.Message}", used), problem.Location.File, problem.Location.Line);
            json.WriteEndArray();
        }

        WriteJson(writer, buffer.WrittenSpan);
    }

    private static void WriteIssue(Utf8JsonWriter json, Finding finding, HashSet<string> used)
    {
        var place = ReviewPlace.Of(finding).Shown;
        WriteIssue(json, finding.Rule, finding.Message, Name(finding), Unique(finding.Fingerprint, used), place.File, place.Line);
    }

    private static void WriteIssue(
        Utf8JsonWriter json, string rule, string description, string severity, string fingerprint, string? file, int line)
    {
        json.WriteStartObject();
        json.WriteString("description", SafeText.OneLine(description));
        json.WriteString("check_name", rule);
        json.WriteString("fingerprint", fingerprint);
        json.WriteString("severity", severity);
        json.WriteStartObject("location");
        json.WriteString("path", string.IsNullOrEmpty(file) ? "." : file);
        json.WriteStartObject("lines");
        json.WriteNumber("begin", Math.Max(line, 1));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // GitLab drops an issue whose fingerprint it has seen.
    private static string Unique(string fingerprint, HashSet<string> used)
    {
        for (var n = 0; ; n++)
        {
            var candidate = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{fingerprint}#{n}")))[..32];
            if (used.Add(candidate)) return candidate;
        }
    }

    private static string Name(Finding finding) => finding.Severity switch
    {
        Severity.Critical => "blocker",
        Severity.High => "critical",
        Severity.Medium => "major",
        Severity.Low => "minor",
        _ => "info",
    };
}
