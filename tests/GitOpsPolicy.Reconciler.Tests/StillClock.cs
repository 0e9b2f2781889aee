using GitOpsPolicy.Reconciler.Tests.Status;

namespace GitOpsPolicy.Reconciler.Tests;

/// <summary>A clock on which it is always <see cref="Statuses.Now"/>.</summary>
internal sealed class StillClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => Statuses.Now;
}
