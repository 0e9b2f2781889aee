using GitOpsPolicy.Knowledge.Modules;
using GitOpsPolicy.Policies.Reading;
using Xunit;

namespace GitOpsPolicy.Tests.Knowledge;

public sealed class ShippedRulesTests
{
    [Fact]
    public void Modules_can_be_made_before_any_script_runs()
    {
        var modules = KnowledgeModules.All(null, new ProblemList());

        Assert.Equal(6, modules.Length);
    }
}
