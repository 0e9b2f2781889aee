using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Drift;

namespace GitOpsPolicy.Changes;

/// <summary>How what lives departs from what Git says.</summary>
public enum DriftKind
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>Git says it, and it does not live.</summary>
    Missing,

    /// <summary>Something that Git says has another value, or none.</summary>
    Modified,

    /// <summary>Something that Git says nothing of has been added where Git says all there is.</summary>
    Added,

    /// <summary>It is managed and lives on, though it left Git.</summary>
    Extraneous,

    /// <summary>It lives where Git decides what lives, and never was in Git.</summary>
    Unmanaged,

    /// <summary>Another object has taken its name.</summary>
    Identity,

    /// <summary>Two units or two managers claim it.</summary>
    Conflict,

    /// <summary>It lives as Git says, and violates the rules.</summary>
    Policy,

    /// <summary>Whether it has drifted cannot be told.</summary>
    Unknown,
}

/// <summary>
/// What is known of a drift beside what Git says and what lives, which are <see cref="Change.Before"/> and
/// <see cref="Change.After"/>.
/// </summary>
/// <param name="Kind">How it departs.</param>
public sealed record DriftFacts(DriftKind Kind)
{
    /// <summary>
    /// What was applied last, where that is known: where what lives is as applied and Git says something else, Git has moved on,
    /// and nothing has drifted.
    /// </summary>
    public Node? Applied { get; init; }

    /// <summary>An autoscaler decides how many replicas there are.</summary>
    public bool IsScaled { get; init; }

    /// <summary>It left Git, or never was there, and a Pod that lives refers to it.</summary>
    public bool IsReferenced { get; init; }

    /// <summary>What the configuration says means nothing in this object.</summary>
    internal ImmutableArray<DriftIgnore> Ignored { get; init; } = [];

    /// <summary>Why it cannot be told, or who else claims it; null where there is nothing to say.</summary>
    public string? Because { get; init; }
}
