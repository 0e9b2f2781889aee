using System.CommandLine;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy explain RULE</c>: what a rule wants, why, and what to do about its findings.</summary>
internal static class ExplainCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var sources = new RuleSourceOptions();
        var name = new Argument<string>("RULE") { Description = "Name of the rule, as findings show it." };
        var command = new Command("explain", "Says what a rule wants, why, and what to do about its findings.") { name, sources.Config, sources.Policies };
        command.SetAction(parsed =>
        {
            if (!sources.TryLoad(parsed, terminal, out var rules)) return ExitCode.Usage;
            var wanted = parsed.GetRequiredValue(name);
            if (rules.Rules.FirstOrDefault(rule => rule.Name == wanted) is not { } rule)
                throw new UsageException($"there is no rule `{wanted}`; `gitops-policy rules` lists them");
            Write(terminal.Out, rules, rule);
            return ExitCode.Passed;
        });
        return command;
    }

    private static void Write(TextWriter page, RuleSet rules, RuleMetadata rule)
    {
        page.WriteLine($"{rule.Name}: {rule.Title}");
        page.WriteLine();
        if (rule.Description is { } description)
        {
            page.WriteLine(description.Trim());
            page.WriteLine();
        }

        page.WriteLine($"severity     {rule.Severity.ToString().ToLowerInvariant()}");
        if (rule.Category is { } category) page.WriteLine($"category     {category}");
        page.WriteLine($"judges       {(rule.JudgesSets ? "the change set as a whole" : "each change")}");
        page.WriteLine($"enforcement  {string.Join(", ", Enum.GetValues<Surface>().Select(surface => $"{surface.ToString().ToLowerInvariant()} {rules.EnforcementOf(rule, surface).ToString().ToLowerInvariant()}"))}");
        page.WriteLine($"waivable     {(rule.IsWaivable ? "yes" : "no")}");
        if (rule.Remediation is { } remediation) page.WriteLine($"fix          {remediation}");
        page.WriteLine($"file         {rule.Location}");
        if (rules.ParametersOf(rule.Name) is { Count: > 0 } parameters) page.WriteLine($"parameters   {NodeWriter.ToJson(parameters)}");
    }
}
