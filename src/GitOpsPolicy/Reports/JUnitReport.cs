using System.Globalization;
using System.Xml;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Reports;

/// <summary>
/// JUnit XML as CI services read it: a suite per rule, a case per resource, at most one failure per case. What only warns passes
/// and says so; what is waived is skipped; what could not be answered is an error.
/// </summary>
public sealed class JUnitReport : Report
{
    private sealed record Case(string Rule, string Resource, string File, int Line, string Kind, string Type, List<string> Lines);

    private static readonly Case Summary = new("summary", "changes", "", 0, "passed", "", []);

    /// <inheritdoc/>
    public override void Write(Decision decision, ReportContext context, TextWriter writer)
    {
        var suites = Cases(decision).GroupBy(static entry => entry.Rule, StringComparer.Ordinal)
            .OrderBy(static suite => suite.Key, StringComparer.Ordinal)
            .ToList();
        // The declaration would name the encoding of the writer at hand; what reaches a file is UTF-8.
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        using var xml = XmlWriter.Create(
            writer, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true, CloseOutput = false });
        xml.WriteStartElement("testsuites");
        WriteCounts(xml, "gitops-policy", [Summary, .. suites.SelectMany(static suite => suite)]);
        WriteSummary(xml, decision);
        foreach (var suite in suites)
        {
            xml.WriteStartElement("testsuite");
            WriteCounts(xml, suite.Key, suite.ToList());
            foreach (var entry in suite) WriteCase(xml, entry);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.Flush();
        writer.WriteLine();
    }

    // The suite that opens the report: what would change. It always passes.
    private static void WriteSummary(XmlWriter xml, Decision decision)
    {
        var summary = ChangeSummary.Of(decision);
        xml.WriteStartElement("testsuite");
        WriteCounts(xml, "summary", [Summary]);
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", "summary");
        xml.WriteAttributeString("name", "changes");
        string[] lines = [summary.Sentence, .. decision.ChangeSet.Incomplete.Select(static reason => $"incomplete: {reason}")];
        xml.WriteElementString("system-out", string.Join('\n', lines.Select(XmlText.OneLine)));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static List<Case> Cases(Decision decision)
    {
        var cases = new List<Case>();
        var groups = decision.ToldFindings.GroupBy(
            static finding => (finding.Rule, Resource: finding.Resource?.ToString() ?? "the change set"));
        foreach (var group in groups)
        {
            var worst = group.OrderBy(static finding => finding.Waiver is not null)
                .ThenByDescending(static finding => finding.Action)
                .ThenByDescending(static finding => finding.Severity)
                .First();
            var place = ReviewPlace.Of(worst).Shown;
            var kind = (worst.Waiver, worst.Action) switch
            {
                (not null, _) => "skipped",
                (_, FindingAction.Deny) => "failure",
                _ => "system-out",
            };
            var lines = group
                .Select(
                    static finding =>
                        $"{finding.Location}: {finding.Message}{(finding.Waiver is null ? "" : $" (waived by {finding.Waiver}: {finding.WaiverReason})")}")
                .ToList();
            cases.Add(new(
                group.Key.Rule, group.Key.Resource, place.File, place.Line, kind, worst.Action.ToString().ToLowerInvariant(),
                lines));
        }

        foreach (var failure in decision.Failures)
            cases.Add(new(
                failure.Rule, failure.Resource?.ToString() ?? "the change set", failure.Location.File, failure.Location.Line,
                "error", "failure", [$"{failure.Location}: {failure.Message}"]));
        foreach (var unsure in decision.Undetermined)
            cases.Add(new(
                unsure.Rule, unsure.Resource?.ToString() ?? "the change set", unsure.Location.File, unsure.Location.Line, "error",
                "undetermined", [$"needs {string.Join(", ", unsure.Unknowns)}"]));
        foreach (var problem in decision.ChangeSet.Problems)
            cases.Add(new(
                "input", problem.Location.File, problem.Location.File, problem.Location.Line, "error", "unreadable",
                [problem.ToString()]));
        if (cases.Count == 0)
            cases.Add(new(
                "gitops-policy",
                $"{Counted.Of(decision.RuleCount, "rule")} on {Counted.Of(decision.ChangeSet.Changes.Length + decision.ChangeSet.Uneventful, "change")}", "", 0, "passed", "", []));
        return cases;
    }

    private static void WriteCounts(XmlWriter xml, string name, List<Case> cases)
    {
        xml.WriteAttributeString("name", XmlText.OneLine(name));
        xml.WriteAttributeString("tests", Number(cases.Count));
        xml.WriteAttributeString("failures", Number(cases.Count(static entry => entry.Kind == "failure")));
        xml.WriteAttributeString("errors", Number(cases.Count(static entry => entry.Kind == "error")));
        xml.WriteAttributeString("skipped", Number(cases.Count(static entry => entry.Kind == "skipped")));
    }

    private static void WriteCase(XmlWriter xml, Case entry)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", XmlText.OneLine(entry.Rule));
        xml.WriteAttributeString("name", XmlText.OneLine(entry.Resource));
        if (!string.IsNullOrEmpty(entry.File)) xml.WriteAttributeString("file", XmlText.OneLine(entry.File));
        if (entry.Line > 0) xml.WriteAttributeString("line", Number(entry.Line));
        if (entry.Kind != "passed")
        {
            xml.WriteStartElement(entry.Kind);
            if (entry.Kind != "system-out") xml.WriteAttributeString("message", XmlText.OneLine(entry.Lines[0]));
            if (entry.Kind is "failure" or "error") xml.WriteAttributeString("type", entry.Type);
            if (entry.Kind != "skipped") xml.WriteString(string.Join('\n', entry.Lines.Select(XmlText.OneLine)));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
