using System.CommandLine;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The ways to run <c>reconcile</c>.</summary>
[Flags]
internal enum ReconcileMode
{
    /// <summary>Units of files, until each has come to rest: <c>--once</c>.</summary>
    Once = 1,

    /// <summary>Units of files, until it is stopped: <c>--unit</c>.</summary>
    Files = 2,

    /// <summary>Units of a cluster, until it is stopped.</summary>
    Cluster = 4,
}

/// <summary>
/// Which options of <c>reconcile</c> go with which way to run it. One that would do nothing is a mistake that somebody should
/// hear of.
/// </summary>
/// <param name="once"><c>--once</c>.</param>
/// <param name="units"><c>--unit</c>.</param>
internal sealed class ReconcileModes(Option<bool> once, Option<string[]> units)
{
    private readonly List<(Option Option, ReconcileMode With, string Why)> rows = [];

    /// <summary>Some options go with some ways only.</summary>
    /// <param name="with">The ways.</param>
    /// <param name="why">What the options are for, to follow the words that they do not go with something.</param>
    /// <param name="options">The options.</param>
    public void Only(ReconcileMode with, string why, IEnumerable<Option> options) =>
        rows.AddRange(options.Select(option => (option, with, why)));

    /// <summary>The way that a command line asks for.</summary>
    /// <exception cref="UsageException">It asks for two at once.</exception>
    public ReconcileMode Of(ParseResult parsed)
    {
        var hasFiles = (parsed.GetValue(units) ?? []).Length > 0;
        var mode = (parsed.GetValue(once), hasFiles) switch
        {
            (true, true) => ReconcileMode.Once,
            (true, false) => throw new UsageException($"`{once.Name}` needs units: name their files with `{units.Name}`"),
            (false, true) => ReconcileMode.Files,
            (false, false) => ReconcileMode.Cluster,
        };
        foreach (var (option, with, why) in rows)
            if (!with.HasFlag(mode) && parsed.GetResult(option) is { Implicit: false })
                throw new UsageException(Told(option, with, mode) + why);
        return mode;
    }

    private string Told(Option option, ReconcileMode with, ReconcileMode mode) => mode switch
    {
        _ when with == ReconcileMode.Once => $"`{option.Name}` goes with `{once.Name}`: ",
        ReconcileMode.Once when with.HasFlag(ReconcileMode.Files) => $"`{option.Name}` does not go with `{once.Name}`: ",
        _ => $"`{option.Name}` does not go with `{units.Name}`: ",
    };
}
