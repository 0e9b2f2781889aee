using System.CommandLine;
using GitOpsPolicy.Webhook.BreakGlass;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// The options about leave to break the rules: where it is written. What it is good for each command says itself.
/// </summary>
/// <param name="fromFile">What <c>--break-glass-file</c> does.</param>
/// <param name="fromCluster">What <c>--break-glass</c> does.</param>
internal sealed class BreakGlassOptions(string fromFile, string fromCluster)
{
    private readonly Option<string?> file = new("--break-glass-file") { HelpName = "FILE", Description = fromFile };
    private readonly Option<bool> watch = new("--break-glass") { Description = fromCluster };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(file);
        command.Options.Add(watch);
    }

    /// <summary>The leave is to be had from the cluster.</summary>
    public bool Watches(ParseResult parsed) => parsed.GetValue(watch);

    /// <summary>Either option is given.</summary>
    public bool AreGiven(ParseResult parsed) => Watches(parsed) || parsed.GetValue(file) is not null;

    /// <summary>Takes the leave of the file.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="register">Where it goes.</param>
    /// <param name="every">How often to look at the file; null for never again.</param>
    /// <returns>What keeps it up to date; null where nothing has to.</returns>
    public Func<CancellationToken, Task>? ReadFile(
        ParseResult parsed, Terminal terminal, BreakGlassRegister register, TimeSpan? every)
    {
        if (parsed.GetValue(file) is not { } path) return null;
        var leave = new BreakGlassFile(terminal.WorkingDirectory, path, register, terminal.Error);
        leave.Look();
        return every is { } pause ? stop => leave.RunAsync(pause, terminal.Clock, stop) : null;
    }
}
