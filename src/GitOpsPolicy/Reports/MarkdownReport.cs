using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Reports;

/// <summary>
/// A comment for a pull request. Everything that came from an input stands in a code span, where no mention, link, image, HTML or
/// emphasis is read.
/// </summary>
public sealed class MarkdownReport : Report
{
    /// <summary>The longest comment that GitHub takes, in characters.</summary>
    private const int CommentLimit = 65_536;

    private const int NamedChanges = 30;

    /// <summary>The longest single text shown, so that no name pushes out the rest of the comment.</summary>
    private const int SpanLimit = 500;

    /// <inheritdoc/>
    public override void Write(Decision decision, ReportContext context, TextWriter writer)
    {
        var head = new StringBuilder();
        WriteSummary(head, decision);
        var foot =
            $"\n<sub>{Counted.Of(decision.RuleCount, "rule")}, {decision.RuleSetDigest}, decision {Code(decision.Id)}</sub>\n";
        var left = CommentLimit - head.Length - foot.Length - 200;
        var dropped = 0;
        foreach (var block in Blocks(decision))
        {
            if (block.Length > left) dropped++;
            else head.Append(block);
            left -= block.Length > left ? 0 : block.Length;
        }

        if (dropped > 0)
            head.Append($"\n…and {dropped} more, which do not fit into one comment. The full list is in the other reports of this run.\n");
        writer.Write(head.Append(foot).ToString());
    }

    private static void WriteSummary(StringBuilder page, Decision decision)
    {
        var summary = ChangeSummary.Of(decision);
        page.Append($"### gitops-policy: {decision.Outcome.ToString().ToLowerInvariant()}\n\n");
        page.Append("**Changes:** ")
            .Append(summary.Counts.IsEmpty
                ? "none"
                : string.Join(", ", summary.Counts.Select(static part => $"{part.Count} {part.Word}")))
            .Append('\n');
        if (!summary.Destructive.IsEmpty)
        {
            page.Append("\n**Destroyed or let go:**\n\n");
            foreach (var (change, isAcknowledged) in summary.Destructive.Take(NamedChanges))
                page.Append($"- {ChangeSummary.Word(change)} {Code(change.Resource.ToString())}{Why(change)}{(isAcknowledged ? ", acknowledged" : "")}\n");
            if (summary.Destructive.Length > NamedChanges)
                page.Append($"- …and {summary.Destructive.Length - NamedChanges} more\n");
        }

        foreach (var reason in decision.ChangeSet.Incomplete.Take(NamedChanges))
            page.Append($"\n> **Incomplete:** {Code(reason)}\n");
    }

    private static string Why(Change change) => change switch
    {
        { ReplacePaths: { IsEmpty: false } paths } => $", forced by {Code(string.Join(' ', paths))}",
        { PairedWith: not null } => ", looks like a rename",
        _ => "",
    };

    private static IEnumerable<string> Blocks(Decision decision)
    {
        var findings = decision.ToldFindings.OrderBy(static finding => finding.Waiver is not null)
            .ThenByDescending(static finding => finding.Action)
            .ThenByDescending(static finding => finding.Severity)
            .ToList();
        if (findings.Count > 0) yield return "\n| | where | what |\n| --- | --- | --- |\n";
        foreach (var finding in findings)
        {
            var action = finding.Waiver is null ? finding.Action.ToString().ToLowerInvariant() : "waived";
            var fix = finding is { Waiver: null, Remediation: { } remediation } ? $"<br>fix: {Cell(remediation)}" : "";
            var waiver = finding.Waiver is null ? "" : $"<br>{Cell($"{finding.Waiver}: {finding.WaiverReason}")}";
            yield return $"| **{action}** {finding.Severity.ToString().ToLowerInvariant()} | {Cell(finding.Location.ToString())} | {Cell(finding.Message)}<br>{Cell(finding.Rule)}{fix}{waiver} |\n";
        }

        foreach (var unsure in decision.Undetermined)
            yield return $"\n- **undetermined:** {Code(unsure.Rule)} on {Code(unsure.Resource?.ToString() ?? "the change set")} needs {Code(string.Join(", ", unsure.Unknowns))}\n";
        foreach (var failure in decision.Failures)
            yield return $"\n- **rule failed:** {Code(failure.Rule)}: {Code(failure.Message)}\n";
        foreach (var problem in decision.ChangeSet.Problems) yield return $"\n- **unreadable:** {Code(problem.ToString())}\n";
        if (decision.Findings.Length - decision.ToldFindings.Count() is var known and > 0)
            yield return $"\n- {known} known from the baseline\n";
        foreach (var note in decision.Notes.Concat(decision.ChangeSet.Notes)) yield return $"\n- note: {Code(note)}\n";
    }

    private static string Cell(string text) => MarkdownText.Cell(Short(text));

    private static string Code(string text) => MarkdownText.Code(Short(text));

    private static string Short(string text) =>
        SafeText.OneLine(text) is { Length: > SpanLimit } safe ? safe[..SpanLimit] + "…" : text;
}
