using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Terraform;

public sealed class RealPlansTests
{
    public static TheoryData<string, string> Plans
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in PlanFixtures.Names) data.Add($"{name}/plan.json", $"{name}/expected.txt");
            foreach (var path in Directory.EnumerateFiles(PlanFixtures.Folder, "*.json").Order(StringComparer.Ordinal))
                data.Add(Path.GetFileName(path), Path.GetFileNameWithoutExtension(path) + ".expected.txt");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void A_real_plan_reads_as_its_expectation_says(string plan, string expectation)
    {
        var actual = PlanDescription.Of(PlanFixtures.ReadFile(Path.Combine(PlanFixtures.Folder, plan)));
        var path = Path.Combine(PlanFixtures.Folder, expectation);
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
