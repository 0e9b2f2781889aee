using System.CommandLine;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options of <c>gitops-policy reconcile</c>, and which of them go with which way to run it.</summary>
internal sealed class ReconcileOptions
{
    private readonly Option<bool> once = new("--once")
    {
        Description = "Run passes until every unit has come to rest, tell how each is doing, and end.",
    };

    private readonly ReconcileModes modes;

    /// <summary>Which options there are.</summary>
    public ReconcileOptions()
    {
        modes = new(once, Units);
        modes.Only(ReconcileMode.Cluster, "it is about the units of a cluster", Choices.OfCluster);
        modes.Only(ReconcileMode.Cluster, "a Lease is for replicas that follow the units of a cluster", Lease.All);
        modes.Only(ReconcileMode.Files | ReconcileMode.Cluster, "that ends before anybody could look", Views.All);
        modes.Only(
            ReconcileMode.Files | ReconcileMode.Cluster, "that is for a process that goes on",
            [.. Rules.OfDaemon, .. Choices.OfDaemon]);
        modes.Only(
            ReconcileMode.Once, "a process that goes on tells it in its log, on the dashboard and in the cluster", Report.All);
    }

    /// <summary><c>--unit</c>: files with units.</summary>
    public Option<string[]> Units { get; } = new("--unit")
    {
        HelpName = "FILE",
        Description = "A file with units (kind `Reconciliation`), for one machine. Default: the units of the cluster.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>By which rules.</summary>
    public ReconcileRules Rules { get; } = new();

    /// <summary>Where units live, and objects of those that name no other place.</summary>
    public ClusterOptions Cluster { get; } = new();

    /// <summary>How much API servers are asked.</summary>
    public ReconcileApiRate Rate { get; } = new();

    /// <summary>Which Git may be asked.</summary>
    public ReconcileSourceOptions Sources { get; } = new();

    /// <summary>Which units.</summary>
    public ReconcileUnitOptions Choices { get; } = new();

    /// <summary>Which replica.</summary>
    public ReconcileLease Lease { get; } = new();

    /// <summary>What is left alone while the glass is broken.</summary>
    public ReconcileBreakGlass Glass { get; } = new();

    /// <summary>Who is shown and told how units are doing.</summary>
    public ReconcileViewOptions Views { get; } = new();

    /// <summary>How a run that ends tells it.</summary>
    public ReconcileReport Report { get; } = new();

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Units);
        command.Options.Add(once);
        foreach (var add in (Action<Command>[])[
            Rules.AddTo, Cluster.AddTo, Rate.AddTo, Choices.AddTo, Lease.AddTo, Sources.AddTo, Views.AddTo, Glass.AddTo,
            Report.AddTo])
            add(command);
    }

    /// <summary>The way that a command line asks for.</summary>
    /// <exception cref="UsageException">It asks for what does not go together.</exception>
    public ReconcileMode ModeOf(ParseResult parsed) => modes.Of(parsed);
}
