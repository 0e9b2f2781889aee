using GitOpsPolicy.EndToEnd.Tests.Chart;
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
        var told = (await shop.ReconcilesToAsync(1, "alert     Service")).Error;
        Assert.Contains(
            $"`gitops-policy adopt --unit shop.yaml {shop.Namespace}/shop --output adopt.patch {string.Join(' ', shop.Arguments[3..])}` writes",
            told, StringComparison.Ordinal);

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
        Write(shop, "glass.yaml", Glass(shop));
        await shop.KubectlAsync(
            "patch", "configmap", "colours", "--type=merge", "-p", """{"data":{"sky":"green","sea":"two\n\nlines\n"}}""");
        await shop.LoseClaimAsync();
        await shop.ReconcilesToAsync(1, "break-glass by alice", "--break-glass-file", "glass.yaml");
        await shop.ReconcilesToAsync(1, "it was made by hand while nothing was put back");

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

    [ClusterFact]
    public async Task While_the_glass_is_broken_or_a_window_is_open_the_patch_has_what_was_done_since_though_no_pass_has_seen_it()
    {
        using var shop = await OpenAsync();
        await shop.KubectlAsync("patch", "configmap", "colours", "--type=merge", "-p", """{"data":{"sky":"green"}}""");
        Assert.Contains("nothing that was changed by hand", (await AdoptAsync(shop, 0)).Error, StringComparison.Ordinal);

        Write(shop, "glass.yaml", Glass(shop));
        var ran = await AdoptAsync(shop, 0, "--break-glass-file", "glass.yaml");
        Assert.Contains("1 of 1 change made by hand", ran.Error, StringComparison.Ordinal);
        Assert.Contains("/shop: break-glass by alice: the sky has to be green, until ", ran.Error, StringComparison.Ordinal);
        Assert.Contains("+  sky: green\n", ran.Out, StringComparison.Ordinal);

        Write(shop, "gitops-policy.yaml", """
            apiVersion: gitopspolicy.dev/v1alpha1
            kind: PolicyConfig
            rules: [builtin]
            drift: { freezeWindows: [{ name: always, kind: deny, schedule: "* * * * *", duration: 1h }] }
            """);
        Assert.Equal(ran.Out, (await AdoptAsync(shop, 0)).Out);
    }

    [ClusterFact]
    public async Task A_unit_of_the_cluster_is_named_and_what_other_managers_wrote_comes_in_by_their_name_alone()
    {
        using var shop = await OpenAsync();
        await cluster.KubectlAsync("apply", "--server-side", "-f", Repository.PathOf("charts", "gitops-policy", "crds"));
        await cluster.KubectlAsync(
            "wait", "--for=condition=Established", "crd/reconciliations.gitopspolicy.dev", "--timeout=60s");
        await shop.KubectlAsync("apply", "-f", Path.Combine(shop.Folder, "shop.yaml"));
        await shop.KubectlAsync(
            "patch", "service", "web", "--field-manager=console", "--type=merge", "-p", """{"spec":{"selector":{"tier":"back"}}}""");
        await shop.KubectlAsync("patch", "service", "web", "--type=merge", "-p", """{"spec":{"type":"NodePort"}}""");
        await FollowAsync(shop, "/shop: held: ");

        var ran = await AdoptClusterAsync(shop, 1, "shop", "--output", "adopt.patch");
        Assert.Contains("1 of 2 changes made by hand", ran.Error, StringComparison.Ordinal);
        Assert.Contains("-> leave it out of Git, or say with `--manager console` that it was a person", ran.Error, StringComparison.Ordinal);
        await AdoptClusterAsync(shop, 0, "shop", "--output", "adopt.patch", "--manager", "con*");
        await shop.Repository.GitAsync("apply", Path.Combine(shop.Folder, "adopt.patch"));
        Assert.Equal(
            Web.Replace("type: ClusterIP", "type: NodePort", StringComparison.Ordinal)
                .Replace("tier: front", "tier: back", StringComparison.Ordinal), shop.Repository.Read("shop/web.yaml"));
        await shop.Repository.CommitAsync("what was done at night");
        await FollowAsync(shop, $"/shop: synced: {shop.Repository.ShortHead} is applied");

        Assert.Contains(
            $"there is no unit `{shop.Namespace}/stall` in the cluster at https://",
            (await AdoptClusterAsync(shop, 2, "stall")).Error, StringComparison.Ordinal);
        Assert.Contains($"`{shop.Namespace}/shop`", (await AdoptClusterAsync(shop, 2, "stall")).Error, StringComparison.Ordinal);
        await shop.KubectlAsync("delete", "-f", Path.Combine(shop.Folder, "shop.yaml"));
    }

    [ClusterFact]
    public async Task What_kustomize_made_of_a_base_and_a_patch_is_changed_in_the_patch()
    {
        using var shop = await OpenRenderedAsync(new()
        {
            ["base/kustomization.yaml"] = "resources: [web.yaml]\n",
            ["base/web.yaml"] = Web,
            ["other/kustomization.yaml"] = "resources: [../base]\n",
            ["shop/kustomization.yaml"] = "resources: [../base]\npatches: [{ path: web.yaml }]\n",
            ["shop/web.yaml"] = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  type: ClusterIP   # as everywhere\n",
        });
        await TakesOverAsync(
            shop, "shop/web.yaml",
            "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  type: NodePort   # as everywhere\n  selector:\n    colour: green\n");
    }

    [ClusterFact]
    public async Task What_Helm_made_of_values_is_changed_in_the_values_of_the_unit()
    {
        if (Tools.Missing(["helm"]) is not null) return; // as where other tests are skipped
        using var shop = await OpenRenderedAsync(
            new()
            {
                ["shop/Chart.yaml"] = "apiVersion: v2\nname: web\nversion: 1.0.0\n",
                ["shop/values.yaml"] = "type: ClusterIP\nselector: { app: web }\n",
                ["shop/templates/web.yaml"] =
                    "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  type: {{ .Values.type }}\n  selector: {{ toYaml .Values.selector | nindent 4 }}\n  ports: [{ port: 80, protocol: TCP }]\n",
                ["ours.yaml"] = "# Ours.\nselector:\n  app: web\n",
            },
            "render: { valuesFiles: [ours.yaml] }");
        await TakesOverAsync(shop, "ours.yaml", "# Ours.\nselector:\n  app: web\n  colour: green\ntype: NodePort\n");
    }

    private static async Task TakesOverAsync(Shop shop, string file, string says)
    {
        await shop.KubectlAsync("patch", "service", "web", "--type=json", "-p", """
            [{"op":"replace","path":"/spec/type","value":"NodePort"},
             {"op":"add","path":"/spec/selector/colour","value":"green"}]
            """);
        await shop.ReconcilesToAsync(1, "alert     Service");
        var ran = await AdoptAsync(shop, 0, "--output", "adopt.patch");
        Assert.Contains("2 of 2 changes made by hand", ran.Error, StringComparison.Ordinal);
        await shop.Repository.GitAsync("apply", Path.Combine(shop.Folder, "adopt.patch"));
        Assert.Equal(says, shop.Repository.Read(file));
        await shop.Repository.CommitAsync("what was done at night");
        await shop.ReconcilesToAsync(0, "/shop: synced: ");
        Assert.Equal("NodePort", await shop.KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.type}"));
    }

    private async Task<Shop> OpenRenderedAsync(Dictionary<string, string> files, string settings = "")
    {
        var shop = await Shop.OpenAsync(cluster, settings);
        foreach (var file in (string[])["shop/colours.yaml", "shop/orders.yaml", "shop/web.yaml"]) shop.Repository.Delete(file);
        foreach (var (file, text) in files) shop.Repository.Write(file, text);
        await shop.Repository.CommitAsync("web");
        await shop.ReconcilesToAsync(0, "synced");
        return shop;
    }

    // The engine, as it follows the units of the cluster, until it says something.
    private static async Task FollowAsync(Shop shop, string says)
    {
        using var engine = RunningBinary.Start(
            shop.Folder, [], ["reconcile", .. shop.Arguments[3..], "--unit-namespaces", shop.Namespace]);
        await engine.SaysAsync(says);
        Assert.Equal(0, await engine.TerminateAsync());
    }

    private static async Task<Ran> AdoptClusterAsync(Shop shop, int exit, string unit, params string[] arguments)
    {
        var ran = await Binary.RunAsync(
            shop.Folder, ["adopt", $"{shop.Namespace}/{unit}", .. shop.Arguments[3..], .. arguments]);
        Assert.True(ran.ExitCode == exit, ran.ToString());
        return ran;
    }

    private static void Write(Shop shop, string file, string text) => File.WriteAllText(Path.Combine(shop.Folder, file), text);

    private static string Glass(Shop shop) => $$"""
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
        """;

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
