using System.CommandLine;
using GitOpsPolicy.Authoring.Pages;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Testing;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy rules [PATH…]</c>: lists the rules in force, or writes pages about them.</summary>
internal static class RulesCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Folders or files with rules. Default: what the configuration names.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var sources = new RuleSourceOptions();
        var format = new Option<string>("--format")
        {
            HelpName = "text|markdown",
            Description = "A list, or pages with parameters and examples, one for each folder of rules.",
            DefaultValueFactory = static _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "markdown");
        var output = new Option<string?>("--output")
        {
            HelpName = "DIR",
            Description = "The folder that the pages are written to. Default: standard output.",
        };
        var command = new Command(
            "rules",
            "Lists the rules in force, with what each may do; or writes pages about them.") { paths, sources.Config,
                sources.Policies, format, output };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));

        int Run(ParseResult parsed, CancellationToken cancellation)
        {
            var asPages = parsed.GetRequiredValue(format) == "markdown";
            if (!asPages && parsed.GetValue(output) is not null)
                throw new UsageException("`--output` is for the pages of `--format markdown`");
            using var tree = new WorkTree(terminal.WorkingDirectory);
            string[] folders = [
                .. parsed.GetValue(paths) ?? [],
                .. parsed.GetValue(sources.Policies) is { } policies ? (string[])[policies] : []
            ];
            var source = RuleSources.SourceOf(tree, parsed.GetValue(sources.Config), folders, terminal);
            var loaded = RuleSetLoader.Load(source);
            if (!loaded.TryGet(out var rules))
                return RuleSources.Refuse(terminal.Error, "the rules do not load", loaded.Problems);
            if (rules.Rules.IsEmpty)
                throw new UsageException(
                    "no rules were found; name their folder, or write `rules: [builtin]` into `gitops-policy.yaml`");
            return asPages ? WritePages(rules, source, parsed.GetValue(output), terminal, cancellation) : List(rules, terminal);
        }

        return command;
    }

    private static int List(RuleSet rules, Terminal terminal)
    {
        var width = rules.Rules.Max(static rule => rule.Name.Length);
        foreach (var rule in rules.Rules)
        {
            var enforcement = rules.EnforcementOf(rule, Surface.Ci).ToString().ToLowerInvariant();
            terminal.Out.WriteLine(
                $"{rule.Name.PadRight(width)}  {rule.Severity.ToString().ToLowerInvariant(),-8}  {enforcement,-5}  {rule.Title}");
        }

        terminal.Out.WriteLine($"{Counted.Of(rules.Rules.Length, "rule")}, {rules.Digest}");
        return ExitCode.Passed;
    }

    private static int WritePages(
        RuleSet rules, RuleSetSource source, string? folder, Terminal terminal, CancellationToken cancellation)
    {
        var loaded = RuleTests.Load(source, mayBeMissing: true);
        if (!loaded.TryGet(out var tests)) return RuleSources.Refuse(terminal.Error, "the tests do not load", loaded.Problems);
        var pages = RulePages.Write(rules, tests, source.Tree, folder ?? "", cancellation);
        if (folder is null)
        {
            terminal.Out.Write(string.Join('\n', pages.Select(static page => page.Text)));
            return ExitCode.Passed;
        }

        var files = new AuthoredFiles(terminal, folder);
        files.MakeFolder();
        foreach (var page in pages) files.Write(page);
        return ExitCode.Passed;
    }
}
