using System.Collections.Immutable;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Notifications;

/// <summary>How soon somebody should look.</summary>
public enum NoticeSeverity
{
    /// <summary>It is good to know.</summary>
    Info,

    /// <summary>During the day.</summary>
    Warning,

    /// <summary>Now.</summary>
    Critical,
}

/// <summary>Something that people are told of a unit. Nothing secret is in it.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Subject">What it is about: <c>failed</c>, <c>blocked</c>, <c>unhealthy</c>, <c>rolledBack</c>, <c>held</c>,
/// <c>driftFrozen</c>, <c>fight</c>, <c>approval</c>, <c>recovered</c>.</param>
/// <param name="Digest">Tells things of one subject apart: the same thing has the same digest, however often it is seen and
/// whatever its age.</param>
/// <param name="Title">The same in a few words.</param>
/// <param name="Message">The same in a sentence, with what to do.</param>
public sealed record Notice(UnitKey Unit, string Subject, string Digest, string Title, string Message)
{
    /// <summary>How soon somebody should look.</summary>
    public NoticeSeverity Severity { get; init; } = NoticeSeverity.Warning;

    /// <summary>What it is about in particular, one line each; at most ten.</summary>
    public ImmutableArray<string> Details { get; init; } = [];

    /// <summary>The commit that Git has; empty where it is not known.</summary>
    public string Revision { get; init; } = "";

    /// <summary>The environment of the unit; empty for none.</summary>
    public string Environment { get; init; } = "";

    /// <summary>When it began; null where nobody knows.</summary>
    public DateTimeOffset? Since { get; init; }
}
