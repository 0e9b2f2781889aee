using System.CommandLine;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options of <c>gitops-policy acknowledge</c>.</summary>
internal sealed class AcknowledgeOptions
{
    /// <summary>What deletes.</summary>
    public InputOptions Inputs { get; } = new();

    /// <summary><c>--only</c>.</summary>
    public Option<string[]> Only { get; } = new("--only")
    {
        HelpName = "RESOURCE",
        Description =
            "Name this deletion, as findings show it (`Deployment prod/web`, `aws_s3_bucket.logs`). May be given several times. "
            + "Default: every deletion.",
    };

    /// <summary><c>--name</c>.</summary>
    public Option<string> Name { get; } = new("--name")
    {
        HelpName = "NAME",
        Description = "Its name.",
        DefaultValueFactory = static _ => "deletions",
    };

    /// <summary><c>--owner</c>.</summary>
    public Option<string> Owner { get; } = new("--owner")
    {
        HelpName = "WHO",
        Description = "Who answers for it.",
        Required = true,
    };

    /// <summary><c>--approver</c>.</summary>
    public Option<string> Approver { get; } = new("--approver")
    {
        HelpName = "WHO",
        Description = "Who allowed it: someone other than the owner.",
        Required = true,
    };

    /// <summary><c>--reason</c>.</summary>
    public Option<string> Reason { get; } = new("--reason")
    {
        HelpName = "TEXT",
        Description = "Why nothing is lost by it, or may be.",
        Required = true,
    };

    /// <summary><c>--environment</c>.</summary>
    public Option<string?> Environment { get; } = new("--environment")
    {
        HelpName = "E",
        Description = "The environment it is for. Default: those of the deletions, by the configuration's `environments`.",
    };

    /// <summary><c>--output</c>.</summary>
    public Option<string?> Output { get; } = new("--output")
    {
        HelpName = "FILE",
        Description = "Where it goes, such as `acknowledgements/NAME.yaml`. Default: standard output.",
    };
}
