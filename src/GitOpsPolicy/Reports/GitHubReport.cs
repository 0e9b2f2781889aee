using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Reports;

/// <summary>
/// GitHub workflow commands, which show as annotations on the pull request. A step shows ten of each kind at most, so the worst
/// come first and the rest are counted; the Markdown report, as the step's summary, has them all.
/// </summary>
public sealed class GitHubReport : Report
{
    private const int AnnotationsOfAKind = 10;

    /// <inheritdoc/>
    public override void Write(Decision decision, ReportContext context, TextWriter writer)
    {
        WriteCommand(
            writer, "notice", "gitops-policy", default,
            $"{decision.Outcome.ToString().ToLowerInvariant()}; {ChangeSummary.Of(decision).Sentence}; rules {decision.RuleSetDigest}");
        foreach (var problem in decision.ChangeSet.Problems.Take(AnnotationsOfAKind))
            WriteCommand(writer, "error", "unreadable input", problem.Location, problem.Message);
        foreach (var failure in decision.Failures.Take(AnnotationsOfAKind))
            WriteCommand(writer, "error", $"rule {failure.Rule} failed", failure.Location, failure.Message);
        foreach (var (action, command) in ((FindingAction, string)[])[
            (FindingAction.Deny, "error"),
            (FindingAction.Warn, "warning"),
            (FindingAction.Audit, "notice")
        ])
        {
            var findings = decision.Findings.Where(finding => !finding.IsExcused && finding.Action == action)
                .OrderByDescending(static finding => finding.Severity)
                .ToList();
            foreach (var finding in findings.Take(AnnotationsOfAKind))
                WriteCommand(writer, command, finding.Rule, ReviewPlace.Of(finding).Shown, Message(finding));
            if (findings.Count > AnnotationsOfAKind)
                WriteCommand(
                    writer, "notice", "gitops-policy", default,
                    $"{findings.Count - AnnotationsOfAKind} more findings ({command}) are in the summary of this step");
        }

        foreach (var unsure in decision.Undetermined.Take(AnnotationsOfAKind))
            WriteCommand(
                writer, "warning", "undetermined", unsure.Location,
                $"{unsure.Rule} on {unsure.Resource?.ToString() ?? "the change set"} needs {string.Join(", ", unsure.Unknowns)}");
    }

    private static string Message(Finding finding) =>
        finding.Remediation is null ? finding.Message : $"{finding.Message}. Fix: {finding.Remediation}";

    private static void WriteCommand(TextWriter writer, string command, string title, SourceLocation location, string message)
    {
        writer.Write($"::{command} ");
        if (!string.IsNullOrEmpty(location.File)) writer.Write($"file={Property(location.File)},");
        if (location.Line > 0) writer.Write($"line={location.Line},");
        if (location.Column > 0) writer.Write($"col={location.Column},");
        writer.WriteLine($"title={Property(title)}::{Data(message)}");
    }

    // The escapes of GitHub's toolkit: data, and in properties the separators too.
    private static string Data(string text) =>
        SafeText.OneLine(text).Replace("%", "%25").Replace("\r", "%0D").Replace("\n", "%0A");

    private static string Property(string text) => Data(text).Replace(":", "%3A").Replace(",", "%2C");
}
