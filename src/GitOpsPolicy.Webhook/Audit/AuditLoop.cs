using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Leases;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reloading;
using GitOpsPolicy.Reports;
using GitOpsPolicy.Webhook.Audit.Reports;
using GitOpsPolicy.Webhook.Metrics;

namespace GitOpsPolicy.Webhook.Audit;

/// <summary>What the audits of a server go by.</summary>
/// <param name="Every">From the beginning of one audit to that of the next, which waits for the end of the one before.</param>
/// <param name="Form">The reports to write; null for none.</param>
/// <param name="Environment">The environment of the cluster; null for none.</param>
/// <param name="Log">Where one line goes for each audit.</param>
public sealed record AuditSettings(TimeSpan Every, ReportForm? Form, string? Environment, TextWriter Log)
{
    /// <summary>Requests that are being judged, which go first.</summary>
    public Func<int> Requests { get; init; } = static () => 0;
}

/// <summary>
/// Judges what lives in the cluster again and again, in one replica at a time, by the rules in force when an audit begins. When
/// the lead is lost or the server stops, the audit ends where it is, and the reports say on what they said.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="rules">The rules in force.</param>
/// <param name="metrics">Shows what was found.</param>
/// <param name="settings">The rest.</param>
public sealed class AuditLoop(KubernetesClient client, RulesInForce rules, WebhookMetrics metrics, AuditSettings settings)
{
    private readonly TimeProvider clock = client.Options.Time;
    private readonly AuditFigures figures = new(metrics);

    /// <summary>Runs until it is stopped.</summary>
    public Task RunAsync(LeaderElection election, CancellationToken stop) => election.RunAsync(LeadAsync, stop);

    /// <summary>Audits as long as this replica leads.</summary>
    internal async Task LeadAsync(LeaderTerm term, CancellationToken lost)
    {
        settings.Log.WriteLine("audit: this replica audits the cluster");
        try
        {
            using var timer = new PeriodicTimer(settings.Every, clock);
            do await TryAsync(() => term.IsCertain, lost);
            while (await timer.WaitForNextTickAsync(lost));
        }
        finally
        {
            figures.Clear();
        }
    }

    /// <summary>Audits once. What goes wrong is told, and the next audit tries again.</summary>
    internal async Task TryAsync(Func<bool> mayWrite, CancellationToken stop)
    {
        try
        {
            if (rules.TryGet(out var active)) await AuditAsync(active.Rules, mayWrite, stop);
            else settings.Log.WriteLine("audit: no rules are in force yet");
        }
        catch (KubernetesException e)
        {
            settings.Log.WriteLine(SafeText.OneLine($"audit: the cluster cannot be judged: {e.Failure}"));
        }
#pragma warning disable CA1031 // A defect of ours must not end the audits, and with them the server.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            settings.Log.WriteLine(SafeText.OneLine($"audit: internal error {e.GetType().Name}: {e.Message}"));
        }
    }

    private async Task AuditAsync(RuleSet set, Func<bool> mayWrite, CancellationToken stop)
    {
        var (began, beganAt) = (clock.GetTimestamp(), clock.GetUtcNow());
        var options = new EvaluationOptions
        {
            Today = DateOnly.FromDateTime(beganAt.UtcDateTime),
            Environment = settings.Environment,
        };
        using var audit = new ClusterAudit(client, set, AuditScope.All, options)
        {
            SkipsForbidden = true,
            Yield = new Pace(clock, settings.Requests).RestAsync,
        };
        await audit.RunAsync(stop);
        var decision = audit.Decide();
        var took = clock.GetElapsedTime(began);
        figures.Put(audit.Sum.ByRule, beganAt, took);
        settings.Log.WriteLine(Told(audit, decision, took));
        foreach (var problem in decision.ChangeSet.Problems) settings.Log.WriteLine(SafeText.OneLine($"audit: {problem}"));
        if (settings.Form is { } form && mayWrite()) await WriteAsync(form, audit, decision, stop);
    }

    private async Task WriteAsync(ReportForm form, ClusterAudit audit, Decision decision, CancellationToken stop)
    {
        if (form.MissingFrom(await client.Discovery.GetAsync(stop)) is { } missing)
        {
            settings.Log.WriteLine($"audit: reports cannot be written: {missing}");
            return;
        }

        var written = await new ReportStore(client, form, AuditScope.All).WriteAsync(decision, audit.Sum.ByPlace, stop);
        foreach (var failure in written.Failures) settings.Log.WriteLine(SafeText.OneLine($"audit: {failure}"));
        settings.Log.WriteLine($"audit: reports: {written}");
    }

    private static string Told(ClusterAudit audit, Decision decision, TimeSpan took)
    {
        var left = decision.ChangeSet.Incomplete.Length;
        return $"audit: {audit.Sum.Count} objects of {audit.TypeCount} kinds in {took.TotalSeconds:F1} s, {audit.Sum.ByRule.Values.Sum()} findings, {decision.RuleSetDigest}{(left == 0 ? "" : $"; {left} kinds not judged")}";
    }
}
