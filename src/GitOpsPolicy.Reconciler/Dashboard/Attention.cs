using GitOpsPolicy.Reconciler.Dashboard.Markup;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Dashboard;

/// <summary>Which units need somebody. One of which nothing has been heard for long does too: unknown is not green.</summary>
/// <param name="Now">The time of the page.</param>
/// <param name="StaleAfter">How long a unit may be silent.</param>
internal sealed record Attention(DateTimeOffset Now, TimeSpan StaleAfter)
{
    /// <summary>No pass has begun for long.</summary>
    public bool IsStale(UnitStatus unit) => unit.LastAttempt is { } last && Now - last > StaleAfter;

    /// <summary>Somebody has to look at the unit.</summary>
    public bool IsNeededBy(UnitStatus unit) =>
        unit.Phase is UnitPhase.Failed or UnitPhase.Unhealthy or UnitPhase.RolledBack or UnitPhase.Blocked or UnitPhase.Held
            || IsStale(unit)
            || unit.Trouble is not null;

    /// <summary>Where the unit stands in a list, the one first that needs somebody most.</summary>
    public int RankOf(UnitStatus unit) => Chip.Order.IndexOf(unit.Phase) + (IsNeededBy(unit) ? 0 : Chip.Order.Length);
}
