using System.Collections.Immutable;
using System.CommandLine;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Webhook.BreakGlass;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// The options of <c>reconcile</c> about leave to break the rules: the same that the webhook lets through is left alone here
/// while it holds.
/// </summary>
/// <param name="does">What is done about what is done by hand.</param>
internal sealed class ReconcileBreakGlass(string does = "Leave alone")
{
    private readonly BreakGlassOptions options = new(
        $"{does} what is done by hand where the BreakGlass documents of this file give leave for it.",
        $"{does} what is done by hand where the BreakGlass resources of the cluster give leave for it.");

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command) => options.AddTo(command);

    /// <summary>The leave there is, and what has to run for it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="client">The cluster that units live in.</param>
    /// <param name="every">How often to look at the file; null for never again.</param>
    public BrokenGlass Read(ParseResult parsed, Terminal terminal, KubernetesClient client, TimeSpan? every)
    {
        var (register, runs, known) = (new BreakGlassRegister(), new List<Func<CancellationToken, Task>>(), Task.CompletedTask);
        if (options.ReadFile(parsed, terminal, register, every) is { } look) runs.Add(look);
        if (options.Watches(parsed))
        {
            var follower = new BreakGlassWatch(register, terminal.Error);
            runs.Add(stop => follower.RunAsync(client, stop));
            known = follower.Listed;
        }

        return new(register.HoldingAt, stop => Task.WhenAll(runs.Select(run => run(stop)))) { Known = known };
    }
}

/// <summary>Leave to break the rules.</summary>
/// <param name="At">What holds at a time.</param>
/// <param name="RunAsync">Keeps it up to date until it is stopped.</param>
internal sealed record BrokenGlass(
    Func<DateTimeOffset, ImmutableArray<BreakGlassGrant>> At, Func<CancellationToken, Task> RunAsync)
{
    /// <summary>
    /// Ends when all there is was read for the first time: before that nobody knows what is meant to be as it is.
    /// </summary>
    public Task Known { get; init; } = Task.CompletedTask;

    /// <summary>Reads all there is, once.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var following = RunAsync(leave.Token);
        await Known.WaitAsync(cancellation);
        await leave.CancelAsync();
        await following;
    }

    /// <summary>None.</summary>
    public static BrokenGlass None { get; } = new(static _ => [], static _ => Task.CompletedTask);
}
