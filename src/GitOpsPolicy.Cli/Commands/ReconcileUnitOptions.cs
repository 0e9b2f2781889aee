using System.CommandLine;
using GitOpsPolicy.Reconciler.Running;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options by which <c>reconcile</c> is told which of the cluster's units are its own.</summary>
internal sealed class ReconcileUnitOptions
{
    private readonly Option<string[]> namespaces = new("--unit-namespaces") { HelpName = "NAME", Description = "Follow the units of these namespaces only. Default: of all.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> selector = new("--unit-selector") { HelpName = "LABELS", Description = "Follow units with these labels only: `team=web,tier!=test`." };
    private readonly Option<string?> shard = new("--shard") { HelpName = "I/N", Description = "Reconcile the I-th of N parts that the cluster's units are dealt out to by their names." };
    private readonly Option<int> workers = new("--workers") { HelpName = "N", Description = "Units that are reconciled at a time.", DefaultValueFactory = static _ => new EngineSettings().Workers };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[namespaces, selector, shard, workers]) command.Options.Add(option);
    }

    /// <summary>The units that they choose.</summary>
    /// <exception cref="UsageException">A shard that is none.</exception>
    public UnitChoice Choice(ParseResult parsed) => new()
    {
        Namespaces = [.. (parsed.GetValue(namespaces) ?? []).Distinct(StringComparer.Ordinal)],
        Selector = parsed.GetValue(selector),
        Shard = parsed.GetValue(shard) is not { } text ? UnitShard.Whole
            : UnitShard.TryParse(text, out var read) ? read : throw new UsageException($"`--shard {text}` is no part of a whole: write `1/3` for the first of three, at most 64"),
    };

    /// <summary>The settings of the engine that they come to.</summary>
    /// <exception cref="UsageException">A number out of range.</exception>
    public EngineSettings Engine(ParseResult parsed) => parsed.GetValue(workers) is var count and >= 1 and <= 64
        ? new() { Workers = count }
        : throw new UsageException("`--workers` takes 1 to 64");

    /// <summary>Says that what is about the cluster's units does not go with files.</summary>
    /// <exception cref="UsageException">One of the options was given.</exception>
    public void RefuseBesideFiles(ParseResult parsed)
    {
        foreach (var option in (Option[])[namespaces, selector, shard])
            if (parsed.GetResult(option) is { Implicit: false }) throw new UsageException($"`{option.Name}` is about the units of the cluster, and `--unit` names files: take one of the two out");
    }
}
