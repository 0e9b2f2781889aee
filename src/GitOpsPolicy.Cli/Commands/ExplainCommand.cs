using System.CommandLine;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// <c>gitops-policy explain RULE|FINDING</c>: what a rule wants and why; with changes, how it comes to its answer about them; why
/// a finding is there.
/// </summary>
internal static class ExplainCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var sources = new RuleSourceOptions();
        var name = new Argument<string>("RULE|FINDING")
        {
            Description = "Name of the rule; or a finding, by its fingerprint (as JSON and SARIF have it) or its place (`FILE:LINE` or `FILE:LINE:COLUMN`).",
        };
        var inputs = new InputOptions();
        var resource = new Option<string?>("--resource")
        {
            HelpName = "NAME",
            Description = "Only changes of resources whose name contains this; also those that the rule does not judge.",
        };
        var format = CreateFormat();
        var report = new Option<string?>("--report")
        {
            HelpName = "FILE",
            Description = "Take the finding from a JSON report of `check`, instead of judging anew.",
        };
        var command = new Command(
            "explain",
            "Says what a rule wants, why, and what to do about its findings; given changes, what it read of them and how it decided. Of a finding: what it rests on, and what would satisfy it.")
        {
            name, inputs.Paths, inputs.Base, inputs.Plans, inputs.Terraform, inputs.NoRender, inputs.Environment, resource,
            format,
            report, sources.Config, sources.Policies,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));

        int Run(ParseResult parsed, CancellationToken cancellation)
        {
            var options = inputs.Read(parsed) with
            {
                Config = parsed.GetValue(sources.Config),
                Policies = parsed.GetValue(sources.Policies),
            };
            var named = parsed.GetRequiredValue(name);
            if (FindingName.TryParse(named, out var finding))
                return new ExplainFindingRun(terminal, options).Execute(
                    finding, parsed.GetValue(report), parsed.GetRequiredValue(format), cancellation);
            if (parsed.GetValue(report) is not null)
                throw new UsageException($"`--report` is for a finding, and `{named}` is the name of a rule");
            if (!options.Paths.IsEmpty || !options.Plans.IsEmpty || options.Base is not null)
                return new ExplainRun(terminal, options).Execute(
                    named, parsed.GetValue(resource), parsed.GetRequiredValue(format), cancellation);
            if (parsed.GetResult(format) is { Implicit: false })
                throw new UsageException(
                    "`--format` is how to tell what the rule did with changes: name a PATH, `--plan` or `--base`");
            if (!sources.TryLoad(parsed, terminal, out var rules)) return ExitCode.Usage;
            if (rules.Rules.FirstOrDefault(rule => rule.Name == named) is not { } rule)
                throw new UsageException($"there is no rule `{named}`; `gitops-policy rules` lists them");
            Write(terminal.Out, rules, rule);
            return ExitCode.Passed;
        }

        return command;
    }

    private static Option<string> CreateFormat()
    {
        var format = new Option<string>("--format")
        {
            HelpName = "text|json",
            Description = "How to tell what the rule did with changes.",
            DefaultValueFactory = static _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json");
        return format;
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
        if (rule.Fixes is { } fixes) page.WriteLine($"patch        `check --fix-patch FILE`: {fixes}");
        page.WriteLine($"file         {rule.Location}");
        if (rules.ParametersOf(rule.Name) is { Count: > 0 } parameters)
            page.WriteLine($"parameters   {NodeWriter.ToJson(parameters)}");
    }
}
