using System.CommandLine;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Reconciler.Adopting;
using GitOpsPolicy.Reconciler.Applying;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy adopt</c>: writes a patch by which Git says what somebody changed by hand in a unit.</summary>
internal static class AdoptCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var options = new AdoptOptions();
        var command = new Command(
            "adopt",
            "Writes a patch by which Git says what was changed by hand in a unit. Reads only.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(options, parsed, terminal, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        AdoptOptions options, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        if (!options.Rules.TryLoad(parsed, terminal, out var loaded)) return ExitCode.Usage;
        using var parts = new ReconcileParts(
            terminal, options.Cluster.Connection(parsed, terminal), options.Rate.Read(parsed, terminal),
            options.Sources.Read(parsed, terminal));
        parts.InForce.Put(new(loaded, terminal.Clock.GetUtcNow()));
        parts.BrokenGlass = options.Glass.Read(parsed, terminal, parts.Clusters.Home, every: null);
        var (units, named) = (new AdoptedUnits(terminal), parsed.GetValue(options.Unit));
        var unit = parsed.GetValue(options.File) is { } path
            ? units.OfFile(path, named)
            : await units.OfClusterAsync(parts.Clusters.Home, named, cancellation);
        if (unit is null) return ExitCode.Usage;
        await parts.BrokenGlass.ReadAsync(cancellation);
        var found = await new UnitAdoption(parts.ServicesOf(Fence.None)).FindAsync(unit, options.People(parsed), cancellation);
        return new AdoptReport(unit.Key, terminal).Write(found, parsed.GetValue(options.Output));
    }
}
