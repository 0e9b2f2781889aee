using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Fixing;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Promotion;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// One run of <c>check</c>: load the rules, read the inputs as changes, evaluate, report. Reports are written last and whole, so
/// an interrupted run leaves nothing half-written.
/// </summary>
internal sealed class CheckRun(Terminal terminal, CheckOptions options)
{
    private readonly Progress progress = new(terminal);

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        if (options is { FindingsToWrite: not null, Base: not null })
            throw new UsageException(
                "`--write-baseline` writes down what is there, not what a change brings: leave out `--base`");
        using var head = new WorkTree(terminal.WorkingDirectory);
        using var baseline = Baseline.Open(options.Base, terminal);
        var sources = new RuleSources(options, head, baseline, terminal);
        var known = new KnownFindings(options, head, baseline, terminal);
        if (!sources.TryLoad(terminal.Error, out var rules) || !known.TryLoad()) return Task.FromResult(ExitCode.Usage);

        var changes = new ChangeReader(terminal, options, progress) { Config = rules.Config }.Read(head, baseline, cancellation);
        if (PromotionInput.IsWanted(rules.Config))
            changes = PromotionOptions.AddTo(changes, options, new(rules.Config, baseline?.Files), head, terminal);
        progress.Say($"judging {Counted.Of(changes.Changes.Length, "change")} with {Counted.Of(rules.Rules.Length, "rule")}");
        cancellation.ThrowIfCancellationRequested();
        var evaluation = Judging.OptionsFor(terminal, options.Environment);
        if (PromotionOptions.Moment(options.Now) is { } now)
            evaluation = evaluation with { Drift = evaluation.Drift with { Now = now } };
        var decision = new Evaluator(rules).Evaluate(changes, evaluation, cancellation);
        decision = sources.WithConfigurationsPassedOver(sources.WithEffectOfRuleChanges(
            decision, changes, evaluation, cancellation));
        progress.Clear();
        var fixes = FixFinder.Find(known.Apply(decision), head);
        decision = fixes.Decision;

        var exitCode = ExitCode.For(decision, options.FailOn, options.AllowUndetermined);
        new ReportFiles(terminal, options.Reports).Write(decision, exitCode);
        if (options.FixPatch is { } patch) FixPatch.Write(fixes, patch, terminal);
        return Task.FromResult(exitCode);
    }
}
