using GitOpsPolicy.Reconciler.Running;
using GitOpsPolicy.Reconciler.Units;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Running;

public sealed class UnitShardTests
{
    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("1/3", 1, 3)]
    [InlineData("64/64", 64, 64)]
    public void A_part_of_a_whole_is_read(string text, int number, int count)
    {
        Assert.True(UnitShard.TryParse(text, out var shard));
        Assert.Equal((number, count, text), (shard.Number, shard.Count, shard.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("1/65")]
    [InlineData("-1/3")]
    [InlineData("1/3/5")]
    [InlineData("a/b")]
    [InlineData(" 1/3")]
    public void Anything_else_is_not(string text) => Assert.False(UnitShard.TryParse(text, out _));

    // Another outcome in another version would have two processes reconcile one unit while they are replaced.
    [Theory]
    [InlineData("shop", "web", 2)]
    [InlineData("shop", "database", 1)]
    [InlineData("default", "web", 3)]
    [InlineData("platform", "monitoring", 1)]
    public void A_unit_is_in_the_same_part_for_ever(string place, string name, int part) =>
        Assert.Equal([part], Enumerable.Range(1, 3).Where(number => new UnitShard(number, 3).Has(new(place, name))));

    [Fact]
    public void Many_units_are_dealt_out_evenly_each_to_one_part()
    {
        var units = Enumerable.Range(0, 3_000).Select(static number => new UnitKey("shop", $"unit-{number}")).ToList();
        var parts = Enumerable.Range(1, 3).Select(number => units.Count(new UnitShard(number, 3).Has)).ToList();
        Assert.Equal(3_000, parts.Sum());
        Assert.All(parts, static count => Assert.InRange(count, 850, 1_150));
    }
}
