using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Adopting;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options of <c>gitops-policy adopt</c>.</summary>
internal sealed class AdoptOptions
{
    private readonly Option<string[]> managers = new("--manager")
    {
        HelpName = "NAME",
        Description = "A field manager that is somebody at a keyboard, as kubectl is; globs. What others wrote is theirs.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The unit.</summary>
    public Argument<string?> Unit { get; } = new("UNIT")
    {
        Description = "The unit, as `NAMESPACE/NAME`. May be left out where `--unit` has one only.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary><c>--unit</c>.</summary>
    public Option<string?> File { get; } = new("--unit")
    {
        HelpName = "FILE",
        Description = "The file with the unit. Default: the unit of the cluster.",
    };

    /// <summary><c>--output</c>.</summary>
    public Option<string?> Output { get; } = new("--output")
    {
        HelpName = "FILE",
        Description = "Where the patch goes. Default: standard output.",
    };

    /// <summary>By which rules drift is classed.</summary>
    public RuleSourceOptions Rules { get; } = new();

    /// <summary>Where units live.</summary>
    public ClusterOptions Cluster { get; } = new();

    /// <summary>How much API servers are asked.</summary>
    public ReconcileApiRate Rate { get; } = new();

    /// <summary>Which Git may be asked.</summary>
    public ReconcileSourceOptions Sources { get; } = new();

    /// <summary>What is left alone while the glass is broken.</summary>
    public ReconcileBreakGlass Glass { get; } = new("Take over, too,");

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(Unit);
        foreach (var option in (Option[])[File, managers, Output, Rules.Config, Rules.Policies]) command.Options.Add(option);
        foreach (var add in (Action<Command>[])[Cluster.AddTo, Glass.AddTo, Rate.AddTo, Sources.AddTo]) add(command);
    }

    /// <summary>Tells of a field manager whether it is somebody at a keyboard.</summary>
    public Predicate<string> People(ParseResult parsed)
    {
        ImmutableArray<Glob> people = [.. (parsed.GetValue(managers) ?? []).Select(static name => new Glob(name))];
        return manager => people.Any(glob => glob.Fits(manager));
    }

    /// <summary>
    /// Those of another command's options that this one takes as well, as they were written, each with a space before it: what is
    /// copied has to look at the same cluster, by the same rules.
    /// </summary>
    public static string SharedWith(ParseResult parsed)
    {
        var command = new Command("adopt");
        var own = new AdoptOptions();
        own.AddTo(command);
        var shared = command.Options.Except([own.File, own.Output])
            .Select(static option => option.Name)
            .ToHashSet(StringComparer.Ordinal);
        return string.Concat(
            from given in parsed.CommandResult.Children.OfType<OptionResult>()
            where !given.Implicit && shared.Contains(given.Option.Name)
            from word in given.Tokens.Select(static token => token.Value).Prepend(given.Option.Name)
            select " " + ShellText.Quoted(word));
    }
}
