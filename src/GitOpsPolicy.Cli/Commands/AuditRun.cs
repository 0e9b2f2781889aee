using System.Collections.Immutable;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reports;
using GitOpsPolicy.Webhook.Audit;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// One run of <c>audit</c>: judge what lives in the cluster, then report. Reports are written last and whole; an interrupted run writes none
/// but the text on a standard output that nothing else goes to, which says how far it came.
/// </summary>
internal sealed class AuditRun(Terminal terminal, KubernetesClient client, RuleSet rules)
{
    private readonly Progress progress = new(terminal);

    /// <summary>The environment of the cluster; null for none.</summary>
    public string? Environment { get; init; }

    /// <summary>What is judged.</summary>
    public AuditScope Scope { get; init; } = AuditScope.All;

    /// <summary>The reports to write.</summary>
    public ImmutableArray<RequestedReport> Reports { get; init; } = [];

    /// <summary>The weakest action that makes the exit code 1.</summary>
    public FindingAction FailOn { get; init; } = FindingAction.Deny;

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        using var audit = new ClusterAudit(client, rules, Scope, Judging.OptionsFor(terminal, Environment)) { Begins = type => progress.Say($"judging {type}") };
        try
        {
            await audit.RunAsync(cancellation);
        }
        catch (KubernetesException e)
        {
            progress.Clear();
            await terminal.Error.WriteLineAsync($"gitops-policy: the cluster cannot be judged: {SafeText.OneLine(Told(e.Failure))}");
            return ExitCode.NoAnswer;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Interrupted(audit);
        }

        return Report(audit.Decide());
    }

    private int Report(Decision decision)
    {
        progress.Clear();
        var exitCode = ExitCode.For(decision, FailOn, allowUndetermined: false);
        new ReportFiles(terminal, Reports).Write(decision, exitCode);
        return exitCode;
    }

    private int Interrupted(ClusterAudit audit)
    {
        progress.Clear();
        var decision = audit.Decide();
        if (Reports is [{ Format: "text", File: null }]) new ReportFiles(terminal, Reports).Write(decision, ExitCode.Interrupted);
        terminal.Error.WriteLine(
            $"gitops-policy: interrupted after {audit.Sum.Count} objects; {audit.TypesDone} of {audit.TypeCount} kinds were judged to the end, {decision.Findings.Length} findings so far; no report was written");
        return ExitCode.Interrupted;
    }

    // Whose certificate is not trusted, or which token does not count, is for the message to say.
    private static string Told(ApiFailure failure) => failure.IsUnauthorized ? $"{failure.Message} (the credential of the kubeconfig does not count here)" : failure.ToString();
}
