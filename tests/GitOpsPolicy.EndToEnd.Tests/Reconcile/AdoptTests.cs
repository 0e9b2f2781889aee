using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>
/// What was changed by hand comes into Git: <c>gitops-policy adopt</c>, <c>git apply</c>, and the unit is in sync with no
/// acknowledgement.
/// </summary>
[Collection(ReconciledClusterTests.Name)]
public sealed class AdoptTests(ClusterFixture cluster)
{
    private const string Web = """
        # Who buys, comes here.
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          type: ClusterIP   # nobody from outside
          selector:
            app: web
            tier: front   # as long as there is one
          ports:
            - port: 80   # plain
              protocol: TCP
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: colours }
        data:
          sky: blue

        """;

    [ClusterFact]
    public async Task What_was_changed_by_hand_is_in_Git_after_the_patch_and_nothing_waits_any_more()
    {
        using var shop = await OpenAsync();
        await shop.KubectlAsync("patch", "service", "web", "--type=json", "-p", """
            [{"op":"replace","path":"/spec/type","value":"NodePort"},
             {"op":"add","path":"/spec/selector/colour","value":"green"},
             {"op":"remove","path":"/spec/selector/tier"},
             {"op":"add","path":"/spec/ports/0/name","value":"http"},
             {"op":"add","path":"/spec/ports/-","value":{"name":"https","port":443}}]
            """);
        await shop.ReconcilesToAsync(1, "alert     Service");

        var patch = Path.Combine(shop.Folder, "adopt.patch");
        var ran = await AdoptAsync(shop, 0, "--output", "adopt.patch");
        Assert.Contains("4 of 4 changes made by hand", ran.Error, StringComparison.Ordinal);
        await shop.Repository.GitAsync("apply", "--check", patch);
        await shop.Repository.GitAsync("apply", patch);
        Assert.Equal(
            Web.Replace("type: ClusterIP", "type: NodePort", StringComparison.Ordinal)
                .Replace("    tier: front   # as long as there is one", "    colour: green", StringComparison.Ordinal)
                .Replace(
                    "      protocol: TCP",
                    "      protocol: TCP\n    - { name: https, protocol: TCP, port: 443, targetPort: 443 }",
                    StringComparison.Ordinal),
            shop.Repository.Read("shop/web.yaml"));
        await shop.Repository.CommitAsync("what was done at night");

        await shop.ReconcilesToAsync(0, "/shop: synced: ");
        Assert.Equal("NodePort", await shop.KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.type}"));
        Assert.Contains("nothing that was changed by hand", (await AdoptAsync(shop, 0)).Error, StringComparison.Ordinal);
    }

    [ClusterFact]
    public async Task What_was_done_while_the_glass_was_broken_is_taken_and_what_is_not_certain_is_told_with_why()
    {
        using var shop = await OpenAsync();
        File.WriteAllText(Path.Combine(shop.Folder, "glass.yaml"), $$"""
            apiVersion: gitopspolicy.dev/v1alpha1
            kind: BreakGlass
            metadata: { name: night }
            spec:
              who: alice
              approver: bob
              reason: the sky has to be green
              incident: INC-7
              notBefore: {{TimeProvider.System.GetUtcNow().AddMinutes(-1):yyyy-MM-ddTHH:mm:ssZ}}
              notAfter: {{TimeProvider.System.GetUtcNow().AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}
              scope: { operations: [update], namespaces: [{{shop.Namespace}}] }
            """);
        await shop.KubectlAsync(
            "patch", "configmap", "colours", "--type=merge", "-p", """{"data":{"sky":"green","sea":"two\n\nlines\n"}}""");
        await shop.LoseClaimAsync();
        await shop.ReconcilesToAsync(1, "break-glass by alice", "--break-glass-file", "glass.yaml");
        await shop.ReconcilesToAsync(1, "it was made while the glass was broken");

        var ran = await AdoptAsync(shop, 1);
        Assert.Contains(
            $"  left      PersistentVolumeClaim {shop.Namespace}/orders, shop/orders.yaml:1:1\n            it was deleted by hand\n", ran.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(shop.Folder, "adopt.patch"), ran.Out);
        await shop.Repository.GitAsync("apply", Path.Combine(shop.Folder, "adopt.patch"));
        Assert.Equal(
            Web.Replace("  sky: blue", "  sky: green\n  sea: |\n    two\n\n    lines", StringComparison.Ordinal),
            shop.Repository.Read("shop/web.yaml"));
        await shop.Repository.CommitAsync("what was done at night");

        await shop.ReconcilesToAsync(1, $"  waits     drift     PersistentVolumeClaim {shop.Namespace}/orders\n");
        ran = await shop.ReconcileAsync();
        Assert.DoesNotContain("ConfigMap", ran.Out, StringComparison.Ordinal);
        Assert.Equal("green", await shop.ColourAsync());
    }

    private async Task<Shop> OpenAsync()
    {
        var shop = await Shop.OpenAsync(cluster);
        shop.Repository.Delete("shop/colours.yaml");
        shop.Repository.Write("shop/web.yaml", Web);
        await shop.Repository.CommitAsync("web");
        await shop.ReconcilesToAsync(0, "synced");
        return shop;
    }

    private static async Task<Ran> AdoptAsync(Shop shop, int exit, params string[] arguments)
    {
        var ran = await Binary.RunAsync(shop.Folder, ["adopt", .. shop.Arguments[1..], .. arguments]);
        Assert.True(ran.ExitCode == exit, ran.ToString());
        return ran;
    }
}
