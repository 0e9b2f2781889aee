using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Testing;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Authoring.Pages;

/// <summary>Writes the page of one family.</summary>
/// <param name="rules">The rule set.</param>
/// <param name="tests">The tests of its rules, which the examples are taken from.</param>
/// <param name="links">Links to the files of the rules.</param>
internal sealed class RulePage(RuleSet rules, RuleTests tests, PageLinks links)
{
    private readonly StringBuilder page = new();

    /// <summary>The text of the page.</summary>
    public string Write(RuleFamily family, CancellationToken cancellation)
    {
        page.Append("<!-- Written by `gitops-policy rules --format markdown`. Change the rules, their tests or their README.md, and write it again. -->\n\n");
        page.Append(family.Readme is { } readme
            ? links.Moved(Introduction.Of(readme), family.Folder)
            : $"# {MarkdownText.Line(family.Page)}\n");
        page.Append("\n## Rules\n\n| rule | severity | what it wants |\n| --- | --- | --- |\n");
        foreach (var rule in family.Rules)
            page.Append($"| [{MarkdownText.Cell(rule.Name)}](#{rule.Name}) | {Words<Severity>.Of(rule.Severity)} | {MarkdownText.Line(rule.Title)} |\n");
        foreach (var rule in family.Rules) Write(rule, cancellation);
        return page.ToString();
    }

    private void Write(RuleMetadata rule, CancellationToken cancellation)
    {
        page.Append($"\n## {rule.Name}\n\n**{MarkdownText.Line(rule.Title)}.**\n\n");
        if (rule.Description is { } description) page.Append(MarkdownText.Prose(description)).Append("\n\n");
        if (rule.Remediation is { } remediation)
            page.Append("What to do: ").Append(MarkdownText.Line(remediation)).Append("\n\n");
        WriteFacts(rule);
        ParameterTable.Write(page, rule);
        var (found, passed) = (tests.ExampleOf(rule.Name, finds: true, cancellation),
            tests.ExampleOf(rule.Name, finds: false, cancellation));
        if (found is not null) WriteExample(found, Outcome(found));
        if (passed is not null) WriteExample(passed, "Passes");
        page.Length--;
    }

    private void WriteFacts(RuleMetadata rule)
    {
        page.Append($"| severity | {Words<Severity>.Of(rule.Severity)} |\n| --- | --- |\n");
        if (rule.Category is { } category) Fact("category", MarkdownText.Line(category));
        foreach (var (what, fits) in MatchText.Of(rule)) Fact(what, fits);
        var bySurface = Enum.GetValues<Surface>().GroupBy(surface => rules.EnforcementOf(rule, surface));
        Fact(
            "findings may",
            string.Join(
                "; ",
                bySurface.Select(
                    static group =>
                        $"{Words<Enforcement>.Of(group.Key)} in {string.Join(", ", group.Select(Words<Surface>.Of))}")));
        if (!rule.IsWaivable) Fact("waivable", "no");
        if (rule.Fixes is { } fixes) Fact("fix", "yes: " + MarkdownText.Line(fixes));
        Fact("file", string.Join(", ", tests.FilesOf(rule).Select(links.To)));
        page.Append('\n');
    }

    private static string Outcome(RuleExample example) => example.Findings.Select(static finding => finding.Action)
        .DefaultIfEmpty()
        .Max() switch
    {
        FindingAction.Deny => "Denied",
        FindingAction.Warn => "Warned of",
        _ => "Recorded",
    };

    private void Fact(string name, string value) => page.Append($"| {name} | {value} |\n");

    private void WriteExample(RuleExample example, string caption)
    {
        page.Append($"**{caption}:** {MarkdownText.Line(example.Name)}");
        if (example.Environment is { } environment) page.Append($", in the environment {MarkdownText.Code(environment)}");
        if (example.Parameters is { Count: > 0 } parameters)
            page.Append($", with {MarkdownText.Code(NodeWriter.ToJson(parameters))}");
        page.Append(".\n\n")
            .Append(MarkdownText.Block("yaml", string.Join("---\n", example.Shown.Select(BlockYaml.Write))))
            .Append('\n');
        foreach (var finding in example.Findings) page.Append($"- {MarkdownText.Line(finding.Message)}\n");
        if (!example.Findings.IsEmpty) page.Append('\n');
    }
}
