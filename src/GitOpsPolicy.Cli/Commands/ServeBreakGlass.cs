using System.CommandLine;
using GitOpsPolicy.Webhook.BreakGlass;
using GitOpsPolicy.Webhook.Events;
using GitOpsPolicy.Webhook.Metrics;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options of <c>serve</c> about leave to break the rules.</summary>
/// <param name="cluster">Which cluster.</param>
internal sealed class ServeBreakGlass(ClusterOptions cluster)
{
    private readonly BreakGlassOptions options = new(
        "Let through what the BreakGlass documents of this file give leave for.",
        "Let through what the BreakGlass resources of the cluster give leave for.");

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command) => options.AddTo(command);

    /// <summary>
    /// What lets requests through, and what has to run beside the server for it; null where neither option is given.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="metrics">Counts what is let through.</param>
    /// <param name="every">How often to look at the file; null for never again.</param>
    /// <exception cref="UsageException">The cluster cannot be found.</exception>
    public (BreakGlassUse Use, Func<CancellationToken, Task> Run)? Read(
        ParseResult parsed, Terminal terminal, WebhookMetrics metrics, TimeSpan? every)
    {
        if (!options.AreGiven(parsed)) return null;
        var (register, runs) = (new BreakGlassRegister(), new List<Func<CancellationToken, Task>>());
        if (options.ReadFile(parsed, terminal, register, every) is { } look) runs.Add(look);
        var events = options.Watches(parsed) ? Follow(parsed, terminal, register, runs) : null;
        var use = new BreakGlassUse(register, metrics, terminal.Clock, terminal.Error)
        {
            Used = events is null
                ? null
                : (grant, line) => events.Write(grant.Node, new("BreakGlassUsed", "Allow", line) { IsWarning = true }),
        };
        return (use, stop => Task.WhenAll(runs.Select(run => run(stop))));
    }

    private EventQueue Follow(
        ParseResult parsed, Terminal terminal, BreakGlassRegister register, List<Func<CancellationToken, Task>> runs)
    {
        var client = cluster.Client(parsed, terminal);
        var events = new EventQueue(ServeEvents.Writer(client, terminal), terminal.Error);
        runs.Add(async stop =>
        {
            using (client)
                await Task.WhenAll(new BreakGlassWatch(register, terminal.Error).RunAsync(client, stop), events.RunAsync(stop));
        });
        return events;
    }
}
