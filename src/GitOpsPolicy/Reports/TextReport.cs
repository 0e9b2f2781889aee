using System.Globalization;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Reports;

/// <summary>
/// The report for a person at a terminal: first what would change, then findings by file with the line they are about, then one
/// line that sums up.
/// </summary>
public sealed class TextReport : Report
{
    /// <summary>
    /// So many destructive changes are named; the rest are counted. The findings name each that a rule objects to.
    /// </summary>
    private const int NamedChanges = 20;

    /// <inheritdoc/>
    public override void Write(Decision decision, ReportContext context, TextWriter writer)
    {
        var page = new Page(writer, new Palette(context.Color), new MaskedExcerpt(decision.ChangeSet));
        page.WriteSummary(decision);
        foreach (var part in decision.ToldFindings.GroupBy(PartOf, StringComparer.Ordinal)) page.WritePart(part.Key, part);
        page.WriteDoubts(decision);
        page.WriteVerdict(decision, context);
    }

    // By file; what lives in a cluster has none.
    private static string PartOf(Finding finding) => finding switch
    {
        { Location.File.Length: > 0 } => finding.Location.File,
        { Resource: KubernetesId { Namespace.Length: > 0 } id } => $"namespace {id.Namespace}",
        { Resource: KubernetesId } => "(outside of namespaces)",
        _ => "(whole change set)",
    };

    private sealed class Page(TextWriter writer, Palette palette, MaskedExcerpt excerpts)
    {
        public void WriteSummary(Decision decision)
        {
            var summary = ChangeSummary.Of(decision);
            var counts = summary.Counts.IsEmpty
                ? "nothing to judge"
                : string.Join(", ", summary.Counts.Select(static part => $"{part.Count} {part.Word}"));
            writer.WriteLine($"{palette.Strong("Changes")}  {counts}");
            foreach (var destroyed in summary.Destructive.Take(NamedChanges))
                writer.WriteLine(
                    $"  {Describe(destroyed.Change)}{(destroyed.IsAcknowledged ? palette.Faint(", acknowledged") : "")}");
            if (summary.Destructive.Length > NamedChanges)
                writer.WriteLine($"  … and {summary.Destructive.Length - NamedChanges} more that destroy or let go");
            foreach (var reason in decision.ChangeSet.Incomplete)
                writer.WriteLine($"  {palette.Warn("incomplete")}  {SafeText.OneLine(reason)}");
            writer.WriteLine();
        }

        private string Describe(Change change)
        {
            var why = change switch
            {
                { ReplacePaths: { IsEmpty: false } paths } => $", forced by {SafeText.OneLine(string.Join(' ', paths))}",
                { Reason: { } reason } => $", {SafeText.OneLine(reason)}",
                { PairedWith: not null } => ", looks like a rename",
                _ => "",
            };
            return $"{palette.Deny(ChangeSummary.Word(change))}  {SafeText.OneLine(change.Resource.ToString())}{palette.Faint(why)}";
        }

        public void WritePart(string name, IEnumerable<Finding> findings)
        {
            writer.WriteLine(palette.Strong(SafeText.OneLine(name)));
            foreach (var finding in findings) WriteFinding(finding);
            writer.WriteLine();
        }

        private void WriteFinding(Finding finding)
        {
            var place = (finding.Location.Line, finding.Location.Column) switch
            {
                (0, _) => "",
                (var line, 0) => $"{line}  ",
                var (line, column) => $"{line}:{column}  ",
            };
            var action = finding.Waiver is null ? palette.Action(finding.Action) : palette.Faint("waived");
            writer.WriteLine($"  {place}{action}  {SafeText.OneLine(finding.Message)}  {palette.Faint($"{SafeText.OneLine(finding.Rule)}, {Name(finding.Severity)}")}");
            if (excerpts.TryGet(finding, out var excerpt)) WriteExcerpt(finding, excerpt);
            else if (finding.Resource is { } resource)
                writer.WriteLine(palette.Faint(
                    $"      {SafeText.OneLine(resource.ToString())} {SafeText.OneLine(finding.Pointer)}".TrimEnd()));
            if (finding.Waiver is { } waiver)
                writer.WriteLine($"      waived by {SafeText.OneLine(waiver)}: {SafeText.OneLine(finding.WaiverReason ?? "")}");
            else if (finding.Remediation is { } remediation)
                writer.WriteLine($"      {palette.Faint("fix:")} {SafeText.OneLine(remediation)}");
        }

        private void WriteExcerpt(Finding finding, Documents.Excerpt excerpt)
        {
            var number = finding.Location.Line.ToString(CultureInfo.InvariantCulture);
            var before = SafeText.OneLine(excerpt.Text[..Math.Min(excerpt.Caret, excerpt.Text.Length)]);
            writer.WriteLine($"      {palette.Faint(number + " |")} {SafeText.OneLine(excerpt.Text)}");
            if (finding.Location.Column > 0)
                writer.WriteLine($"      {palette.Faint(new string(' ', number.Length) + " |")} {new string(' ', before.Length)}{palette.Warn("^")}");
        }

        public void WriteDoubts(Decision decision)
        {
            foreach (var unsure in decision.Undetermined)
                writer.WriteLine($"{palette.Warn("undetermined")}  {SafeText.OneLine(unsure.Rule)} on {SafeText.OneLine(unsure.Resource?.ToString() ?? "the change set")}: needs {SafeText.OneLine(string.Join(", ", unsure.Unknowns))}");
            foreach (var failure in decision.Failures)
                writer.WriteLine($"{palette.Deny("rule failed")}  {SafeText.OneLine(failure.Location.ToString())}: {SafeText.OneLine(failure.Message)} (rule {SafeText.OneLine(failure.Rule)} on {SafeText.OneLine(failure.Resource?.ToString() ?? "the change set")})");
            foreach (var problem in decision.ChangeSet.Problems)
                writer.WriteLine($"{palette.Deny("unreadable")}  {SafeText.OneLine(problem.ToString())}");
            foreach (var note in decision.Notes.Concat(decision.ChangeSet.Notes))
                writer.WriteLine($"{palette.Faint("note")}  {SafeText.OneLine(note)}");
            WriteFixes(decision.ToldFindings.Count(static finding => finding.Fix is { Edits.IsEmpty: false }));
            if (decision.ToldFindings.Any(static finding => finding.Fix is { Edits.IsEmpty: false })
                || !decision.Undetermined.IsEmpty || !decision.Failures.IsEmpty || !decision.ChangeSet.Problems.IsEmpty
                || !decision.Notes.IsEmpty || !decision.ChangeSet.Notes.IsEmpty)
                writer.WriteLine();
        }

        private void WriteFixes(int count)
        {
            if (count > 0)
                writer.WriteLine($"{palette.Faint("fix")}  {(count == 1 ? "one of these has" : $"{count} of these have")} a certain fix: gitops-policy check --fix-patch fixes.patch, then git apply fixes.patch");
        }

        public void WriteVerdict(Decision decision, ReportContext context)
        {
            var live = decision.Findings.Where(static finding => !finding.IsExcused).ToLookup(static finding => finding.Action);
            var parts =
                new List<string> { $"{live[FindingAction.Deny].Count()} denied", $"{live[FindingAction.Warn].Count()} warned" };
            if (live[FindingAction.Audit].Any()) parts.Add($"{live[FindingAction.Audit].Count()} noted");
            if (decision.Findings.Count(static finding => finding.Waiver is not null) is var waived and > 0)
                parts.Add($"{waived} waived");
            if (decision.Findings.Count(static finding => finding.KnownSince is not null) is var known and > 0)
                parts.Add($"{known} in the baseline");
            var outcome = context.ExitCode == ExitCode.NoAnswer
                ? palette.Deny("no trustworthy answer")
                : palette.Outcome(decision.Outcome);
            writer.WriteLine(
                $"{outcome}  {string.Join(", ", parts)}; {Counted.Of(decision.RuleCount, "rule")}, {decision.RuleSetDigest}");
        }

        private static string Name(Severity severity) => severity.ToString().ToLowerInvariant();
    }

    /// <summary>Terminal colours, or none.</summary>
    private sealed class Palette(bool color)
    {
        public string Strong(string text) => Paint("1", text);

        public string Faint(string text) => Paint("2", text);

        public string Warn(string text) => Paint("33", text);

        public string Deny(string text) => Paint("31", text);

        public string Action(FindingAction action) => action switch
        {
            FindingAction.Deny => Deny("deny"),
            FindingAction.Warn => Warn("warn"),
            _ => Faint("audit"),
        };

        public string Outcome(Outcome outcome) => outcome switch
        {
            Evaluation.Outcome.Allow => Paint("32", "allow"),
            Evaluation.Outcome.Warn => Warn("warn"),
            Evaluation.Outcome.Undetermined => Warn("undetermined"),
            _ => Deny("deny"),
        };

        private string Paint(string code, string text) => color && text.Length > 0 ? $"\u001b[{code}m{text}\u001b[0m" : text;
    }
}
