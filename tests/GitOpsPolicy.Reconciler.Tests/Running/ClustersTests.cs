using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Reconciler.Running;
using GitOpsPolicy.Reconciler.Units;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Running;

public sealed class ClustersTests
{
    [Fact]
    public async Task In_whosever_name_a_server_is_asked_it_is_asked_at_one_pace_and_the_Lease_at_its_own()
    {
        var made = new List<RequestPace>();
        using var clusters = new Clusters(new ClusterConnection { Server = new("https://cluster.test") }, new())
        {
            PaceOfServer = () =>
            {
                made.Add(new(20, 40, TimeProvider.System));
                return made[^1];
            },
        };
        foreach (var account in (string?[])[null, "deployer", "janitor"])
        {
            var client = await clusters.OfAsync(UnitIn(account), CancellationToken.None);
            Assert.Same(Assert.Single(made), client.Options.Pace);
        }

        Assert.Null(clusters.Office.Options.Pace);
    }

    private static Unit UnitIn(string? account)
    {
        var text = $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: Reconciliation\nmetadata: {{ name: shop }}\nspec: {{ source: {{ url: https://git.test/shop }}, target: {{ {(account is null ? "" : $"serviceAccount: {account}")} }} }}\n";
        return Assert.Single(UnitFiles.Read("shop.yaml", System.Text.Encoding.UTF8.GetBytes(text)).Units);
    }
}
