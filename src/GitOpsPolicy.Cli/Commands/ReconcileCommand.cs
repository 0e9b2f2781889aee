using System.CommandLine;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy reconcile</c>: brings clusters to what Git says, as far as the rules let it.</summary>
internal static class ReconcileCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var options = new ReconcileOptions();
        var command = new Command("reconcile", "Brings clusters to what Git says, as far as the rules let it.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(options, parsed, terminal, cancellation));
        return command;
    }

    // Everything that may be refused is read first: a process that begins goes on.
    private static async Task<int> RunAsync(
        ReconcileOptions options, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        using var stop = new StopSignal(cancellation);
        var mode = options.ModeOf(parsed);
        var isOnce = mode == ReconcileMode.Once;
        var seen = isOnce ? ReconcileViewSettings.None : options.Views.Read(parsed, terminal);
        var every = options.Rules.Every(parsed);
        var choice = options.Choices.Choice(parsed);
        var engine = options.Choices.Engine(parsed);
        var candidate = options.Lease.Read(parsed, terminal, choice.Shard);
        var (pace, git) = (options.Rate.Read(parsed, terminal), options.Sources.Read(parsed, terminal));
        var files = new ReconcileUnitFiles(parsed.GetValue(options.Units) ?? [], terminal);
        if (!files.TryLoad()) return ExitCode.Usage;

        using var parts = new ReconcileParts(terminal, options.Cluster.Connection(parsed, terminal), pace, git);
        parts.BrokenGlass = options.Glass.Read(parsed, terminal, parts.Clusters.Home, every);
        var began = terminal.Clock.GetUtcNow();
        using var run = new ReconcileRun(terminal, parts, engine, isOnce ? TextWriter.Null : terminal.Error);
        if (isOnce)
            return options.Rules.TryLoad(parsed, terminal, parts.InForce)
                ? await run.OnceAsync(
                    files.Units, statuses => options.Report.Write(parsed, statuses, began, files, terminal), cancellation)
                : ExitCode.Usage;

        if (options.Rules.Follow(parsed, terminal, parts.InForce, parts.Metrics.Reloaded) is not { } reload)
            return ExitCode.Usage;
        if (every is { } pause)
        {
            run.Beside.Add(end => reload.RunAsync(pause, end));
            if (mode == ReconcileMode.Files) run.Beside.Add(end => files.RunAsync(pause, run.Change, end));
        }

        return mode == ReconcileMode.Files
            ? await run.AlwaysAsync(files.Units, seen with { FileOf = files.FileOf }, stop)
            : await run.ClusterAsync((choice, candidate), seen, stop);
    }
}
