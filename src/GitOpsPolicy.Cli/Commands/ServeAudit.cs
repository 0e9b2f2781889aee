using System.CommandLine;
using GitOpsPolicy.Kubernetes.Leases;
using GitOpsPolicy.Policies.Reloading;
using GitOpsPolicy.Webhook.Audit;
using GitOpsPolicy.Webhook.Metrics;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options of <c>serve</c> about judging what lives in the cluster.</summary>
internal sealed class ServeAudit
{
    /// <summary>Objects in memory at a time: fewer than a person's audit takes, since the webhook is to stay small.</summary>
    private const int PageSize = 100;

    private readonly Option<int> interval = new("--audit-interval")
    {
        HelpName = "SECONDS",
        Description = "How often to judge what lives in the cluster; 0 for never.",
        DefaultValueFactory = static _ => 0,
    };
    private readonly Option<string?> lease = new("--lease")
    {
        HelpName = "NAMESPACE/NAME",
        Description = "With --audit-interval: the Lease by which replicas agree which of them audits.",
    };
    private readonly Option<string> reports = ReportsOption.Create("openreports");
    private readonly ClusterOptions cluster;

    /// <summary>Options that go with those that name a cluster.</summary>
    public ServeAudit(ClusterOptions cluster) => this.cluster = cluster;

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[interval, lease, reports]) command.Options.Add(option);
    }

    /// <summary>What has to run beside the server; null where audits are off.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="metrics">Shows what was found.</param>
    /// <exception cref="UsageException">A number out of range, a Lease missing or malformed, or the cluster cannot be
    /// found.</exception>
    public Func<AuditSurroundings, Func<CancellationToken, Task>>? Read(
        ParseResult parsed, Terminal terminal, RulesInForce rules, WebhookMetrics metrics)
    {
        var seconds = parsed.GetValue(interval);
        if (seconds is not (0 or (>= 10 and <= 604_800)))
            throw new UsageException("`--audit-interval` takes 0 or 10 to 604800 seconds");
        if (seconds == 0)
            return parsed.GetValue(lease) is null ? null : throw new UsageException("`--lease` goes with `--audit-interval`");
        var (place, name) = LeaseName(parsed.GetValue(lease));
        var form = ReportsOption.Read(parsed.GetRequiredValue(reports));
        var client = cluster.Client(parsed, terminal, PageSize);
        return around => async stop =>
        {
            using (client)
            {
                var settings = new AuditSettings(TimeSpan.FromSeconds(seconds), form, around.Environment, terminal.Error)
                {
                    Requests = around.Requests,
                };
                var election = new LeaderElection(new(client, place, name, OwnProcess.Identity(terminal)), new(), client.Options);
                await new AuditLoop(client, rules, metrics, settings).RunAsync(election, stop);
            }
        };
    }

    private static (string Namespace, string Name) LeaseName(string? text) =>
        text?.Split('/') is [{ Length: > 0 } place, { Length: > 0 } name]
            ? (place, name)
            : throw new UsageException("`--audit-interval` needs `--lease NAMESPACE/NAME`: only one replica may audit at a time");
}

/// <summary>What an audit has to know of the server that it runs beside.</summary>
/// <param name="Environment">The environment of the cluster; null for none.</param>
/// <param name="Requests">Requests that are being judged or wait.</param>
internal sealed record AuditSurroundings(string? Environment, Func<int> Requests);
