using System.Collections.Immutable;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>What the host lets units fetch, and where it keeps what they fetched. A unit cannot widen it.</summary>
public sealed record GitSettings
{
    /// <summary>The folder for mirrors and private files; it may be emptied whenever nobody uses it.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>
    /// Hosts that may be asked: <c>git.example.com</c>, or <c>*.example.com</c> for all below it; empty for all.
    /// </summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>
    /// Repositories in folders of this machine may be read. Anybody who writes units could then read every repository here.
    /// </summary>
    public bool AllowsLocal { get; init; }

    /// <summary>Hosts that are this machine may be asked.</summary>
    public bool AllowsLoopback { get; init; }

    /// <summary>A mirror that grows larger is given up.</summary>
    public long MaxMirrorBytes { get; init; } = 1L << 30;

    /// <summary>So many fetches run at a time.</summary>
    public int MaxFetches { get; init; } = 4;

    /// <summary>What was fetched so recently also answers the next unit that asks the same.</summary>
    public TimeSpan Freshness { get; init; } = TimeSpan.Zero;
}
