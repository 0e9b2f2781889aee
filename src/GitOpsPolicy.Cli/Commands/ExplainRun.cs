using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Evaluation.Tracing;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Reports;
using GitOpsPolicy.Reports.Tracing;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>One run of <c>explain</c> over changes: judge them as <c>check</c> would, and tell what one rule did.</summary>
internal sealed class ExplainRun(Terminal terminal, CheckOptions options)
{
    private readonly Progress progress = new(terminal);

    /// <summary>Runs it.</summary>
    /// <param name="rule">Name of the rule.</param>
    /// <param name="resource">Found in the names of the resources looked at; null for those that the rule matches.</param>
    /// <param name="format">How to tell: <c>text</c> or <c>json</c>.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>The exit code: what the rule decides does not count.</returns>
    public int Execute(string rule, string? resource, string format, CancellationToken cancellation)
    {
        using var head = new WorkTree(terminal.WorkingDirectory);
        using var baseline = Baseline.Open(options.Base, terminal);
        var tracer = new RuleTracer(rule);
        if (!new RuleSources(options, head, baseline, terminal) { Tracer = tracer }.TryLoad(terminal.Error, out var rules))
            return ExitCode.Usage;
        if (rules.Rules.All(r => r.Name != rule))
            throw new UsageException($"there is no rule `{rule}`; `gitops-policy rules` lists them");

        var changes = new ChangeReader(terminal, options, progress) { Config = rules.Config }.Read(head, baseline, cancellation);
        var evaluation = Judging.OptionsFor(terminal, options.Environment);
        var trace = tracer.Trace(rules, changes, evaluation, resource);
        progress.Clear();
        foreach (var problem in changes.Problems) terminal.Error.WriteLine(SafeText.OneLine(problem.ToString()));
        if (resource is not null
            && trace.Judgements.All(j => j.Change is null)
            && !rules.Rules.First(r => r.Name == rule).JudgesSets)
            throw new UsageException($"no change is of a resource whose name contains `{resource}`");
        if (format == "text" && trace.Judgements.IsEmpty && !changes.Problems.IsEmpty) return ExitCode.NoAnswer;
        if (format == "json") TraceJson.Write(trace, terminal.Out);
        else TraceText.Write(trace, terminal.Out);
        return changes.Problems.IsEmpty ? ExitCode.Passed : ExitCode.NoAnswer;
    }
}
