using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script;

namespace GitOpsPolicy.Knowledge.Modules;

/// <summary>The knowledge as modules that rules import.</summary>
internal static class KnowledgeModules
{
    /// <summary>All of them.</summary>
    /// <param name="driftTable">The drift table of the rule set; null for the shipped one.</param>
    /// <param name="problems">Takes what is wrong with the table.</param>
    public static NativeModule[] All(MappingNode? driftTable, ProblemList problems)
    {
        var table = driftTable is null ? DriftTable.Shipped : DriftTable.Read(driftTable, problems);
        return
        [
            PruneModule.Create(table), DriftModule.Create(table), ImagesModule.Create(), SecretsModule.Create(),
            KubernetesModule.Create(), TerraformModule.Create(), PromotionModule.Create(),
        ];
    }
}
