using System.CommandLine;
using GitOpsPolicy.Policies.Reloading;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options by which <c>reconcile</c> finds its rules, and looks for newer ones while it runs.</summary>
internal sealed class ReconcileRules
{
    private readonly RuleSourceOptions sources = new();
    private readonly ReloadOption reload = new("files of rules, units and leave");

    /// <summary>Those about a process that goes on.</summary>
    public IEnumerable<Option> OfDaemon => [reload.Option];

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[sources.Config, sources.Policies, reload.Option]) command.Options.Add(option);
    }

    /// <summary>How often to look; null for never.</summary>
    /// <exception cref="UsageException">A number of seconds out of range.</exception>
    public TimeSpan? Every(ParseResult parsed) => reload.Every(parsed);

    /// <summary>Puts the rules in force; otherwise writes every problem.</summary>
    public bool TryLoad(ParseResult parsed, Terminal terminal, RulesInForce rules)
    {
        if (!sources.TryLoad(parsed, terminal, out var loaded)) return false;
        rules.Put(new(loaded, terminal.Clock.GetUtcNow()));
        return true;
    }

    /// <summary>
    /// The same for a process that goes on, which takes newer rules over as <c>serve</c> does: only those that load and pass
    /// their own tests.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="tried">Told of each attempt and what came of it.</param>
    /// <returns>What looks for newer rules; null where those that are there cannot come into force.</returns>
    public RuleReload? Follow(ParseResult parsed, Terminal terminal, RulesInForce rules, Action<string> tried)
    {
        if (!sources.TryLoad(parsed, terminal, out _)) return null;
        var reloading = new RuleReload(
            sources.Feed(parsed, terminal), rules, new(terminal.Clock, terminal.Error) { Tried = tried });
        reloading.Look(CancellationToken.None);
        return rules.TryGet(out _) ? reloading : null;
    }
}
