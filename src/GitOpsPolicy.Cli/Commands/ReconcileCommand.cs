using System.CommandLine;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy reconcile</c>: brings clusters to what Git says, as far as the rules let it.</summary>
internal static class ReconcileCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var (rules, cluster, rate, sources) = (new ReconcileRules(), new ClusterOptions(), new ReconcileApiRate(), new ReconcileSourceOptions());
        var (choices, lease, glass, views, report) = (new ReconcileUnitOptions(), new ReconcileLease(), new ReconcileBreakGlass(), new ReconcileViewOptions(), new ReconcileReport());
        var units = new Option<string[]>("--unit") { HelpName = "FILE", Description = "A file with units (kind `Reconciliation`), for one machine. Default: the units of the cluster.", AllowMultipleArgumentsPerToken = true };
        var once = new Option<bool>("--once") { Description = "Run passes until every unit has come to rest, tell how each is doing, and end." };
        var command = new Command("reconcile", "Brings clusters to what Git says, as far as the rules let it.") { units, once };
        foreach (var add in (Action<Command>[])[rules.AddTo, cluster.AddTo, rate.AddTo, choices.AddTo, lease.AddTo, sources.AddTo, views.AddTo, glass.AddTo, report.AddTo]) add(command);
        var modes = new ReconcileModes(once, units);
        modes.Only(ReconcileMode.Cluster, "it is about the units of a cluster", choices.OfCluster);
        modes.Only(ReconcileMode.Cluster, "a Lease is for replicas that follow the units of a cluster", lease.All);
        modes.Only(ReconcileMode.Files | ReconcileMode.Cluster, "that ends before anybody could look", views.All);
        modes.Only(ReconcileMode.Files | ReconcileMode.Cluster, "that is for a process that goes on", [.. rules.OfDaemon, .. choices.OfDaemon]);
        modes.Only(ReconcileMode.Once, "a process that goes on tells it in its log, on the dashboard and in the cluster", report.All);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var stop = new StopSignal(cancellation);
            var mode = modes.Of(parsed);
            var (seen, every, choice) = (mode == ReconcileMode.Once ? ReconcileViewSettings.None : views.Read(parsed, terminal), rules.Every(parsed), choices.Choice(parsed));
            var (engine, candidate, pace, git) = (choices.Engine(parsed), lease.Read(parsed, terminal, choice.Shard), rate.Read(parsed, terminal), sources.Read(parsed, terminal));
            var files = new ReconcileUnitFiles(parsed.GetValue(units) ?? [], terminal);
            if (!files.TryLoad()) return Evaluation.ExitCode.Usage;
            using var parts = new ReconcileParts(terminal, cluster.Connection(parsed, terminal), pace, git);
            parts.BrokenGlass = glass.Read(parsed, terminal, parts.Clusters.Home);
            var began = terminal.Clock.GetUtcNow();
            using var run = new ReconcileRun(terminal, parts, engine, mode == ReconcileMode.Once ? TextWriter.Null : terminal.Error);
            if (mode == ReconcileMode.Once)
                return rules.TryLoad(parsed, terminal, parts.InForce) ? await run.OnceAsync(files.Units, statuses => report.Write(parsed, statuses, began, terminal), cancellation) : Evaluation.ExitCode.Usage;
            if (rules.Follow(parsed, terminal, parts.InForce, parts.Metrics.Reloaded) is not { } reload) return Evaluation.ExitCode.Usage;
            if (every is { } pause) run.Beside.AddRange(mode == ReconcileMode.Files ? [end => reload.RunAsync(pause, end), end => files.RunAsync(pause, run.Change, end)] : [end => reload.RunAsync(pause, end)]);
            return mode == ReconcileMode.Files ? await run.AlwaysAsync(files.Units, seen, stop) : await run.ClusterAsync((choice, candidate), seen, stop);
        });
        return command;
    }
}
