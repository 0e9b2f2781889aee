using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Knowledge.Prune;
using Xunit;

namespace GitOpsPolicy.Tests.Knowledge;

/// <summary>Whether what left Git may be pruned.</summary>
public sealed class DriftAdvisorTests
{
    private const string Uid = "11111111";
    private static readonly DriftAdvisor Advisor = new(DriftTable.Shipped);
    private static readonly KubernetesId Settings = new("", "v1", "ConfigMap", "shop", "settings-k8d7g4t2hm");

    [Theory]
    [InlineData("settings-k8d7g4t2hm", PrunePolicy.Confirm)]
    [InlineData("settings-b9f5c2m6kt", PrunePolicy.Allow)]
    public void What_kustomize_generated_goes_when_no_Pod_refers_to_it_any_more(string mounted, PrunePolicy expected)
    {
        var web = Made.Object($"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{ name: web, namespace: shop, uid: \"11111111\" }}\nspec: {{ template: {{ spec: {{ volumes: [{{ name: a, configMap: {{ name: {mounted} }} }}] }} }} }}");
        PassObject[] pass =
        [
            new(Settings)
            {
                AppliedUid = Uid,
                Live = Made.Object("apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings-k8d7g4t2hm, namespace: shop, uid: \"11111111\" }\ndata: { a: b }"),
            },
            new(new("apps", "v1", "Deployment", "shop", "web"))
            {
                Desired = new(new("apps", "v1", "Deployment", "shop", "web"), web, "web.yaml"),
                AppliedUid = Uid,
                Live = web,
            },
        ];
        var read = PassInput.ReadChanges(pass, [], DriftIgnoring.Nothing, null);
        var prune = Assert.Single(read.Set.Changes, static change => change.Cause == ChangeCause.Prune);
        Assert.Equal(expected, Advisor.Of(prune, DriftContext.None).Prune);
    }

    [Theory]
    [InlineData(ChangeOrigin.Diff, "{}", PrunePolicy.Confirm)]
    [InlineData(ChangeOrigin.Drift, "{}", PrunePolicy.Never)]
    [InlineData(ChangeOrigin.Drift, "{ ownerReferences: [{ kind: SealedSecret, name: s }] }", PrunePolicy.Confirm)]
    public void A_Secret_that_never_was_in_Git_and_that_nothing_makes_again_is_never_pruned(
        ChangeOrigin origin, string metadata, PrunePolicy expected)
    {
        var secret = new Change
        {
            Resource = new KubernetesId("", "v1", "Secret", "shop", "db"),
            Operation = Operation.Delete,
            Origin = origin,
            Before = Made.Object($"apiVersion: v1\nkind: Secret\nmetadata: {metadata}\ndata: {{ password: aHVudGVyMg== }}"),
            Location = new("", 0, 0),
        };
        Assert.Equal(expected, Advisor.Of(secret, DriftContext.None).Prune);
    }
}
