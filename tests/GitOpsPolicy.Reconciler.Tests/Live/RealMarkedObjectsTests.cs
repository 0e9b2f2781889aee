using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Reconciler.Live;
using GitOpsPolicy.Reconciler.Units;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Live;

/// <summary>The same at a real API server, with the rights of a Role.</summary>
[Collection(Fakes.ClusterTests.Name)]
public sealed class RealMarkedObjectsTests(ClusterFixture cluster)
{
    [ClusterFact]
    public async Task An_account_with_a_Role_in_one_namespace_finds_what_its_unit_has_lost_there()
    {
        var (here, there) = (await cluster.NewNamespaceAsync(), await cluster.NewNamespaceAsync());
        await ApplyAsync($$"""
            apiVersion: v1
            kind: ServiceAccount
            metadata: { name: deployer, namespace: {{here}} }
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: { name: deployer, namespace: {{here}} }
            rules: [{ apiGroups: ["", apps], resources: [configmaps, services, deployments], verbs: [get, list] }]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: { name: deployer, namespace: {{here}} }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: deployer }
            subjects: [{ kind: ServiceAccount, name: deployer, namespace: {{here}} }]
            """, "test");
        foreach (var (place, kind) in ((string, string)[])[(here, "ConfigMap"), (here, "Secret"), (there, "ConfigMap")])
            await ApplyAsync($$"""
                apiVersion: v1
                kind: {{kind}}
                metadata:
                  name: left
                  namespace: {{place}}
                  labels: { gitops-policy.dev/unit-name: shop, gitops-policy.dev/unit-namespace: {{here}} }
                """, "gitops-policy");
        using var client = new KubernetesClient(cluster.Connection with
        {
            Impersonation = new(
                $"system:serviceaccount:{here}:deployer", null, [], []),
        });
        var unit = new Unit
        {
            Key = new(here, "shop"),
            Source = new() { Url = "https://git.test/shop.git" },
            Target = new() { Namespace = here },
        };
        var found = Assert.Single(await new MarkedObjects(TimeProvider.System).OfAsync(client, unit, [], CancellationToken.None));
        Assert.Equal($"ConfigMap {here}/left", found.Id.ToString());
    }

    private async Task ApplyAsync(string objects, string manager)
    {
        var (code, _, error) = await cluster.TryKubectlAsync(
            objects, "apply", "--server-side", $"--field-manager={manager}", "-f", "-");
        Assert.True(code == 0, error);
    }
}
