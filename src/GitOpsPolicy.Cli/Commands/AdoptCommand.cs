using System.Collections.Immutable;
using System.CommandLine;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Adopting;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy adopt</c>: writes a patch by which Git says what somebody changed by hand in a unit.</summary>
internal static class AdoptCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var (rules, cluster, rate, sources) = (new RuleSourceOptions(), new ClusterOptions(), new ReconcileApiRate(),
            new ReconcileSourceOptions());
        var named = new Argument<string?>("UNIT")
        {
            Description = "The unit, as `NAMESPACE/NAME`. May be left out where `--unit` has one only.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var file = new Option<string?>("--unit")
        {
            HelpName = "FILE",
            Description = "The file with the unit. Default: the unit of the cluster.",
        };
        var managers = new Option<string[]>("--manager")
        {
            HelpName = "NAME",
            Description = "A field manager that is somebody at a keyboard, as kubectl is; globs. What others wrote is theirs.",
            AllowMultipleArgumentsPerToken = true,
        };
        var output = new Option<string?>("--output")
        {
            HelpName = "FILE",
            Description = "Where the patch goes. Default: standard output.",
        };
        var command = new Command(
            "adopt",
            "Writes a patch by which Git says what was changed by hand in a unit. Reads only.") { named, file, managers, output,
                rules.Config, rules.Policies };
        foreach (var add in (Action<Command>[])[cluster.AddTo, rate.AddTo, sources.AddTo]) add(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!rules.TryLoad(parsed, terminal, out var loaded)) return ExitCode.Usage;
            using var parts = new ReconcileParts(
                terminal, cluster.Connection(parsed, terminal), rate.Read(parsed, terminal), sources.Read(parsed, terminal));
            parts.InForce.Put(new(loaded, terminal.Clock.GetUtcNow()));
            var unit = parsed.GetValue(file) is { } path
                ? OfFile(path, parsed.GetValue(named), terminal)
                : await OfClusterAsync(parts.Clusters.Home, parsed.GetValue(named), terminal, cancellation);
            if (unit is null) return ExitCode.Usage;
            ImmutableArray<Glob> people = [.. (parsed.GetValue(managers) ?? []).Select(static name => new Glob(name))];
            var found = await new UnitAdoption(parts.ServicesOf(Fence.None)).FindAsync(
                unit, manager => people.Any(glob => glob.Fits(manager)), cancellation);
            return new AdoptReport(unit.Key, terminal).Write(found, parsed.GetValue(output));
        });
        return command;
    }

    private static Unit? OfFile(string file, string? named, Terminal terminal)
    {
        var read = new ReconcileUnitFiles([file], terminal);
        if (!read.TryLoad()) return null;
        ImmutableArray<Unit> chosen = [.. read.Units.Where(unit => named is null || unit.Key.ToString() == named)];
        return chosen is [var only]
            ? only
            : throw new UsageException(
                $"{file}: name one of its units: {string.Join(", ", read.Units.Select(static unit => $"`{unit.Key}`"))}");
    }

    private static async Task<Unit?> OfClusterAsync(
        KubernetesClient home, string? named, Terminal terminal, CancellationToken cancellation)
    {
        if (named?.Split('/') is not [{ Length: > 0 } place, { Length: > 0 } name])
            throw new UsageException("name the unit, as `NAMESPACE/NAME`, or its file with `--unit`");
        try
        {
            if (await home.FindAsync(new(UnitResource.Type, place, name), cancellation) is not { } found)
                throw new UsageException($"the cluster has no unit `{named}`: where it lies in a file, name that with `--unit`");
            var read = UnitReader.Read(found);
            if (read.TryGet(out var unit)) return unit;
            RuleSources.Refuse(terminal.Error, "the unit does not load", read.Problems);
            return null;
        }
        catch (KubernetesException e)
        {
            throw new IOException($"the unit `{named}` cannot be read: {SafeText.OneLine(e.Failure.ToString())}", e);
        }
    }
}
