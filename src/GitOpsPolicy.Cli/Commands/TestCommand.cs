using System.CommandLine;
using System.Text.RegularExpressions;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies.Testing;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy test</c>: runs the tests of rules.</summary>
internal static class TestCommand
{
    /// <summary>A filter is the user's own, but a pattern that backtracks for ever is easily written.</summary>
    private static readonly TimeSpan FilterPatience = TimeSpan.FromSeconds(1);

    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Folders or files with rules and their tests. Default: what the configuration names.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var config = new RuleSourceOptions().Config;
        var run = new Option<string?>("--run")
        {
            HelpName = "REGEX",
            Description = "Run only the cases whose `test: case` name the pattern is found in.",
        };
        var junit = new Option<string?>("--junit") { HelpName = "FILE", Description = "Also write the results as JUnit XML." };
        var verbose = new Option<bool>("--verbose") { Description = "List the cases that passed too." };
        var coverage = new CoverageOptions();
        var mutate = new Option<bool>("--mutate")
        {
            Description = "Then change each rule in one small way after the other, and list the changes that no test notices.",
        };
        var (update, watch) = (SnapshotUpdate.CreateOption(), TestWatch.CreateOption());
        var command = new Command("test", "Runs the tests of rules (`*.test.yaml`); fails when it finds none.")
        {
            paths, config, run, junit, verbose, coverage.Coverage, coverage.Threshold, mutate, update, watch,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var filter = Filter(parsed.GetValue(run));
            if (parsed.GetValue(watch))
                return new TestWatch(
                    terminal,
                    files => RuleSources.SourceOf(files, parsed.GetValue(config), parsed.GetValue(paths) ?? [], terminal), filter,
                    parsed.GetValue(verbose)).RunAsync(
                    parsed, cancellation);
            using var tree = new WorkTree(terminal.WorkingDirectory);
            var measures = TestMeasures.Read(parsed, coverage, mutate);
            CoverageOptions.RequirePaths(measures.Paths, tree);
            var source = RuleSources.SourceOf(
                tree, parsed.GetValue(config), [.. parsed.GetValue(paths) ?? [], .. measures.Paths], terminal);
            if (parsed.GetValue(update)) SnapshotUpdate.Run(source, terminal, cancellation);
            var loaded = RuleTests.Load(source, measures.CountsCoverage);
            if (!loaded.TryGet(out var tests))
                return Task.FromResult(RuleSources.Refuse(terminal.Error, "the tests do not load", loaded.Problems));
            var report = tests.Run(filter, cancellation);
            if (parsed.GetValue(junit) is { } file)
                new ReportFiles(terminal, []).WriteFile(file, writer => RuleTestJUnitReport.Write(report, writer));
            var told = Tell(
                report, tests.Count, parsed.GetValue(verbose), measures.IsForProgram ? terminal.Error : terminal.Out,
                terminal.Error);
            return Task.FromResult(
                told == ExitCode.Usage ? told : Math.Max(told, measures.Take(tests, report, filter, terminal, cancellation)));
        });
        return command;
    }

    private static Regex? Filter(string? pattern)
    {
        try
        {
            return pattern is null ? null : new Regex(pattern, RegexOptions.CultureInvariant, FilterPatience);
        }
        catch (RegexParseException e)
        {
            throw new UsageException($"`--run {pattern}` is no regular expression: {e.Message}");
        }
    }

    /// <summary>Writes what came of the cases.</summary>
    /// <returns>The exit code.</returns>
    internal static int Tell(RuleTestReport report, int found, bool verbose, TextWriter page, TextWriter errors)
    {
        foreach (var result in report.Results)
        {
            if (!result.Passed || verbose) page.WriteLine($"{(result.Passed ? "ok  " : "FAIL")}  {result.Test}: {result.Case}");
            foreach (var failure in result.Failures) page.WriteLine($"      {failure.Location}: {failure.Message}");
        }

        if (report.Results.IsEmpty)
        {
            errors.WriteLine(found == 0
                ? "gitops-policy: no tests were found; write one beside each rule, as `NAME.test.yaml`"
                : $"gitops-policy: `--run` leaves none of {Counted.Of(found, "case")}");
            return ExitCode.Usage;
        }

        page.WriteLine($"{report.PassedCount} passed, {report.FailedCount} failed");
        return report.Passed ? ExitCode.Passed : ExitCode.Failed;
    }
}
