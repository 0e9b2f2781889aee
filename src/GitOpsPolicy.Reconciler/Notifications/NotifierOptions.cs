using GitOpsPolicy.Reconciler.Metrics;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Notifications;

/// <summary>When people are told, and how often at most.</summary>
public sealed record NotifierOptions
{
    /// <summary>What still stands is told again after this long.</summary>
    public TimeSpan RepeatAfter { get; init; } = TimeSpan.FromHours(4);

    /// <summary>A unit has to be well for this long before that is told: what comes and goes is one trouble.</summary>
    public TimeSpan SettleFor { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What could not be told is tried again after this long, if it still stands.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Notices in an hour on each way. What comes on top is counted, and told as a number with the next one.</summary>
    public int MostPerHour { get; init; } = 60;

    /// <summary>What began longer before this process than this was told by the one before.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Where one line goes for each notice that could not be told; null for nowhere.</summary>
    public TextWriter? Log { get; init; }

    /// <summary>Counts what came of notices; null to count nothing.</summary>
    public ReconcileMetrics? Metrics { get; init; }

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>This process is the one that tells of a unit; another one tells of those that are not its own.</summary>
    public Func<UnitKey, bool> Tells { get; init; } = static _ => true;
}
