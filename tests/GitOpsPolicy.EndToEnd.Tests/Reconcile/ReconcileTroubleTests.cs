using System.Diagnostics;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>
/// Days on which things do not go by themselves: the glass is broken, changes are frozen, others write the same objects, one unit
/// needs another.
/// </summary>
[Collection(ReconciledClusterTests.Name)]
public sealed class ReconcileTroubleTests(ClusterFixture cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [ClusterFact]
    public async Task What_is_done_by_hand_while_the_glass_is_broken_stays_until_Git_has_it_or_somebody_takes_it_back()
    {
        using var shop = await Shop.OpenAsync(cluster);
        await shop.ReconcilesToAsync(0, "synced");
        BreakGlass(shop, until: TimeSpan.FromHours(1));
        await PaintByHandAsync(shop, "green");
        await shop.ReconcilesToAsync(
            1, "/shop: suspended: break-glass by alice: the sky is down", "--break-glass-file", "glass.yaml");
        Assert.Equal("green", await shop.ColourAsync());

        // The glass is whole again, and what was done is still there to be decided about.
        File.WriteAllText(Path.Combine(shop.Folder, "glass.yaml"), "");
        var ran = await shop.ReconcilesToAsync(1, "/shop: held: ", "--break-glass-file", "glass.yaml");
        Assert.Contains($"ConfigMap {shop.Namespace}/colours", ran.Out, StringComparison.Ordinal);
        Assert.Equal("green", await shop.ColourAsync());

        await shop.CommitColourAsync("green");
        await shop.ReconcilesToAsync(0, "/shop: synced: ", "--break-glass-file", "glass.yaml");
    }

    [ClusterFact]
    public async Task Nothing_is_changed_in_a_freeze_window_and_afterwards_all_but_what_was_done_by_hand_until_that_is_decided()
    {
        using var shop = await Shop.OpenAsync(cluster);
        await shop.ReconcilesToAsync(0, "synced");
        var now = TimeProvider.System.GetUtcNow();
        Freeze(shop, now.AddHours(-1), now.AddHours(1));
        await PaintByHandAsync(shop, "green");
        shop.Repository.Write("shop/new.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: new }\n");
        await shop.Repository.CommitAsync("new");
        await shop.ReconcilesToAsync(
            1, "/shop: suspended: freeze-window: nobody is there to look after it, until ", "--config", "frozen.yaml");
        Assert.Equal("green", await shop.ColourAsync());
        Assert.Equal("", await shop.KubectlAsync("get", "configmap", "new", "--ignore-not-found"));

        Freeze(shop, now.AddHours(-2), now.AddHours(-1));
        var folder = Path.Combine(shop.Repository.Folder, "acknowledgements");
        await shop.ReconcilesToAsync(
            1, "it was made by hand while nothing was put back", "--config", "frozen.yaml", "--write-acknowledgements", folder);
        Assert.Equal("green", await shop.ColourAsync());
        Assert.Equal("configmap/new\n", await shop.KubectlAsync("get", "configmap", "new", "-o", "name"));

        Shop.Sign(Shop.OneOf(folder), "revert");
        await shop.Repository.CommitAsync("decided");
        await shop.ReconcilesToAsync(0, "/shop: synced: ", "--config", "frozen.yaml");
        Assert.Equal("blue", await shop.ColourAsync());
    }

    [ClusterFact]
    public async Task A_unit_waits_for_another_and_goes_on_once_that_one_is_in_sync()
    {
        using var shop = await Shop.OpenAsync(cluster, "dependsOn: [{ name: base }]");
        shop.Repository.Write("base/broken.yaml", "kind: [\n");
        await shop.Repository.CommitAsync("base");
        File.WriteAllText(
            Path.Combine(shop.Folder, "base.yaml"), (await File.ReadAllTextAsync(Path.Combine(shop.Folder, "shop.yaml")))
                .Replace("name: shop,", "name: base,", StringComparison.Ordinal)
                    .Replace("path: shop", "path: base", StringComparison.Ordinal)
                    .Replace("dependsOn: [{ name: base }]", "", StringComparison.Ordinal));
        using var engine = RunningBinary.Start(shop.Folder, [], [.. shop.Arguments, "--unit", "base.yaml"]);
        await engine.SaysAsync($"/shop: progressing: it waits for {shop.Namespace}/base, which is failed");
        Assert.Equal("", await shop.KubectlAsync("get", "configmaps", "colours", "--ignore-not-found"));

        shop.Repository.Write("base/broken.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: base }\n");
        await shop.Repository.CommitAsync("whole");
        await engine.SaysAsync("/shop: synced: ");
        Assert.Equal("blue", await shop.ColourAsync());
        Assert.Equal(0, await engine.TerminateAsync());
    }

    [ClusterFact]
    public async Task A_field_that_another_controller_writes_is_not_fought_for_and_he_is_named()
    {
        using var shop = await Shop.OpenAsync(cluster);
        await shop.ReconcilesToAsync(0, "synced");
        await PaintByHandAsync(shop, "green", "--field-manager=colour-operator");
        var ran = await shop.ReconcilesToAsync(1, "/shop: held: ");
        Assert.Contains("`colour-operator`", ran.Out, StringComparison.Ordinal);
        Assert.Equal("green", await shop.ColourAsync());

        // Whoever is named in the unit is taken back from.
        shop.Configure("drift: { overridableManagers: [colour-operator] }");
        await shop.ReconcilesToAsync(0, "/shop: synced: ");
        Assert.Equal("blue", await shop.ColourAsync());
    }

    [ClusterFact]
    public async Task Somebody_who_changes_an_object_again_and_again_is_told_of_and_not_fought_for_ever()
    {
        using var shop = await Shop.OpenAsync(cluster, "drift: { interval: 1h, maxCorrectionsPerHour: 2 }");
        using var engine = RunningBinary.Start(shop.Folder, [], shop.Arguments);
        await engine.SaysAsync("/shop: synced: ");
        for (var i = 0; i < 2; i++)
        {
            await PaintByHandAsync(shop, $"green-{i}");
            await BecomesAsync(shop, "blue");
        }

        await PaintByHandAsync(shop, "green");
        Assert.Contains("`kubectl-patch`", await engine.SaysAsync("two are fighting over it"), StringComparison.Ordinal);
        Assert.Equal("green", await shop.ColourAsync());
        Assert.Equal(0, await engine.TerminateAsync());
    }

    [ClusterFact]
    public async Task A_wave_that_does_not_get_ready_stops_those_after_it()
    {
        using var shop = await Shop.OpenAsync(cluster, "health: { timeout: 2s }");
        shop.Repository.Delete("shop/orders.yaml");
        shop.Repository.Write("shop/deployment.yaml", Deployment);
        shop.Repository.Write(
            "shop/late.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: late, annotations: { gitops-policy.dev/wave: \"1\" } }\n");
        await shop.Repository.CommitAsync("waves");
        var ran = await shop.ReconcilesToAsync(1, "/shop: unhealthy: ");
        Assert.Contains($"Deployment {shop.Namespace}/web", ran.Out, StringComparison.Ordinal);
        Assert.Equal("", await shop.KubectlAsync("get", "configmap", "late", "--ignore-not-found"));

        shop.Repository.Delete("shop/deployment.yaml");
        await shop.Repository.CommitAsync("no deployment");
        await shop.ReconcilesToAsync(0, "/shop: synced: ");
        Assert.Equal("configmap/late", (await shop.KubectlAsync("get", "configmap", "late", "-o", "name")).Trim());
    }

    private const string Deployment =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: web }
        spec:
          selector: { matchLabels: { app: web } }
          template:
            metadata: { labels: { app: web } }
            spec: { containers: [{ name: web, image: "registry.example.com/web:1.0.0" }] }
        """;

    private static Task<string> PaintByHandAsync(Shop shop, string colour, params string[] arguments) =>
        shop.KubectlAsync([
            "patch", "configmap", "colours", "--type=merge", "-p", $$$"""{"data":{"sky":"{{{colour}}}"}}""", .. arguments
        ]);

    private static async Task BecomesAsync(Shop shop, string colour)
    {
        var begun = Stopwatch.GetTimestamp();
        while (await shop.ColourAsync() != colour)
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, $"it did not become {colour}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private static void BreakGlass(Shop shop, TimeSpan until) => File.WriteAllText(Path.Combine(shop.Folder, "glass.yaml"), $$"""
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: BreakGlass
        metadata: { name: inc-7 }
        spec:
          who: alice
          approver: bob
          reason: the sky is down
          incident: INC-7
          notBefore: {{TimeProvider.System.GetUtcNow().AddMinutes(-1):yyyy-MM-ddTHH:mm:ssZ}}
          notAfter: {{TimeProvider.System.GetUtcNow().Add(until):yyyy-MM-ddTHH:mm:ssZ}}
          scope: { operations: [update], namespaces: [{{shop.Namespace}}] }
        """);

    private static void Freeze(Shop shop, DateTimeOffset from, DateTimeOffset until) => File.WriteAllText(Path.Combine(
        shop.Folder, "frozen.yaml"), $$"""
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: PolicyConfig
        rules: [builtin]
        drift:
          freezeWindows:
            - name: weekend
              kind: deny
              from: {{from:yyyy-MM-ddTHH:mm:ssZ}}
              until: {{until:yyyy-MM-ddTHH:mm:ssZ}}
              reason: nobody is there to look after it
        """);
}
