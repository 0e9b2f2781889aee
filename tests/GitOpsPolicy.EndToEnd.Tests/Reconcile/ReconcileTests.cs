using System.Text.Json;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>
/// What somebody sees who runs <c>gitops-policy reconcile --once</c>: a repository, a cluster, the built binary and nothing else.
/// </summary>
[Collection(ReconciledClusterTests.Name)]
public sealed class ReconcileTests(ClusterFixture cluster)
{
    [ClusterFact]
    public async Task What_Git_says_comes_to_live_and_a_run_with_nothing_to_do_writes_nothing()
    {
        using var shop = await Shop.OpenAsync(cluster);
        await shop.ReconcilesToAsync(0, "/shop: synced: ");
        Assert.Equal("blue", await shop.ColourAsync());

        // How objects are is known for sure only some time after they were written.
        await shop.ReconcilesToAsync(0, "/shop: synced: ");
        var before = await shop.StatesAsync();
        Assert.Contains("PersistentVolumeClaim/orders", before, StringComparison.Ordinal);

        await shop.ReconcilesToAsync(0, "/shop: synced: ");
        Assert.Equal(before, await shop.StatesAsync());

        await shop.CommitColourAsync("red");
        await shop.ReconcilesToAsync(0, "/shop: synced: ");
        Assert.Equal("red", await shop.ColourAsync());
    }

    [ClusterFact]
    public async Task Drift_is_brought_back_told_or_left_for_a_decision_by_the_class_of_what_drifted()
    {
        using var shop = await Shop.OpenAsync(cluster);
        await shop.ReconcilesToAsync(0, "synced");
        await shop.KubectlAsync("patch", "configmap", "colours", "--type=merge", "-p", """{"data":{"sky":"green"}}""");
        await shop.KubectlAsync("patch", "service", "web", "--type=merge", "-p", """{"spec":{"type":"NodePort"}}""");
        await shop.LoseClaimAsync();

        var ran = await shop.ReconcilesToAsync(1, "/shop: held: ");
        Assert.Contains(
            $"  waits     drift     PersistentVolumeClaim {shop.Namespace}/orders\n", ran.Out, StringComparison.Ordinal);
        Assert.True(
            ran.Out.Contains(
                $"  drift     alert     Service {shop.Namespace}/web\n                      `/spec/type`, by `kubectl-patch`\n",
                StringComparison.Ordinal), ran.ToString());
        Assert.Contains(
            $"  drift     correct   ConfigMap {shop.Namespace}/colours\n                      `/data/sky`, by `kubectl-patch`\n                      it is put back\n", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("sha256:", ran.Out, StringComparison.Ordinal);
        Assert.Equal("blue", await shop.ColourAsync());
        Assert.Equal("NodePort", await shop.KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.type}"));
        Assert.Equal("", await shop.ClaimsAsync());
    }

    [ClusterTheory]
    [InlineData("revert", 0, "synced", "orders")]
    [InlineData("tolerate", 0, "synced", "")]
    [InlineData("adopt", 1, "held", "")]
    public async Task Frozen_drift_is_as_somebody_decided_in_the_repository(string choice, int exit, string phase, string claims)
    {
        using var shop = await Shop.OpenAsync(cluster);
        await shop.ReconcilesToAsync(0, "synced");
        await shop.LoseClaimAsync();
        var folder = Path.Combine(shop.Repository.Folder, "acknowledgements");
        await shop.ReconcilesToAsync(1, "held", "--write-acknowledgements", folder);
        Shop.Sign(Shop.OneOf(folder), choice);
        await shop.Repository.CommitAsync("decided");

        await shop.ReconcilesToAsync(exit, $"/shop: {phase}: ");
        Assert.Equal(claims, await shop.ClaimsAsync());
        if (choice != "adopt") return;

        // Git says what was decided, and then it is done.
        shop.Repository.Delete("shop/orders.yaml");
        await shop.Repository.CommitAsync("no orders");
        await shop.ReconcilesToAsync(0, "/shop: synced: ");
    }

    [ClusterFact]
    public async Task A_claim_that_leaves_Git_stays_until_somebody_says_that_it_is_meant()
    {
        using var shop = await Shop.OpenAsync(cluster);
        await shop.ReconcilesToAsync(0, "synced");
        shop.Repository.Delete("shop/orders.yaml");
        await shop.CommitColourAsync("red");
        var folder = Path.Combine(shop.Repository.Folder, "acknowledgements");
        await shop.ReconcilesToAsync(
            1, $"  waits     prune     PersistentVolumeClaim {shop.Namespace}/orders\n", "--write-acknowledgements", folder);
        Assert.Equal("red", await shop.ColourAsync());

        // What nobody has signed decides nothing, and says so.
        await shop.Repository.CommitAsync("not signed");
        await shop.ReconcilesToAsync(1, "`owner` is empty");
        Assert.Equal("orders", await shop.ClaimsAsync());

        Shop.Sign(Shop.OneOf(folder));
        await shop.Repository.CommitAsync("signed");
        await shop.ReconcilesToAsync(0, "synced");
        Assert.NotEqual(
            "",
            await shop.KubectlAsync("get", "persistentvolumeclaim", "orders", "-o", "jsonpath={.metadata.deletionTimestamp}"));
        await shop.LetClaimGoAsync();
        await shop.ReconcilesToAsync(0, "synced");
        Assert.Equal(2, (await shop.StatusAsync()).GetProperty("objects").GetInt32());
    }

    [ClusterFact]
    public async Task Nothing_of_a_revision_is_applied_that_the_rules_forbid_and_the_next_one_is()
    {
        using var shop = await Shop.OpenAsync(cluster);
        await shop.ReconcilesToAsync(0, "synced");
        shop.Repository.Write(
            "shop/leak.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: leak }\ndata: { url: \"postgres://shop:hunter2hunter2@db/shop\" }\n");
        await shop.CommitColourAsync("red");
        var ran = await shop.ReconcilesToAsync(1, "/shop: blocked: ");
        Assert.Contains($"  blocked   critical  ConfigMap {shop.Namespace}/leak\n", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "hunter2", ran.Out + ran.Error + await shop.KubectlAsync("get", "configmap", "reconciliation-shop", "-o", "yaml"),
            StringComparison.Ordinal);
        Assert.Equal("blue", await shop.ColourAsync());

        shop.Repository.Delete("shop/leak.yaml");
        await shop.Repository.CommitAsync("no leak");
        await shop.ReconcilesToAsync(0, "/shop: synced: ");
        Assert.Equal("red", await shop.ColourAsync());
    }

    [ClusterFact]
    public async Task A_revision_that_does_not_get_healthy_is_taken_back_and_a_later_one_is_applied()
    {
        using var shop = await Shop.OpenAsync(cluster, "health: { timeout: 3s }");
        shop.Repository.Delete("shop/orders.yaml");
        await shop.Repository.CommitAsync("no orders");
        await shop.ReconcilesToAsync(0, "synced");

        // Nothing in this cluster runs it, so that it never gets ready.
        shop.Repository.Write("shop/deployment.yaml", Deployment);
        await shop.CommitColourAsync("red");
        await shop.ReconcilesToAsync(1, "/shop: rolledBack: ");
        Assert.Equal("blue", await shop.ColourAsync());

        // It is not tried again, and what it made is deleted with nobody asked as soon as a good one leaves it out.
        await shop.ReconcilesToAsync(1, "/shop: rolledBack: ");
        Assert.Equal("blue", await shop.ColourAsync());
        shop.Repository.Delete("shop/deployment.yaml");
        await shop.CommitColourAsync("green");
        await shop.ReconcilesToAsync(0, "/shop: synced: ");
        Assert.Equal("green", await shop.ColourAsync());
        Assert.Equal("", await shop.KubectlAsync("get", "deployments", "-o", "name"));
    }

    [ClusterFact]
    public async Task A_branch_that_went_back_is_followed_only_when_the_host_agrees()
    {
        using var shop = await Shop.OpenAsync(cluster);
        await shop.CommitColourAsync("red");
        await shop.ReconcilesToAsync(0, "synced");
        await shop.Repository.GitAsync("reset", "-q", "--hard", "HEAD~1");

        // Whoever can write history anew could write this as well.
        var inside = Path.Combine(shop.Repository.Folder, "acknowledgements");
        await shop.ReconcilesToAsync(1, "/shop: held: ", "--write-acknowledgements", inside);
        File.Move(Shop.OneOf(inside), Path.Combine(shop.Folder, "approval.yaml"));
        Shop.Sign(Path.Combine(shop.Folder, "approval.yaml"));
        await shop.ReconcilesToAsync(1, "which comes before the commit that is applied");
        Assert.Equal("red", await shop.ColourAsync());

        Directory.CreateDirectory(Path.Combine(shop.Folder, "acknowledgements"));
        File.Move(Path.Combine(shop.Folder, "approval.yaml"), Path.Combine(shop.Folder, "acknowledgements", "approval.yaml"));
        await shop.ReconcilesToAsync(0, "/shop: synced: ");
        Assert.Equal("blue", await shop.ColourAsync());
    }

    [ClusterFact]
    public async Task An_empty_folder_deletes_nothing()
    {
        using var shop = await Shop.OpenAsync(cluster);
        await shop.ReconcilesToAsync(0, "synced");
        var before = await shop.KubectlAsync("get", "configmaps,services,persistentvolumeclaims", "-o", "name");
        foreach (var file in (string[])["colours", "web", "orders"]) shop.Repository.Delete($"shop/{file}.yaml");
        shop.Repository.Write("shop/README.md", "Nothing here yet.\n");
        await shop.Repository.CommitAsync("empty");

        await shop.ReconcilesToAsync(3, "/shop: failed: guard: ");
        Assert.Equal(before, await shop.KubectlAsync("get", "configmaps,services,persistentvolumeclaims", "-o", "name"));
    }

    [ClusterFact]
    public async Task A_unit_that_somebody_stopped_writes_nothing_and_says_who_and_why()
    {
        using var shop = await Shop.OpenAsync(cluster);
        await shop.ReconcilesToAsync(0, "synced");
        shop.Configure("suspend: { by: ada, reason: the database moves }");
        await shop.CommitColourAsync("red");
        await shop.ReconcilesToAsync(1, "/shop: suspended: suspended by ada: the database moves");
        Assert.Equal("blue", await shop.ColourAsync());

        shop.Configure("");
        await shop.ReconcilesToAsync(0, "synced");
        Assert.Equal("red", await shop.ColourAsync());
    }

    [ClusterFact]
    public async Task A_kind_may_be_defined_and_used_in_one_commit()
    {
        using var shop = await Shop.OpenAsync(cluster);
        shop.Repository.Write("shop/definition.yaml", Definition);
        shop.Repository.Write(
            "shop/jar.yaml", "apiVersion: shop.example.com/v1\nkind: Jar\nmetadata: { name: sweets }\nspec: { of: glass }\n");
        await shop.Repository.CommitAsync("jars");
        await shop.ReconcilesToAsync(0, "/shop: synced: ");
        Assert.Equal("glass", await shop.KubectlAsync("get", "jars", "sweets", "-o", "jsonpath={.spec.of}"));
    }

    [ClusterFact]
    public async Task A_unit_that_may_not_read_its_objects_has_applied_nothing()
    {
        using var shop = await Shop.OpenAsync(cluster);
        File.WriteAllText(
            Path.Combine(shop.Folder, "shop.yaml"),
            (await File.ReadAllTextAsync(Path.Combine(shop.Folder, "shop.yaml"))).Replace(
                "target: { ", "target: { serviceAccount: nobody, ", StringComparison.Ordinal));
        var ran = await shop.ReconcilesToAsync(3, "/shop: failed: ");
        Assert.Contains("cannot get resource", ran.Out, StringComparison.Ordinal);
        Assert.False((await shop.StatusAsync()).TryGetProperty("applied", out _));
    }

    [ClusterFact]
    public async Task Programs_are_told_in_JSON_what_people_are_told()
    {
        using var shop = await Shop.OpenAsync(cluster);
        var ran = await shop.ReconcilesToAsync(0, "{", "--format", "json");
        var unit = Assert.Single(JsonDocument.Parse(ran.Out).RootElement.GetProperty("units").EnumerateArray());
        Assert.Equal("synced", unit.GetProperty("phase").GetString());
        Assert.Equal(3, unit.GetProperty("objects").GetInt32());
    }

    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: { name: jars.shop.example.com }
        spec:
          group: shop.example.com
          scope: Namespaced
          names: { plural: jars, singular: jar, kind: Jar }
          versions:
            - name: v1
              served: true
              storage: true
              schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
        """;

    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: web }
        spec:
          selector: { matchLabels: { app: web } }
          template:
            metadata: { labels: { app: web } }
            spec: { containers: [{ name: web, image: "registry.example.com/web:1.0.0" }] }
        """;
}
