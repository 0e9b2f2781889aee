using System.Collections.Immutable;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reports;
using GitOpsPolicy.Webhook.Audit;
using GitOpsPolicy.Webhook.Audit.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// One run of <c>audit</c>: judge what lives in the cluster, then report. Reports are written last and whole; an interrupted run
/// writes none but the text on a standard output that nothing else goes to, which says how far it came.
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

    /// <summary>The report objects to write to the cluster; null for none.</summary>
    public ReportForm? Form { get; init; }

    /// <summary>The weakest action that makes the exit code 1.</summary>
    public FindingAction FailOn { get; init; } = FindingAction.Deny;

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        using var audit = new ClusterAudit(client, rules, Scope, Judging.OptionsFor(terminal, Environment))
        {
            Begins = type => progress.Say($"judging {type}"),
        };
        try
        {
            if (Form?.MissingFrom(await client.Discovery.GetAsync(cancellation)) is { } missing)
                throw new UsageException($"reports cannot be written: {missing}");
            await audit.RunAsync(cancellation);
            var decision = audit.Decide();
            return Report(decision, await WriteToClusterAsync(decision, audit.Sum.ByPlace, cancellation));
        }
        catch (KubernetesException e)
        {
            return Refused(terminal, progress, e.Failure);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Interrupted(audit);
        }
    }

    /// <summary>Tells that the cluster does not answer, or not us.</summary>
    /// <returns>The exit code.</returns>
    public static int Refused(Terminal terminal, Progress progress, ApiFailure failure)
    {
        progress.Clear();
        terminal.Error.WriteLine($"gitops-policy: the cluster cannot be judged: {SafeText.OneLine(Told(failure))}");
        return ExitCode.NoAnswer;
    }

    private int Report(Decision decision, bool isWritten)
    {
        progress.Clear();
        var exitCode = isWritten ? ExitCode.For(decision, FailOn, allowUndetermined: false) : ExitCode.NoAnswer;
        new ReportFiles(terminal, Reports).Write(decision, exitCode);
        return exitCode;
    }

    /// <summary>Writes the report objects that were asked for; false when some could not be written.</summary>
    private async Task<bool> WriteToClusterAsync(
        Decision decision, IReadOnlyDictionary<string, PlaceTally> byPlace, CancellationToken cancellation)
    {
        if (Form is null) return true;
        progress.Say("writing reports");
        var written = await new ReportStore(client, Form, Scope).WriteAsync(decision, byPlace, cancellation);
        progress.Clear();
        foreach (var failure in written.Failures)
            await terminal.Error.WriteLineAsync($"gitops-policy: {SafeText.OneLine(failure)}");
        await terminal.Error.WriteLineAsync($"reports: {written}");
        return written.Failures.Count == 0;
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
    private static string Told(ApiFailure failure) =>
        failure.IsUnauthorized ? $"{failure.Message} (the credential of the kubeconfig does not count here)" : failure.ToString();
}
