using System.Collections.Immutable;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Knowledge.Freezes;

namespace GitOpsPolicy.Policies.Configuration;

/// <summary>What a configuration says about drift.</summary>
public sealed record DriftSettings
{
    /// <summary>What holds while it says nothing.</summary>
    public static DriftSettings None { get; } = new();

    /// <summary>File with the drift table; null for the shipped one.</summary>
    public string? Table { get; init; }

    /// <summary>Differences that mean nothing here, beside those that mean nothing anywhere.</summary>
    public ImmutableArray<DriftIgnore> Ignore { get; init; } = [];

    /// <summary>When nothing is changed that can wait.</summary>
    public FreezeWindows FreezeWindows { get; init; } = FreezeWindows.None;
}
