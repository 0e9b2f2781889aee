using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Evaluation.Explaining;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Promotion;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reports;
using GitOpsPolicy.Reports.Explaining;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// One run of <c>explain FINDING</c>: judge the inputs as <c>check</c> would, or take a report, and tell why a finding is there.
/// </summary>
internal sealed class ExplainFindingRun(Terminal terminal, CheckOptions options)
{
    private readonly Progress progress = new(terminal);

    /// <summary>Runs it.</summary>
    /// <param name="name">The finding.</param>
    /// <param name="report">A JSON report to take it from; null to judge.</param>
    /// <param name="format">How to tell: <c>text</c> or <c>json</c>.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>The exit code: what the finding does not count.</returns>
    /// <exception cref="UsageException">There is no such finding, or nothing to look for it in.</exception>
    public int Execute(FindingName name, string? report, string format, CancellationToken cancellation)
    {
        var hasInputs = !options.Paths.IsEmpty || !options.Plans.IsEmpty || options.Base is not null;
        if (hasInputs == report is not null)
            throw new UsageException(
                $"say where the finding `{name.Text}` is: name what `check` was given, or a report of it as `--report FILE`");
        using var head = new WorkTree(terminal.WorkingDirectory);
        using var baseline = Baseline.Open(options.Base, terminal);
        if (!new RuleSources(options, head, baseline, terminal).TryLoad(terminal.Error, out var rules)) return ExitCode.Usage;
        var evaluation = Judging.OptionsFor(terminal, options.Environment);
        if (report is not null) return Take(name, format, report, head, rules, evaluation);
        var changes = new ChangeReader(terminal, options, progress) { Config = rules.Config }.Read(head, baseline, cancellation);
        if (PromotionInput.IsWanted(rules.Config))
            changes = PromotionOptions.AddTo(changes, options, new(rules.Config, baseline?.Files), head, terminal);
        return Judge(name, format, changes, rules, evaluation, cancellation);
    }

    private int Judge(
        FindingName name, string format, ChangeSet changes, RuleSet rules, EvaluationOptions evaluation,
        CancellationToken cancellation)
    {
        var decision = new Evaluator(rules).Evaluate(changes, evaluation, cancellation);
        progress.Clear();
        foreach (var problem in changes.Problems) terminal.Error.WriteLine(SafeText.OneLine(problem.ToString()));
        Tell(name, format, decision.Findings, decision.ChangeSet, rules, evaluation);
        return changes.Problems.IsEmpty ? ExitCode.Passed : ExitCode.NoAnswer;
    }

    private int Take(FindingName name, string format, string report, WorkTree head, RuleSet rules, EvaluationOptions evaluation)
    {
        if (!head.TryRead(report, out var bytes, out var problem))
            throw new UsageException(problem?.ToString() ?? $"there is no report `{report}`");
        var loaded = ReportedFindings.Read(new TextFile(report, bytes));
        if (!loaded.TryGet(out var reported))
            return RuleSources.Refuse(terminal.Error, "the report does not load", loaded.Problems);
        if (reported.RuleSetDigest != rules.Digest)
            terminal.Error.WriteLine("gitops-policy: the report was made with other rules than these; parameters and enforcement are told as they are now");
        var (findings, read) = ReportedStates.Attach([.. reported.Findings.Where(name.Names)], head);
        if (findings.IsEmpty) throw NoSuch(name, reported.Findings.Length);
        if (findings.FirstOrDefault(
            static finding =>
                finding is { Node: null, Location.Line: > 0, Change: not { Operation: Operation.Delete
                    or Operation.Forget } }) is { } gone)
            terminal.Error.WriteLine($"gitops-policy: {SafeText.OneLine(gone.Location.ToString())} no longer says what the report is about, or is read another way; what is known of the value is left out");
        Tell(name, format, findings, read, rules, evaluation);
        return ExitCode.Passed;
    }

    private void Tell(
        FindingName name, string format, ImmutableArray<Finding> findings, ChangeSet changes, RuleSet rules,
        EvaluationOptions evaluation)
    {
        ImmutableArray<FindingExplanation> explained = [.. findings.Where(name.Names)
            .Select(finding => FindingExplanation.Of(finding, changes, rules, evaluation))];
        if (explained.IsEmpty) throw NoSuch(name, findings.Length);
        if (format == "json") ExplanationJson.Write(explained, terminal.Out);
        else ExplanationText.Write(explained, changes, terminal.Out);
    }

    private static UsageException NoSuch(FindingName name, int count) =>
        new($"there is no finding `{name.Text}` among the {count} found");
}
