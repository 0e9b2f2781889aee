using System.CommandLine;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Reconciler.Running;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options by which <c>reconcile</c> is told which of the cluster's units are its own.</summary>
internal sealed class ReconcileUnitOptions
{
    private readonly Option<string[]> namespaces = new("--unit-namespaces")
    {
        HelpName = "NAME",
        Description = "Follow the units of these namespaces only. Default: of all.",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string?> selector = new("--unit-selector")
    {
        HelpName = "LABELS",
        Description = "Follow units with these labels only: `team=web,tier!=test`.",
    };
    private readonly Option<string?> shard = new("--shard")
    {
        HelpName = "I/N",
        Description = "Reconcile the I-th of N parts that the cluster's units are dealt out to by their names.",
    };
    private readonly Option<int> workers = new("--workers")
    {
        HelpName = "N",
        Description = "Units that are reconciled at a time.",
        DefaultValueFactory = static _ => new EngineSettings().Workers,
    };

    /// <summary>Those about the units of a cluster.</summary>
    public IEnumerable<Option> OfCluster => [namespaces, selector, shard];

    /// <summary>Those about a process that goes on.</summary>
    public IEnumerable<Option> OfDaemon => [workers];

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[namespaces, selector, shard, workers]) command.Options.Add(option);
    }

    /// <summary>The units that they choose.</summary>
    /// <exception cref="UsageException">A shard that is none, or a namespace.</exception>
    public UnitChoice Choice(ParseResult parsed) => new()
    {
        Namespaces = [.. (parsed.GetValue(namespaces) ?? []).Distinct(StringComparer.Ordinal).Select(Checked)],
        Selector = parsed.GetValue(selector),
        Shard = parsed.GetValue(shard) is not { } text ? UnitShard.Whole
            : UnitShard.TryParse(text, out var read) ? read
                : throw new UsageException(
                    $"`--shard {text}` is no part of a whole: write `1/3` for the first of three, at most 64"),
    };

    private string Checked(string named) =>
        ObjectNames.IsLabel(named)
            ? named
            : throw new UsageException(
                $"`{namespaces.Name} {named}` is no name that a namespace can have: lower-case letters, digits and dashes");

    /// <summary>The settings of the engine that they come to.</summary>
    /// <exception cref="UsageException">A number out of range.</exception>
    public EngineSettings Engine(ParseResult parsed) => parsed.GetValue(workers) is var count and >= 1 and <= 64
        ? new() { Workers = count }
        : throw new UsageException("`--workers` takes 1 to 64");
}
