using System.CommandLine;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options of <c>gitops-policy audit</c>.</summary>
internal sealed class AuditOptions
{
    private const int MostOfAPage = 10_000;

    /// <summary>Where the rules are.</summary>
    public RuleSourceOptions Rules { get; } = new();

    /// <summary>Which cluster is judged.</summary>
    public ClusterOptions Cluster { get; } = new();

    /// <summary>The reports to write.</summary>
    public ReportOptions Reports { get; } = new("deny", "warn", "audit");

    /// <summary><c>--reports</c>: the form of the reports in the cluster.</summary>
    public Option<string> Form { get; } = ReportsOption.Create("none");

    /// <summary><c>--environment</c>.</summary>
    public Option<string?> Environment { get; } = new("--environment")
    {
        HelpName = "E",
        Description = "The environment of this cluster, as the configuration calls it.",
    };

    /// <summary><c>--namespace</c>.</summary>
    public Option<string[]> Namespaces { get; } = new("--namespace")
    {
        HelpName = "GLOB",
        Description = "Judge objects in these namespaces only. Default: all, and what is outside of namespaces.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary><c>--kinds</c>.</summary>
    public Option<string[]> Kinds { get; } = new("--kinds")
    {
        HelpName = "KIND",
        Description = "Judge these kinds only: `Kind`, `group/Kind`, globs of either. Default: all that the rules are about.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary><c>--page-size</c>.</summary>
    public Option<int> PageSize { get; } = new("--page-size")
    {
        HelpName = "N",
        Description = "Objects asked for at a time; so many are in memory at once.",
        DefaultValueFactory = static _ => 500,
    };

    /// <summary><c>--desired</c>.</summary>
    public Option<string[]> Desired { get; } = new("--desired")
    {
        HelpName = "PATH",
        Description =
            "Tell where what lives departs from these files, in place of judging it: what Git decides about is read, and "
            + "nothing else.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary><c>--no-render</c>.</summary>
    public Option<bool> NoRender { get; } = new("--no-render")
    {
        Description = "With `--desired`: read the files of kustomizations and charts as they are.",
    };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[Rules.Config, Rules.Policies, Environment]) command.Options.Add(option);
        Cluster.AddTo(command);
        foreach (var option in (Option[])
            [Namespaces, Kinds, PageSize, Reports.Format, Reports.Output, Reports.FailOn, Form, Desired, NoRender])
            command.Options.Add(option);
    }

    /// <summary>Refuses what does not go together.</summary>
    /// <exception cref="UsageException">It does not.</exception>
    public void Check(ParseResult parsed)
    {
        if (parsed.GetValue(PageSize) is < 1 or > MostOfAPage)
            throw new UsageException($"`--page-size` takes 1 to {MostOfAPage}");
        if (parsed.GetRequiredValue(Form) == ReportsOption.None) return;
        if (parsed.GetValue(Kinds) is { Length: > 0 })
            throw new UsageException(
                "`--reports` and `--kinds` do not go together: the report of a namespace is about all kinds there");
        if (parsed.GetValue(Desired) is { Length: > 0 })
            throw new UsageException(
                "`--reports` and `--desired` do not go together: reports in the cluster are about what lives there, whatever "
                + "Git says");
    }
}
