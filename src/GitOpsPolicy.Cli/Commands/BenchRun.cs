using System.Collections.Immutable;
using System.Globalization;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies.Costs;
using GitOpsPolicy.Policies.Testing;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>One run of <c>bench</c>: read the inputs, measure, write, compare.</summary>
internal sealed class BenchRun(Terminal terminal, BenchOptions options)
{
    private readonly Progress progress = new(terminal);

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public int Execute(CancellationToken cancellation)
    {
        if (options.FailOnIncrease is not null && options.Compare is null)
            throw new UsageException("`--fail-on-increase` needs a baseline: name it as `--compare FILE`");
        var baseline = ReadBaseline(out var exit);
        if (exit != ExitCode.Passed) return exit;
        if (!TryReadInputs(cancellation, out var inputs, out exit)) return exit;

        var settings = CostSettings.Default with { Rounds = options.Rounds };
        var report = new CostMeasurement(settings, static () => Environment.CpuUsage.TotalTime)
            .Measure(inputs, round => progress.Say($"measuring, round {round} of {settings.Rounds}"), cancellation);
        progress.Clear();
        if (options.Save is { } file)
            new ReportFiles(terminal, []).WriteFile(file, writer => CostBaseline.Write(report, ReportFiles.ToolVersion, writer));
        var comparison = baseline is null ? null : CostComparison.Of(report, baseline);
        Write(report, comparison);
        return comparison is null ? ExitCode.Passed : Judge(comparison);
    }

    private CostBaseline? ReadBaseline(out int exit)
    {
        exit = ExitCode.Passed;
        if (options.Compare is not { } file) return null;
        var path = Path.Combine(terminal.WorkingDirectory, file);
        if (!File.Exists(path)) throw new UsageException($"there is no baseline `{file}`; write it with `--save {file}`");
        var loaded = CostBaseline.Read(file, File.ReadAllBytes(path));
        if (!loaded.TryGet(out var baseline))
            exit = RuleSources.Refuse(terminal.Error, "the baseline cannot be read", loaded.Problems);
        return baseline;
    }

    private bool TryReadInputs(CancellationToken cancellation, out ImmutableArray<CostInput> inputs, out int exit)
    {
        using var head = new WorkTree(terminal.WorkingDirectory);
        return options.Inputs is { Paths.IsEmpty: true, Plans.IsEmpty: true, Base: null }
            ? TryReadCases(head, out inputs, out exit)
            : TryReadGiven(head, cancellation, out inputs, out exit);
    }

    private bool TryReadCases(WorkTree tree, out ImmutableArray<CostInput> inputs, out int exit)
    {
        (inputs, exit) = ([], ExitCode.Passed);
        var source = RuleSources.SourceOf(
            tree, options.Inputs.Config, options.Inputs.Policies is { } folder ? [folder] : [], terminal);
        var tests = RuleTests.Load(source);
        if (!tests.TryGet(out var loaded))
        {
            var isMissing = tests.Problems is [{ Message: RuleTests.NoTests }];
            exit = RuleSources.Refuse(
                terminal.Error, isMissing ? "there is nothing to run the rules on" : "the rules and their tests do not load",
                tests.Problems);
            if (isMissing)
                terminal.Error.WriteLine(
                    "gitops-policy: name inputs to run them on: `gitops-policy bench PATH…` or `--plan FILE`");
            return false;
        }

        var read = loaded.ReadCostInputs();
        if (read.TryGet(out var cases)) inputs = cases.All;
        else Unreadable(read.Problems, out exit);
        return exit == ExitCode.Passed;
    }

    private bool TryReadGiven(WorkTree head, CancellationToken cancellation, out ImmutableArray<CostInput> inputs, out int exit)
    {
        (inputs, exit) = ([], ExitCode.Passed);
        using var baseline = Baseline.Open(options.Inputs.Base, terminal);
        if (!new RuleSources(options.Inputs, head, baseline, terminal).TryLoad(terminal.Error, out var rules))
        {
            exit = ExitCode.Usage;
            return false;
        }

        var changes = new ChangeReader(terminal, options.Inputs, progress).Read(head, baseline, cancellation);
        if (changes.Problems.IsEmpty) inputs = CostInput.Of(rules, changes, options.Inputs.Environment);
        else Unreadable(changes.Problems, out exit);
        return exit == ExitCode.Passed;
    }

    private void Unreadable(ImmutableArray<Documents.Problem> problems, out int exit)
    {
        RuleSources.Refuse(terminal.Error, "costs are not known while inputs cannot be read", problems);
        exit = ExitCode.NoAnswer;
    }

    private void Write(CostReport report, CostComparison? comparison)
    {
        if (options.IsJson)
        {
            CostJsonReport.Write(report, comparison, ReportFiles.ToolVersion, terminal.Out);
            return;
        }

        CostTextReport.Write(report, terminal.Out);
        if (comparison is not null) CostTextReport.Write(comparison, terminal.Out);
    }

    private int Judge(CostComparison comparison)
    {
        if (comparison.MeasuredBy != ReportFiles.ToolVersion)
            terminal.Error.WriteLine($"gitops-policy: the baseline was measured by version {comparison.MeasuredBy}, this is {ReportFiles.ToolVersion}: what a step costs may have changed");
        if (options.FailOnIncrease is not { } limit) return ExitCode.Passed;
        if (!comparison.HasGround)
        {
            terminal.Error.WriteLine($"gitops-policy: `{options.Compare}` and this run have no input in common, so nothing could be compared; write it anew with `--save`");
            return ExitCode.NoAnswer;
        }

        var over = comparison.Over(limit);
        foreach (var rule in over)
            terminal.Error.WriteLine($"gitops-policy: {rule.Rule} uses {rule.FuelNow} fuel where the baseline has {rule.FuelBefore} ({CostTextReport.Increase(rule.FuelIncrease)}); at most +{limit.ToString(CultureInfo.InvariantCulture)} % is allowed");
        return over.IsEmpty ? ExitCode.Passed : ExitCode.Failed;
    }
}
