using GitOpsPolicy.Reconciler.Units;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests;

public sealed class SuspensionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_suspension_holds_until_its_time() =>
        Assert.True(new Suspension("kim", "upgrade", Noon.AddMinutes(1)).HoldsAt(Noon));

    [Fact]
    public void A_suspension_is_over_at_its_time() => Assert.False(new Suspension("kim", "upgrade", Noon).HoldsAt(Noon));

    [Fact]
    public void A_suspension_without_end_holds_until_it_is_taken_back() =>
        Assert.True(new Suspension("kim", "upgrade", null).HoldsAt(Noon.AddYears(1)));
}
