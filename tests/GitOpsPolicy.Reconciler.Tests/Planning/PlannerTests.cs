using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Planning;

/// <summary>Plans what <c>plans.yaml</c> describes.</summary>
public sealed class PlannerTests
{
    public static TheoryData<string> Names() => [.. PlanCase.All().Select(static one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pass_is_planned(string name)
    {
        var one = PlanCase.All().Single(one => one.Name == name);
        Assert.Equal(one.Expected(), one.Planned());
    }

    [Fact]
    public void The_same_input_gives_the_same_plan()
    {
        var one = PlanCase.All().First();
        Assert.Equal(one.Planned(), one.Planned());
    }
}
