using System.Collections.Immutable;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>What the user asked <c>check</c> to do.</summary>
internal sealed record CheckOptions
{
    /// <summary>Files, folders and patterns to judge; <c>-</c> is standard input.</summary>
    public ImmutableArray<string> Paths { get; init; } = [];

    /// <summary>What to compare with: a Git revision or a folder. Null judges the files as they stand.</summary>
    public string? Base { get; init; }

    /// <summary>Terraform or OpenTofu plans in JSON; <c>-</c> is standard input.</summary>
    public ImmutableArray<string> Plans { get; init; } = [];

    /// <summary>
    /// The folder of the Terraform configuration that the plans were made of; null for the folder of each plan.
    /// </summary>
    public string? Terraform { get; init; }

    /// <summary>
    /// What lives, as a file or folder of objects; <c>-</c> is standard input. Null: only what is wanted is judged.
    /// </summary>
    public string? Live { get; init; }

    /// <summary>The configuration file; null looks for <c>gitops-policy.yaml</c>.</summary>
    public string? Config { get; init; }

    /// <summary>A folder of rules to use instead of those the configuration names; null for none.</summary>
    public string? Policies { get; init; }

    /// <summary>The environment everything belongs to; null derives it from the paths.</summary>
    public string? Environment { get; init; }

    /// <summary>The moment that ages of versions are counted to; null for when the head was committed.</summary>
    public string? Now { get; init; }

    /// <summary>A file that says who has approved; null for none.</summary>
    public string? Approvals { get; init; }

    /// <summary>The reports to write.</summary>
    public ImmutableArray<RequestedReport> Reports { get; init; } = [];

    /// <summary>The weakest action that makes the exit code 1.</summary>
    public FindingAction FailOn { get; init; } = FindingAction.Deny;

    /// <summary>The baseline whose findings are known; null for none.</summary>
    public string? KnownFindings { get; init; }

    /// <summary>Where to write a baseline with the findings of this run; null for nowhere.</summary>
    public string? FindingsToWrite { get; init; }

    /// <summary>Where to write a patch with the fixes that rules offer; <c>-</c> is standard output. Null for nowhere.</summary>
    public string? FixPatch { get; init; }

    /// <summary>Read the files of kustomizations and charts as they are.</summary>
    public bool NoRender { get; init; }

    /// <summary>An undetermined decision does not fail the run.</summary>
    public bool AllowUndetermined { get; init; }
}

/// <summary>One report to write.</summary>
/// <param name="Format">One of the names that <c>--format</c> takes.</param>
/// <param name="File">Where to; null is standard output.</param>
internal sealed record RequestedReport(string Format, string? File);
