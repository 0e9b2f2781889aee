using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Knowledge.Freezes;

/// <summary>What a window does while it is open, as in the <c>syncWindows</c> of an Argo CD AppProject.</summary>
public enum FreezeKind
{
    /// <summary>Nothing that can wait is changed.</summary>
    Deny,

    /// <summary>Changes are made in such windows alone; whatever lies outside of them is frozen.</summary>
    Allow,
}

/// <summary>A time in which nothing is changed that can wait, or in which alone something is.</summary>
public sealed record FreezeWindow
{
    /// <summary>A window of a schedule is open for so long at most; one that takes longer says from when until when.</summary>
    public static readonly TimeSpan LongestDuration = TimeSpan.FromDays(31);

    // A schedule that does not come in so long does not come: 29 February on a Monday is 28 years apart, and nobody plans by it.
    private static readonly TimeSpan Sight = TimeSpan.FromDays(400);

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it freezes or lets through.</summary>
    public FreezeKind Kind { get; init; }

    /// <summary>Why; null when nobody says.</summary>
    public string? Reason { get; init; }

    /// <summary>The mapping it was read from.</summary>
    public required Node Node { get; init; }

    /// <summary>When it opens; null for one that says from when until when.</summary>
    internal CronSchedule? Schedule { get; init; }

    /// <summary>How long it is open, in time that passes, whatever the clock on the wall does meanwhile.</summary>
    internal TimeSpan Duration { get; init; }

    /// <summary>The time zone of the schedule.</summary>
    internal TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>When a window without a schedule opens.</summary>
    internal DateTimeOffset From { get; init; }

    /// <summary>When it closes.</summary>
    internal DateTimeOffset Until { get; init; }

    /// <summary>Globs over the environments that it is for; empty for all.</summary>
    internal ImmutableArray<Glob> Environments { get; init; } = [];

    /// <summary>Globs over the namespaces that it is for; empty for all, and for what is in none.</summary>
    internal ImmutableArray<Glob> Namespaces { get; init; } = [];

    /// <summary>
    /// It is for this scope. One that names environments or namespaces is not for what is in none, or in one that is not known.
    /// </summary>
    internal bool IsFor(string? environment, string? name) => Fits(Environments, environment) && Fits(Namespaces, name);

    /// <summary>When it closes, where it is open at this instant; else null.</summary>
    internal DateTimeOffset? ClosesAt(DateTimeOffset instant)
    {
        if (Schedule is null) return From <= instant && instant < Until ? Until : null;
        return Schedule.Last(instant, instant - Duration, Zone) is { } opened && instant < opened + Duration
            ? (opened + Duration).ToUniversalTime()
            : null;
    }

    /// <summary>When it opens next after an instant; null where it does not in more than a year.</summary>
    internal DateTimeOffset? OpensAfter(DateTimeOffset instant)
    {
        if (Schedule is null) return From > instant ? From : null;
        return Schedule.Next(instant, instant + Sight, Zone)?.ToUniversalTime();
    }

    private static bool Fits(ImmutableArray<Glob> globs, string? text) =>
        globs.IsEmpty || (text is { Length: > 0 } && globs.Any(glob => glob.Fits(text)));
}
