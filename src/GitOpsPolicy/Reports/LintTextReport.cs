using GitOpsPolicy.Policies.Linting;

namespace GitOpsPolicy.Reports;

/// <summary>Lint findings for a person: one line each, in the form that editors and terminals make clickable.</summary>
public static class LintTextReport
{
    /// <summary>Writes them all, and a line that sums up.</summary>
    public static void Write(LintReport report, TextWriter writer)
    {
        foreach (var finding in report.Findings)
            writer.WriteLine(SafeText.OneLine(
                $"{finding.Location}: {Word(finding.Lint.Severity)}: {finding.Message} ({finding.Lint.Id})"));
        foreach (var advice in report.Findings.Select(static finding => finding.Lint)
            .Distinct()
            .OrderBy(static lint => lint.Id, StringComparer.Ordinal))
            writer.WriteLine($"fix   {advice.Id}: {advice.Advice}");
        writer.WriteLine(
            $"{Counted(report.Count(LintSeverity.Error), "error")}, {Counted(report.Count(LintSeverity.Warning), "warning")}, {Counted(report.Count(LintSeverity.Info), "note")}, "
            + $"{report.Silenced.Length} silenced; {Counted(report.RuleCount, "rule")}");
    }

    /// <summary>Writes what <c>lint</c> looks for.</summary>
    public static void WriteTable(TextWriter writer)
    {
        var width = LintRule.All.Max(static lint => lint.Id.Length);
        foreach (var lint in LintRule.All.OrderBy(static lint => lint.Id, StringComparer.Ordinal))
            writer.WriteLine($"{lint.Id.PadRight(width)}  {Word(lint.Severity),-7}  {lint.Explanation}");
    }

    /// <summary>A severity in a word.</summary>
    public static string Word(LintSeverity severity) => severity.ToString().ToLowerInvariant();

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
