using System.Collections.Immutable;
using GitOpsPolicy.Evaluation.Tracing;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Policies;

/// <summary>Where a rule set is read from.</summary>
public sealed record RuleSetSource
{
    /// <summary>Name of the configuration while nobody gives another.</summary>
    public const string DefaultConfig = "gitops-policy.yaml";

    /// <summary>
    /// The files that rules, configuration, drift table and waivers are read from. For a pull request this is the base revision,
    /// so that it cannot switch off the rule that judges it.
    /// </summary>
    public required FileTree Tree { get; init; }

    /// <summary>
    /// The files that acknowledgements are read from, as they belong to the pull request; null for <see cref="Tree"/>.
    /// </summary>
    public FileTree? Head { get; init; }

    /// <summary>
    /// Path of the configuration, which then has to be there; null for <see cref="DefaultConfig"/> if there is one.
    /// </summary>
    public string? ConfigPath { get; init; }

    /// <summary>
    /// The folder that paths of changes are relative to, seen from the folder of the configuration: <c>apps/web</c> when the
    /// command runs there and the configuration lies at the root. Empty when it is the same folder.
    /// </summary>
    public string WorkingFolder { get; init; } = "";

    /// <summary>Folders and files with rules, instead of those that the configuration names; empty for those.</summary>
    public ImmutableArray<string> Policies { get; init; } = [];

    /// <summary>Follows one of the rules; null for none. What the rules decide is the same.</summary>
    public RuleTracer? Tracer { get; init; }
}
