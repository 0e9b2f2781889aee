using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>Files that change while <c>gitops-policy reconcile</c> runs: rules, units, and leave to break the rules.</summary>
[Collection(ReconciledClusterTests.Name)]
public sealed class ReconcileReloadTests(ClusterFixture cluster)
{
    private const string FailingTest =
        """
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: RuleTest
        metadata: { name: calm-colours }
        spec:
          rule: calm-colours
          cases:
            - name: blue is denied
              change: { after: { apiVersion: v1, kind: ConfigMap, metadata: { name: x }, data: { sky: blue } } }
              expect: [{ message: too loud }]
        """;

    [ClusterFact]
    public async Task Rules_that_change_judge_every_unit_anew_and_those_that_are_not_in_order_never_come_into_force()
    {
        using var shop = await Shop.OpenAsync(cluster);
        Seldom(shop);
        await shop.CommitColourAsync("red");
        Rule(shop, "red");
        using var engine = RunningBinary.Start(
            shop.Folder, [],
            [
                .. shop.Arguments, "--policies", "policies", "--reload", "0.2", "--metrics", "127.0.0.1:0", "--dashboard",
                "127.0.0.1:0"
            ]);
        var (dashboard, metrics) = (await AddressAsync(engine, "dashboard: "), await AddressAsync(engine, "metrics: "));
        await engine.SaysAsync("/shop: blocked: ");
        var strict = await DigestAsync(shop);

        // Nobody has committed anything, and it is not yet time to ask: it is the rules that are others.
        Rule(shop, "purple");
        await engine.SaysAsync("judging by 1 rule, ");
        await engine.SaysAsync("/shop: synced: ");
        Assert.Equal("red", await shop.ColourAsync());
        var lenient = await DigestAsync(shop);
        Assert.NotEqual(strict, lenient);
        Assert.Contains(
            $"gitops_policy_ruleset_info{{digest=\"{lenient}\",set=\"rules\"}} 1\n", await ScrapeAsync(metrics),
            StringComparison.Ordinal);

        foreach (var (file, text, why, word) in ((string, string, string, string)[])
            [
                ("b.rule.yaml", "kind: Rule\n", "do not load: policies/b.rule.yaml:1:1: ", "load_error"),
                ("b.test.yaml", FailingTest, "fail their own tests: policies/b.test.yaml:", "test_failure")
            ])
        {
            Write(shop, $"policies/{file}", text);
            await engine.SaysAsync($"kept {lenient}; new rules {why}");
            Assert.Contains(
                $"gitops_policy_ruleset_reload_total{{result=\"{word}\"}} 1\n", await ScrapeAsync(metrics),
                StringComparison.Ordinal);
            Assert.Contains($"Newer rules {why}", await ScrapeAsync(dashboard), StringComparison.Ordinal);
            File.Delete(Path.Combine(shop.Folder, "policies", file));
            await engine.SaysAsync($"judging by 1 rule, {lenient}");
            Assert.DoesNotContain("Newer rules", await ScrapeAsync(dashboard), StringComparison.Ordinal);
        }

        Assert.Equal(0, await engine.TerminateAsync());
    }

    [ClusterFact]
    public async Task Rules_that_fail_their_own_tests_do_not_even_begin()
    {
        using var shop = await Shop.OpenAsync(cluster);
        Rule(shop, "purple");
        Write(shop, "policies/b.test.yaml", FailingTest);
        var ran = await Binary.RunAsync(shop.Folder, [.. shop.Arguments, "--policies", "policies"]);
        Assert.Equal(2, ran.ExitCode);
        Assert.StartsWith(
            "no rules are in force; fail their own tests: policies/b.test.yaml:", ran.Error, StringComparison.Ordinal);
        Assert.Equal("", await shop.KubectlAsync("get", "configmaps", "colours", "--ignore-not-found"));
    }

    [ClusterFact]
    public async Task Units_of_a_file_that_changes_are_others_from_then_on_and_a_slip_in_it_lets_go_of_none()
    {
        using var shop = await Shop.OpenAsync(cluster, "drift: { interval: 1h }");
        using var engine = RunningBinary.Start(shop.Folder, [], [.. shop.Arguments, "--reload", "0.2"]);
        await engine.SaysAsync("/shop: synced: ");

        shop.Configure("suspend: { by: ada, reason: the database moves }");
        await engine.SaysAsync("the files of units have changed, and hold 1 unit");
        await engine.SaysAsync("/shop: suspended: suspended by ada: the database moves");

        shop.Configure("suspend: { by: ada }");
        await engine.SaysAsync("shop.yaml:");
        await engine.SaysAsync("the units stay as they were before, since they do not load: 1 problem");
        await shop.CommitColourAsync("red");

        shop.Configure("");
        await engine.SaysAsync($"/shop: synced: {shop.Repository.ShortHead} is applied");
        Assert.Equal("red", await shop.ColourAsync());

        // Another unit in its place: the objects of the first stay, and nobody looks after them.
        Write(
            shop, "shop.yaml",
            (await File.ReadAllTextAsync(Path.Combine(shop.Folder, "shop.yaml"))).Replace(
                "name: shop,", "name: stall,", StringComparison.Ordinal));
        await engine.SaysAsync("/shop: gone: its objects stay as they are, and nobody reconciles them");
        Assert.Equal("red", await shop.ColourAsync());
        Assert.Equal(0, await engine.TerminateAsync());
    }

    [ClusterFact]
    public async Task What_is_done_by_hand_with_leave_of_the_cluster_is_not_put_back_by_a_process_that_has_only_now_begun()
    {
        using var shop = await Shop.OpenAsync(cluster);
        await shop.ReconcilesToAsync(0, "synced");
        await cluster.KubectlAsync(
            "apply", "-f", Repository.PathOf("charts", "gitops-policy", "crds", "breakglasses.gitopspolicy.dev.yaml"));
        await cluster.KubectlAsync("wait", "--for=condition=Established", "crd/breakglasses.gitopspolicy.dev", "--timeout=30s");
        Write(shop, "leave.yaml", $$"""
            apiVersion: gitopspolicy.dev/v1alpha1
            kind: BreakGlass
            metadata: { name: {{shop.Namespace}} }
            spec:
              who: alice
              approver: bob
              reason: the sky has to be green for an hour
              incident: INC-7
              notBefore: {{TimeProvider.System.GetUtcNow().AddMinutes(-1):yyyy-MM-ddTHH:mm:ssZ}}
              notAfter: {{TimeProvider.System.GetUtcNow().AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}
              scope: { operations: [update], namespaces: [{{shop.Namespace}}] }
            """);
        await cluster.KubectlAsync("apply", "-f", Path.Combine(shop.Folder, "leave.yaml"));
        await shop.KubectlAsync("patch", "configmap", "colours", "--type=merge", "-p", """{"data":{"sky":"green"}}""");

        await shop.ReconcilesToAsync(
            1, "/shop: suspended: break-glass by alice: the sky has to be green for an hour", "--break-glass");
        Assert.Equal("green", await shop.ColourAsync());
        await cluster.KubectlAsync("delete", "-f", Path.Combine(shop.Folder, "leave.yaml"));
        await shop.ReconcilesToAsync(
            1, "it was made by hand while nothing was put back: adopt it in Git, or decide to revert it", "--break-glass");
        Assert.Equal("green", await shop.ColourAsync());
    }

    // So that nothing but what the test is about has a pass run.
    private static void Seldom(Shop shop)
    {
        shop.Configure("drift: { interval: 1h }");
        Write(
            shop, "shop.yaml",
            File.ReadAllText(Path.Combine(shop.Folder, "shop.yaml")).Replace(
                "interval: 1s", "interval: 1h", StringComparison.Ordinal));
    }

    private static void Rule(Shop shop, string loud) => Write(shop, "policies/calm-colours.rule.yaml", $$"""
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: Rule
        metadata: { name: calm-colours }
        spec:
          title: Colours are calm
          severity: low
          remediation: Take another.
          match: { kubernetes: { kinds: [ConfigMap] } }
          deny:
            - when: change.after.data.sky === "{{loud}}"
              message: too loud
        """);

    private static void Write(Shop shop, string path, string text)
    {
        var file = new FileInfo(Path.Combine(shop.Folder, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }

    private static async Task<string> DigestAsync(Shop shop) =>
        (await shop.StatusAsync()).GetProperty("ruleSetDigest").GetString()!;

    private static async Task<Uri> AddressAsync(RunningBinary engine, string what)
    {
        await engine.SaysAsync(what);
        return new((await engine.SaysAsync("\n")).TrimEnd('\n'));
    }

    private static async Task<string> ScrapeAsync(Uri page)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(page);
    }
}
