using System.Collections.Immutable;
using System.Net;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Dashboard;

/// <summary>How the dashboard is shown.</summary>
public sealed record DashboardOptions
{
    /// <summary>The port that is used where nobody says otherwise.</summary>
    public const int DefaultPort = 8090;

    /// <summary>
    /// Where it listens. It asks nobody who they are, so only this machine can see it unless somebody says otherwise. Port 0
    /// takes a free one.
    /// </summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>
    /// Names that browsers may ask for it by, beside <c>localhost</c> and addresses of loopback; empty for no others where it
    /// listens on loopback, and for any elsewhere. A web page of somebody else can make a browser on this machine ask, but not by
    /// these names.
    /// </summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>How often pages load themselves again.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After this long without a pass a unit counts as one that needs somebody.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// What to say on top of every page, such as that another replica leads; null for nothing. Asked for each page.
    /// </summary>
    public Func<string?>? Notice { get; init; }

    /// <summary>The file that a unit is in, as whoever runs this named it; null for a unit of the cluster.</summary>
    public Func<UnitKey, string?> FileOf { get; init; } = static _ => null;

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
