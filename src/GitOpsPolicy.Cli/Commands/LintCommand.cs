using System.Collections.Immutable;
using System.CommandLine;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies.Linting;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy lint</c>: looks for what loads in rule files and is a mistake all the same.</summary>
internal static class LintCommand
{
    private static readonly ImmutableArray<string> Formats = ["text", "json", "sarif", "github"];

    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Folders or files with rules. Default: what the configuration names.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var config = new RuleSourceOptions().Config;
        var format = new Option<string>("--format")
        {
            HelpName = string.Join('|', Formats),
            Description = "How to write the findings.",
            DefaultValueFactory = static _ => "text",
        };
        format.AcceptOnlyFromAmong([.. Formats]);
        var output = new Option<string?>("--output")
        {
            HelpName = "FILE",
            Description = "Where they go. Default: standard output.",
        };
        var failOn = new Option<string>("--fail-on")
        {
            HelpName = "warning|error",
            Description = "The mildest severity that makes the exit code 1.",
            DefaultValueFactory = static _ => "error",
        };
        failOn.AcceptOnlyFromAmong("warning", "error");
        var list = new Option<bool>("--list") { Description = "Say what is looked for, and how bad it is; lint nothing." };
        var command = new Command(
            "lint",
            "Looks at rules for mistakes that do not keep them from loading.") { paths, config, format, output, failOn, list };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(list))
            {
                LintTextReport.WriteTable(terminal.Out);
                return ExitCode.Passed;
            }

            using var tree = new WorkTree(terminal.WorkingDirectory);
            var source = RuleSources.SourceOf(tree, parsed.GetValue(config), parsed.GetValue(paths) ?? [], terminal);
            var loaded = Linter.Lint(source, DateOnly.FromDateTime(terminal.Clock.GetUtcNow().UtcDateTime));
            if (!loaded.TryGet(out var report))
                return RuleSources.Refuse(terminal.Error, "the rules do not load", loaded.Problems);
            if (report.RuleCount == 0 && !source.Policies.IsEmpty)
                throw new UsageException("there are no rules to lint; name their folder: `gitops-policy lint PATH`");

            var exit = report.HasAtLeast(parsed.GetValue(failOn) == "warning" ? LintSeverity.Warning : LintSeverity.Error)
                ? ExitCode.Failed
                : ExitCode.Passed;
            var name = parsed.GetRequiredValue(format);
            if (parsed.GetValue(output) is { } file)
                new ReportFiles(terminal, []).WriteFile(file, writer => Write(report, name, exit, writer));
            else Write(report, name, exit, terminal.Out);
            return exit;
        });
        return command;
    }

    private static void Write(LintReport report, string format, int exit, TextWriter writer)
    {
        if (format == "text") LintTextReport.Write(report, writer);
        else if (format == "json") LintJsonReport.Write(report, writer);
        else
            Report.ByName[format].Write(
                LintDecision.Of(report), new() { ToolVersion = ReportFiles.ToolVersion, ExitCode = exit }, writer);
    }
}
