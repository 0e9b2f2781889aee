using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>Units of Terraform with the built binary, the real program and a cluster.</summary>
[Collection(ReconciledClusterTests.Name)]
public sealed class TerraformTests(ClusterFixture cluster)
{
    private const string Canary = "Kan4rie77Zq";

    [ClusterFactWithTerraform]
    public async Task A_plan_is_applied_once_somebody_agrees_to_it_and_then_nothing_is_written()
    {
        using var network = await Network.OpenAsync(cluster);
        await network.CommitAsync(Network.Data("a", "forbidden"));
        var ran = await network.ReconcilesToAsync(
            1, "/network: blocked: the rules forbid the plan: terraform_data.a takes forbidden");
        Assert.Contains("no-forbidden-input", ran.Out, StringComparison.Ordinal);

        await network.CommitAsync(Network.Data("a", "x"), Network.Data("b", "y"));
        await network.AgreeAsync(1, "/network: held: 2 to create, 0 to change, 0 to destroy wait for an approval");
        Assert.Equal("", network.State);
        await network.ReconcilesToAsync(0, "/network: synced: 2 to create, 0 to change, 0 to destroy");
        Assert.Contains("terraform_data", network.State, StringComparison.Ordinal);

        await network.ReconcilesToAsync(0, "/network: synced: what Git says is what there is");
        var (state, version) = (File.GetLastWriteTimeUtc(network.StateFile), await VersionAsync(network));
        await network.ReconcilesToAsync(0, "/network: synced: what Git says is what there is");
        Assert.Equal((state, version), (File.GetLastWriteTimeUtc(network.StateFile), await VersionAsync(network)));
        Assert.Empty(network.LeftOver());
    }

    [ClusterFactWithTerraform]
    public async Task A_plan_that_is_another_one_than_was_agreed_to_waits_anew()
    {
        using var network = await Network.OpenAsync(cluster);
        await network.CommitAsync(Network.Data("a", "x"));
        await network.AgreeAsync(1, "held");
        await network.CommitAsync(Network.Data("a", "y"));

        await network.ReconcilesToAsync(1, "/network: held: 1 to create, 0 to change, 0 to destroy wait for an approval");
        Assert.Equal("", network.State);
    }

    [ClusterFactWithTerraform]
    public async Task What_is_not_known_before_it_is_applied_is_not_decided_for()
    {
        using var network = await Network.OpenAsync(cluster, "approval: never");
        await network.CommitAsync(
            Network.Data("a", "x"), "resource \"terraform_data\" \"b\" {\n  input = terraform_data.a.id\n}\n");

        await network.ReconcilesToAsync(
            1,
            "/network: blocked: the rules forbid the plan: `no-forbidden-input` cannot decide: terraform_data.b /input is not known");
        Assert.Equal("", network.State);
    }

    [ClusterFactWithTerraform]
    public async Task While_the_glass_is_broken_or_the_unit_stopped_it_is_only_planned()
    {
        using var network = await Network.OpenAsync(cluster, "approval: never");
        await network.CommitAsync(Network.Data("a", "x"));
        var now = TimeProvider.System.GetUtcNow();
        await File.WriteAllTextAsync(Path.Combine(network.Folder, "glass.yaml"), $$"""
            apiVersion: gitopspolicy.dev/v1alpha1
            kind: BreakGlass
            metadata: { name: inc-7 }
            spec:
              who: alice@example.com
              approver: bob@example.com
              reason: the network is down
              incident: INC-7
              notBefore: {{now.AddMinutes(-1):yyyy-MM-ddTHH:mm:ssZ}}
              notAfter: {{now.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}
              scope: { operations: [update], namespaces: [{{network.Namespace}}] }
            """);
        await network.ReconcilesToAsync(
            1, "/network: suspended: break-glass by alice@example.com: the network is down, until ", "--break-glass-file",
            "glass.yaml");

        network.Configure("approval: never", "suspend: { by: ada, reason: the cables are moved }");
        await network.ReconcilesToAsync(
            1, "/network: suspended: suspended by ada: the cables are moved; 1 to create, 0 to change, 0 to destroy wait");
        Assert.Equal("", network.State);

        network.Configure("approval: never");
        await network.ReconcilesToAsync(0, "/network: synced: ");
    }

    [ClusterFactWithTerraform]
    public async Task Units_of_both_kinds_wait_for_each_other()
    {
        using var network = await Network.OpenAsync(cluster);
        await network.CommitAsync(Network.Data("a", "x"));
        network.Repository.Write(
            "app/settings.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { mode: calm }\n");
        await network.Repository.CommitAsync("app");
        await File.AppendAllTextAsync(Path.Combine(network.Folder, "network.yaml"), $$"""

            ---
            apiVersion: gitopspolicy.dev/v1alpha1
            kind: Reconciliation
            metadata: { name: app, namespace: {{network.Namespace}} }
            spec:
              source: { url: {{network.Repository.Folder}}, path: app, interval: 1s }
              target: { namespace: {{network.Namespace}} }
              dependsOn: [{ name: network }]
            """);

        var ran = await network.ReconcilesToAsync(
            1, $"/app: progressing: it waits for {network.Namespace}/network, which is held");
        Assert.Contains("/network: held: ", ran.Out, StringComparison.Ordinal);
        Assert.Equal("", await network.KubectlAsync("get", "configmaps", "settings", "--ignore-not-found", "-o", "name"));
        await network.AgreeAsync(1, "held");
        ran = await network.ReconcilesToAsync(0, "/app: synced: ");
        Assert.Contains("/network: synced: ", ran.Out, StringComparison.Ordinal);
    }

    [ClusterFactWithTerraform]
    public async Task No_value_is_written_anywhere_but_into_the_state()
    {
        using var network = await Network.OpenAsync(cluster, "approval: always, environment: { secretRef: { name: cloud } }");
        await network.KubectlAsync(
            "create", "secret", "generic", "cloud", $"--from-literal=TF_VAR_token={Canary}a",
            $"--from-literal=TF_VAR_open={Canary}b", $"--from-literal=CLOUD_KEY={Canary}c");
        await network.CommitAsync(
            "variable \"token\" {\n  sensitive = true\n}\nvariable \"open\" {}\n",
            "resource \"terraform_data\" \"a\" {\n  input = var.token\n}\n",
            $"resource \"terraform_data\" \"b\" {{\n  for_each = toset([var.open])\n  input = each.value\n{Network.Command("env; env >&2; echo ${each.value}")}}}\n",
            $"output \"o\" {{\n  value     = sensitive(\"{Canary}d\")\n  sensitive = true\n}}\n");
        var told = new List<string>();
        var folder = Path.Combine(network.Repository.Folder, "acknowledgements");
        told.Add((await network.ReconcilesToAsync(1, "held", "--format", "json", "--write-acknowledgements", folder)).ToString());
        told.Add(await File.ReadAllTextAsync(Shop.OneOf(folder)));
        Shop.Sign(Shop.OneOf(folder));
        await network.Repository.CommitAsync("agreed");

        using (var engine = network.Start("--dashboard", "127.0.0.1:0", "--metrics", "127.0.0.1:0"))
        {
            await engine.SaysAsync("dashboard: ");
            var dashboard = new Uri((await engine.SaysAsync("\n")).Trim());
            await engine.SaysAsync("metrics: ");
            var metrics = new Uri((await engine.SaysAsync("\n")).Trim());
            told.Add(await engine.SaysAsync("/network: synced: "));
            using var client = new HttpClient();
            foreach (var page in (string[])["", $"units/{network.Namespace}/network", $"api/units/{network.Namespace}/network"])
                told.Add(await client.GetStringAsync(new Uri(dashboard, page)));
            var figures = await client.GetStringAsync(metrics);
            Assert.Contains(
                "gitops_policy_reconcile_writes_total{operation=\"apply\",outcome=\"done\"} 1\n", figures,
                StringComparison.Ordinal);
            told.Add(figures);
            Assert.Equal(0, await engine.TerminateAsync());
            told.Add(engine.Rest());
        }

        // And one that fails, by a value.
        await network.CommitAsync(
            "variable \"token\" {\n  sensitive = true\n}\nvariable \"open\" {}\n",
            $"resource \"terraform_data\" \"c\" {{\n  input = tonumber(var.open)\n{Network.Command($"echo {Canary}e; exit 1")}}}\n");
        told.Add((await network.ReconcilesToAsync(3, "/network: failed: `plan` failed: Invalid function argument")).ToString());
        told.Add(await network.KubectlAsync("get", "configmaps,events,leases", "-o", "yaml"));

        Assert.Contains($"{Canary}a", network.State, StringComparison.Ordinal);
        foreach (var text in told) Assert.DoesNotContain(Canary, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(
            Directory.GetFiles(network.Cache, "*", SearchOption.AllDirectories),
            static file => File.ReadAllText(file).Contains(Canary, StringComparison.Ordinal));
        Assert.Empty(network.LeftOver());
    }

    [ClusterFactWithTerraform]
    public async Task What_holds_state_is_told_of_when_it_drifts_and_deleted_by_consent_alone()
    {
        if (!Directory.Exists(Network.Providers)) return;
        using var queues = new QueueService();
        using var network = await Network.OpenAsync(cluster, "approval: never");
        await network.JudgeByAllAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(network.StateFile)!);
        await File.WriteAllTextAsync(network.StateFile, queues.State);
        queues.VisibilityTimeout = "45";
        await network.CommitAsync(
            queues.Provider,
            "resource \"aws_sqs_queue\" \"orders\" {\n  name = \"orders\"\n  lifecycle {\n    ignore_changes = [visibility_timeout_seconds]\n  }\n}\n");
        var ran = await network.ReconcilesToAsync(
            1, "/network: held: 1 resource drifted, and nobody has decided what becomes of it: aws_sqs_queue.orders");
        Assert.Contains("drift", ran.Out, StringComparison.Ordinal);
        var drift = (await network.StatusAsync()).GetProperty("drift")[0];
        Assert.Equal(
            ("modified", "`/visibility_timeout_seconds`"),
            (drift.GetProperty("kind").GetString(), drift.GetProperty("message").GetString()));
        Assert.Equal("45", queues.VisibilityTimeout);

        queues.VisibilityTimeout = "30";
        await network.CommitAsync(queues.Provider);
        await network.AgreeAsync(1, "/network: blocked: the rules forbid the plan: ");
        Assert.True(queues.Exists);
        await network.ReconcilesToAsync(0, "/network: synced: 0 to create, 0 to change, 1 to destroy");
        Assert.False(queues.Exists);
        Assert.Empty(network.LeftOver());
    }

    private static Task<string> VersionAsync(Network network) =>
        network.KubectlAsync("get", "configmap", "reconciliation-network", "-o", "jsonpath={.metadata.resourceVersion}");
}
