using System.Collections.Immutable;

namespace GitOpsPolicy.Changes;

/// <summary>
/// What a host found out around a change set, once and before anything is judged, so that rules need no clock and no history.
/// </summary>
public sealed record PromotionFacts
{
    /// <summary>
    /// The moment that ages are counted to: given by the user, or when the head was committed. Null where nobody knows.
    /// </summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Where versions have been, as far as the changes deploy them.</summary>
    public ImmutableArray<VersionStay> Stays { get; init; } = [];

    /// <summary>Why the history is not all known, in a few words; null where it is.</summary>
    public string? Gap { get; init; }

    /// <summary>Who has to approve changes of which files; null where nobody says.</summary>
    public CodeOwners? Owners { get; init; }

    /// <summary>Who has approved; null where nobody says.</summary>
    public Approvals? Approvals { get; init; }
}

/// <summary>A time that a version was in an environment.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Version">What it is, as <c>image ghcr.io/acme/web 1.4.0</c>.</param>
/// <param name="Since">From when.</param>
/// <param name="Until">Until when; null while it is there.</param>
/// <param name="IsCut">It may have been there earlier: what was before is not known.</param>
public sealed record VersionStay(
    string Environment, string Version, DateTimeOffset Since, DateTimeOffset? Until, bool IsCut = false);

/// <summary>Who has approved a pull request.</summary>
/// <param name="Author">Who made it; empty where that is not known.</param>
/// <param name="By">Who approved it.</param>
/// <param name="Teams">Who is in a team, by its name as owners are written: <c>@acme/platform</c>.</param>
public sealed record Approvals(
    string Author, ImmutableArray<string> By, ImmutableSortedDictionary<string, ImmutableArray<string>> Teams);
