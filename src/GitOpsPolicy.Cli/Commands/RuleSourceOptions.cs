using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reloading;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options by which a command that only looks at rules finds them.</summary>
internal sealed class RuleSourceOptions
{
    /// <summary><c>--config</c>.</summary>
    public Option<string?> Config { get; } = new("--config")
    {
        HelpName = "FILE",
        Description = "The configuration file. Default: `gitops-policy.yaml` at the root of the repository.",
    };

    /// <summary><c>--policies</c>.</summary>
    public Option<string?> Policies { get; } = new("--policies")
    {
        HelpName = "DIR",
        Description = "Use the rules of this folder instead of those the configuration names.",
    };

    /// <summary>Where they find them, again and again.</summary>
    public RuleFeed Feed(ParseResult parsed, Terminal terminal)
    {
        var (config, folder) = (parsed.GetValue(Config), parsed.GetValue(Policies));
        return new(
            RuleFeed.MainName, terminal.WorkingDirectory,
            tree => RuleSources.SourceOf(tree, config, folder is null ? [] : [folder], terminal));
    }

    /// <summary>Loads the rules of the work tree; otherwise writes every problem.</summary>
    public bool TryLoad(ParseResult parsed, Terminal terminal, [NotNullWhen(true)] out RuleSet? rules)
    {
        using var tree = new WorkTree(terminal.WorkingDirectory);
        var options = new CheckOptions { Config = parsed.GetValue(Config), Policies = parsed.GetValue(Policies) };
        return new RuleSources(options, tree, baseline: null, terminal).TryLoad(terminal.Error, out rules);
    }
}
