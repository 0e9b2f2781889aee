using System.CommandLine;
using System.Collections.Immutable;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy reconcile</c>: brings clusters to what Git says, as far as the rules let it.</summary>
internal static class ReconcileCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var (rules, cluster, sources, views) = (new RuleSourceOptions(), new ClusterOptions(), new ReconcileSourceOptions(), new ReconcileViewOptions());
        var (choices, lease, glass, report) = (new ReconcileUnitOptions(), new ReconcileLease(), new ReconcileBreakGlass(), new ReconcileReport());
        var units = new Option<string[]>("--unit") { HelpName = "FILE", Description = "A file with units (kind `Reconciliation`), for one machine. Default: the units of the cluster.", AllowMultipleArgumentsPerToken = true };
        var once = new Option<bool>("--once") { Description = "Run passes until every unit has come to rest, tell how each is doing, and end." };
        var command = new Command("reconcile", "Brings clusters to what Git says, as far as the rules let it.") { units, once, rules.Config, rules.Policies };
        cluster.AddTo(command);
        choices.AddTo(command);
        lease.AddTo(command);
        sources.AddTo(command);
        views.AddTo(command);
        glass.AddTo(command);
        report.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var stop = new StopSignal(cancellation);
            var (files, choice, seen) = (parsed.GetValue(units) ?? [], choices.Choice(parsed), views.Read(parsed, terminal));
            if (parsed.GetValue(once) && !seen.IsEmpty) throw new UsageException("`--once` ends before anybody could look: leave `--dashboard`, `--metrics` and `--notify` out");
            if (files.Length > 0) choices.RefuseBesideFiles(parsed);
            if (files.Length > 0 || parsed.GetValue(once)) lease.RefuseBeside(parsed, files.Length > 0 ? units.Name : once.Name);
            var (engine, candidate) = (choices.Engine(parsed), lease.Read(parsed, terminal, choice.Shard));
            if (!rules.TryLoad(parsed, terminal, out var loaded)) return ExitCode.Usage;
            if (!TryRead(files, terminal, out var read)) return ExitCode.Usage;
            using var parts = new ReconcileParts(terminal, cluster.Connection(parsed, terminal), loaded, sources.Read(parsed, terminal));
            parts.BrokenGlass = glass.Read(parsed, terminal, parts.Clusters.Home);
            using var run = new ReconcileRun(terminal, parts, engine, parsed.GetValue(once) ? TextWriter.Null : terminal.Error);
            if (parsed.GetValue(once)) return await run.OnceAsync(read, statuses => report.Write(parsed, statuses, terminal), cancellation);
            return files.Length > 0 ? await run.AlwaysAsync(read, seen, stop) : await run.ClusterAsync((choice, candidate), seen, stop);
        });
        return command;
    }

    // A repository beside the file may be told so; where the command runs does not matter to it.
    private static Unit BesideFile(Unit unit, string file) => unit.Source.Url is "." or ".." || unit.Source.Url.StartsWith("./", StringComparison.Ordinal) || unit.Source.Url.StartsWith("../", StringComparison.Ordinal)
        ? unit with { Source = unit.Source with { Url = Path.GetFullPath(unit.Source.Url, Path.GetDirectoryName(Path.GetFullPath(file))!) } }
        : unit;

    private static bool TryRead(string[] files, Terminal terminal, out ImmutableArray<Unit> units)
    {
        var found = ImmutableArray.CreateBuilder<Unit>();
        var count = 0;
        foreach (var file in files)
        {
            var path = Path.Combine(terminal.WorkingDirectory, file);
            if (!File.Exists(path)) throw new UsageException($"{file}: there is no such file");
            var (read, problems) = UnitFiles.Read(file, File.ReadAllBytes(path));
            found.AddRange(read.Select(unit => BesideFile(unit, path)));
            if (problems.IsEmpty) continue;
            RuleSources.Refuse(terminal.Error, "the units do not load", problems);
            count++;
        }

        units = found.ToImmutable();
        if (units.GroupBy(static unit => unit.Key).FirstOrDefault(static same => same.Count() > 1) is not { } twice) return count == 0;
        throw new UsageException($"the unit {twice.Key} is there twice: {string.Join(" and ", twice.Select(static unit => unit.Location))}");
    }
}
