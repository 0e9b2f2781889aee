using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reloading;
using GitOpsPolicy.Webhook.RuleSets;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// The options by which <c>serve</c> finds its rules, looks for newer ones, and tries others out on some namespaces.
/// </summary>
internal sealed class ServeRules
{
    private readonly RuleSourceOptions sources = new();
    private readonly ReloadOption reload = new("rule files");
    private readonly Option<string?> canary = new("--canary")
    {
        HelpName = "DIR",
        Description = "Try the rules of this folder out on the namespaces of --canary-namespaces.",
    };
    private readonly Option<string[]> canaryNamespaces = new("--canary-namespaces")
    {
        HelpName = "GLOB",
        Description = "Namespaces judged by the rules of --canary.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[sources.Config, sources.Policies, reload.Option, canary, canaryNamespaces])
            command.Options.Add(option);
    }

    /// <summary>How often to look; null for never.</summary>
    /// <exception cref="UsageException">A number of seconds out of range.</exception>
    public TimeSpan? Every(ParseResult parsed) => reload.Every(parsed);

    /// <summary>The rules that judge where no others do.</summary>
    public RuleReload Main(ParseResult parsed, Terminal terminal, RulesInForce rules, ReloadSettings settings) =>
        new(sources.Feed(parsed, terminal), rules, settings);

    /// <summary>The rules that are tried out; false when there are none.</summary>
    /// <exception cref="UsageException">Only one of the two options is given.</exception>
    public bool TryGetCanary(ParseResult parsed, [NotNullWhen(true)] out CanaryRules? rules)
    {
        var namespaces = parsed.GetValue(canaryNamespaces) ?? [];
        if ((parsed.GetValue(canary) is null) != (namespaces.Length == 0))
            throw new UsageException("`--canary` and `--canary-namespaces` go together");
        rules = namespaces.Length == 0 ? null : new(new(), [.. namespaces.Select(static glob => new Glob(glob))]);
        return rules is not null;
    }

    /// <summary>
    /// Reloads the rules that are tried out. A folder with a configuration goes by that, any other by the one of all rules.
    /// </summary>
    public RuleReload Canary(ParseResult parsed, Terminal terminal, RulesInForce rules, ReloadSettings settings)
    {
        var folder = parsed.GetValue(canary)!;
        var own = folder.TrimEnd('/') + "/" + RuleSetSource.DefaultConfig;
        RuleSetSource SourceIn(FileTree tree) =>
            tree.Find(own) == PathKind.File
                ? Source(own, [], terminal)(tree)
                : Source(parsed.GetValue(sources.Config), [folder], terminal)(tree);
        return new(new(RuleFeed.CanaryName, terminal.WorkingDirectory, SourceIn), rules, settings);
    }

    private static Func<FileTree, RuleSetSource> Source(string? config, string[] folders, Terminal terminal) =>
        tree => RuleSources.SourceOf(tree, config, folders, terminal);
}
