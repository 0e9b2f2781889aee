using System.Collections.Immutable;
using System.CommandLine;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Webhook.BreakGlass;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options of <c>reconcile</c> about leave to break the rules: the same that the webhook lets through is left alone here while it holds.</summary>
internal sealed class ReconcileBreakGlass
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly Option<string?> file = new("--break-glass-file") { HelpName = "FILE", Description = "Leave alone what is done by hand where the BreakGlass documents of this file give leave for it." };
    private readonly Option<bool> watch = new("--break-glass") { Description = "Leave alone what is done by hand where the BreakGlass resources of the cluster give leave for it." };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(file);
        command.Options.Add(watch);
    }

    /// <summary>The leave there is, and what has to run for it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="client">The cluster that units live in.</param>
    public BrokenGlass Read(ParseResult parsed, Terminal terminal, KubernetesClient client)
    {
        var (register, runs) = (new BreakGlassRegister(), new List<Func<CancellationToken, Task>>());
        if (parsed.GetValue(file) is { } path)
        {
            var leave = new BreakGlassFile(terminal.WorkingDirectory, path, register, terminal.Error);
            leave.Look();
            runs.Add(stop => leave.RunAsync(Every, terminal.Clock, stop));
        }

        if (parsed.GetValue(watch)) runs.Add(stop => new BreakGlassWatch(register, terminal.Error).RunAsync(client, stop));
        return new(register.HoldingAt, stop => Task.WhenAll(runs.Select(run => run(stop))));
    }
}

/// <summary>Leave to break the rules.</summary>
/// <param name="At">What holds at a time.</param>
/// <param name="RunAsync">Keeps it up to date until it is stopped.</param>
internal sealed record BrokenGlass(Func<DateTimeOffset, ImmutableArray<BreakGlassGrant>> At, Func<CancellationToken, Task> RunAsync)
{
    /// <summary>None.</summary>
    public static BrokenGlass None { get; } = new(static _ => [], static _ => Task.CompletedTask);
}
