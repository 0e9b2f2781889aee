using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Terraform;

public sealed class RealPlansTests
{
    public static TheoryData<string> Plans => [.. PlanFixtures.Names];

    [Theory]
    [MemberData(nameof(Plans))]
    public void A_real_plan_reads_as_its_expectation_says(string name)
    {
        var actual = PlanDescription.Of(PlanFixtures.Read(name));
        var path = Path.Combine(PlanFixtures.Folder, name, "expected.txt");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
