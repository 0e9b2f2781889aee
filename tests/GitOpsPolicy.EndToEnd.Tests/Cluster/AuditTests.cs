using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Cluster;

/// <summary>What <c>gitops-policy audit</c> says of what lives in a real cluster.</summary>
[Collection(GuardedClusterTests.Name)]
public sealed partial class AuditTests(GuardedCluster cluster) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-policy-audit-");

    public void Dispose() => folder.Delete(recursive: true);

    [GuardedFact]
    public async Task What_lives_in_a_namespace_is_judged_as_manifests_are()
    {
        var ns = await NewShopAsync();
        var ran = await AuditAsync("--namespace", ns);
        Assert.Equal(0, ran.ExitCode);
        Assert.Equal("", ran.Error);
        Assert.Contains($"\nnamespace {ns}\n", ran.Out, StringComparison.Ordinal);
        Assert.Contains(
            "  audit  `nginx:1.27` is not from an approved registry  approved-images, high\n", ran.Out, StringComparison.Ordinal);
        Assert.Contains($"Pod {ns}/web /spec/containers/0/image\n", ran.Out, StringComparison.Ordinal);
        Assert.Matches($@"`password` of Secret {ns}/db was typed in: \(sensitive #[0-9a-f]{{4}}\)", ran.Out);
        Assert.DoesNotContain("hunter2", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("aHVudGVy", ran.Out, StringComparison.Ordinal);
    }

    [GuardedFact]
    public async Task The_exit_code_goes_by_the_weakest_action_that_is_to_fail()
    {
        var ns = await NewShopAsync();
        Assert.Equal(1, (await AuditAsync("--namespace", ns, "--fail-on", "audit")).ExitCode);
        Assert.Equal(0, (await AuditAsync("--namespace", ns, "--fail-on", "audit", "--kinds", "Service")).ExitCode);
        var wrong = await AuditAsync("--fail-on", "never");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("--fail-on", wrong.Error, StringComparison.Ordinal);
    }

    [GuardedFact]
    public async Task Programs_are_told_of_each_finding_by_its_resource_and_of_no_file()
    {
        var ns = await NewShopAsync();
        var ran = await AuditAsync("--namespace", ns, "--kinds", "Pod", "--format", "json");
        using var report = JsonDocument.Parse(ran.Out);
        var finding = report.RootElement.GetProperty("findings")
            .EnumerateArray()
            .Single(static one => one.GetProperty("rule").GetString() == "approved-images");
        Assert.Equal($"k8s:/Pod/{ns}/web", finding.GetProperty("resource").GetProperty("id").GetString());
        Assert.Equal("", finding.GetProperty("location").GetProperty("file").GetString());
        Assert.Equal("/spec/containers/0/image", finding.GetProperty("pointer").GetString());
        Assert.Equal(1, report.RootElement.GetProperty("summary").GetProperty("changes").GetProperty("checked").GetInt32());
    }

    [GuardedFact]
    public async Task Reports_are_written_to_the_cluster_where_it_knows_such_objects()
    {
        var ns = await NewShopAsync();
        var missing = await AuditAsync("--namespace", ns, "--reports", "wgpolicyk8s");
        Assert.Equal(2, missing.ExitCode);
        Assert.Equal(
            "gitops-policy: reports cannot be written: the cluster has no `policyreports.wgpolicyk8s.io` of wgpolicyk8s.io/v1alpha2 and no `clusterpolicyreports.wgpolicyk8s.io` of wgpolicyk8s.io/v1alpha2: install the definitions, or write no reports with `none`\n",
            missing.Error);
        await DefineReportsAsync();
        var ran = await AuditAsync("--namespace", ns, "--reports", "openreports");
        Assert.Equal("reports: 1 written, 0 as they were, 0 removed\n", ran.Error);
        Assert.Contains(
            "approved-images fail",
            await cluster.KubectlAsync(
                "get", "reports.openreports.io", "gitops-policy", "-n", ns, "-o",
                """jsonpath={range .results[*]}{.policy} {.result}{"\n"}{end}"""), StringComparison.Ordinal);
        Assert.Equal(
            "reports: 0 written, 1 as they were, 0 removed\n",
            (await AuditAsync("--namespace", ns, "--reports", "openreports")).Error);
    }

    [GuardedFact]
    public async Task A_server_audits_reports_and_measures_while_it_answers()
    {
        await DefineReportsAsync();
        var ns = await NewShopAsync();
        CopyRules();
        using var server = RunningBinary.Start(
            folder.FullName, [], "serve", "--config", "rules/gitops-policy.yaml", "--address", "127.0.0.1", "--port", "0",
            "--operations-port", "0", "--drain", "0",
            "--kubeconfig", cluster.Cluster.KubeConfig, "--audit-interval", "10", "--lease", $"{ns}/audit");
        var said = await server.SaysAsync("readyz");
        Assert.Matches(
            @"audit: \d+ objects of \d+ kinds in \d+\.\d s, \d+ findings, sha256:", await server.SaysAsync("audit: reports: "));
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(OperationsAddress().Match(said).Value + "metrics");
        Assert.Matches("gitops_policy_violations\\{rule=\"approved-images\",action=\"deny\"\\} [1-9]", metrics);
        Assert.Contains(
            "approved-images",
            await cluster.KubectlAsync(
                "get", "reports.openreports.io", "gitops-policy", "-n", ns, "-o",
                "jsonpath={.results[*].policy}"), StringComparison.Ordinal);
        Assert.Equal(0, await server.InterruptAsync());
        Assert.Equal("", await cluster.KubectlAsync("get", "lease", "audit", "-n", ns, "-o", "jsonpath={.spec.holderIdentity}"));
    }

    [Theory]
    [InlineData(
        "`--audit-interval` needs `--lease NAMESPACE/NAME`: only one replica may audit at a time", "serve", "--audit-interval",
        "60")]
    [InlineData(
        "`--audit-interval` needs `--lease NAMESPACE/NAME`: only one replica may audit at a time", "serve", "--audit-interval",
        "60", "--lease", "audit")]
    [InlineData("`--lease` goes with `--audit-interval`", "serve", "--lease", "policy/audit")]
    [InlineData(
        "`--audit-interval` takes 0 or 10 to 604800 seconds", "serve", "--audit-interval", "1", "--lease", "policy/audit")]
    [InlineData("`--page-size` takes 1 to 10000", "audit", "--page-size", "0")]
    [InlineData(
        "`--reports` and `--kinds` do not go together: the report of a namespace is about all kinds there", "audit", "--reports",
        "openreports", "--kinds", "Pod")]
    [InlineData("the option `--reports` takes `openreports`, `wgpolicyk8s`, `none`", "audit", "--reports", "yes")]
    public async Task Wrong_usage_is_one_message(string message, params string[] arguments)
    {
        CopyRules();
        var ran = await Binary.RunAsync(folder.FullName, [.. arguments, "--config", "rules/gitops-policy.yaml"]);
        Assert.Equal(2, ran.ExitCode);
        Assert.StartsWith($"gitops-policy: {message}\n", ran.Error, StringComparison.Ordinal);
    }

    [GuardedFact]
    public async Task A_cluster_that_cannot_be_reached_is_one_message_and_no_answer()
    {
        File.WriteAllText(
            Path.Join(folder.FullName, "nowhere.yaml"),
            """
            apiVersion: v1
            kind: Config
            current-context: c
            clusters: [{ name: c, cluster: { server: "https://127.0.0.1:1" } }]
            contexts: [{ name: c, context: { cluster: c, user: u } }]
            users: [{ name: u, user: { token: t } }]
            """);
        CopyRules();
        var ran = await Binary.RunAsync(
            folder.FullName, "audit", "--config", "rules/gitops-policy.yaml", "--kubeconfig", "nowhere.yaml");
        Assert.Equal(3, ran.ExitCode);
        Assert.Equal("", ran.Out);
        Assert.StartsWith("gitops-policy: the cluster cannot be judged: ", ran.Error, StringComparison.Ordinal);
        Assert.Single(ran.Error.TrimEnd().Split('\n'));
    }

    private async Task<string> NewShopAsync()
    {
        var ns = await cluster.NewNamespaceAsync();
        await cluster.TryKubectlAsync(null, "create", "serviceaccount", "default", "-n", ns);   // where no controller does
        await cluster.PipeAsync(null, "run", "web", "--image=nginx:1.27", "-n", ns);
        await cluster.PipeAsync(null, "create", "secret", "generic", "db", "--from-literal=password=hunter2hunter2", "-n", ns);
        return ns;
    }

    private Task<Ran> AuditAsync(params string[] options)
    {
        CopyRules();
        return Binary.RunAsync(
            folder.FullName,
            ["audit", "--config", "rules/gitops-policy.yaml", "--kubeconfig", cluster.Cluster.KubeConfig, .. options]);
    }

    private async Task DefineReportsAsync()
    {
        var file = Repository.PathOf("tests", "Fixtures", "audit", "openreports.yaml");
        await cluster.PipeAsync(null, "apply", "--server-side", "-f", file);
        await cluster.PipeAsync(null, "wait", "--for=condition=Established", "-f", file);
        for (var tries = 0; tries < 100
            && (await cluster.TryKubectlAsync(null, "get", "clusterreports.openreports.io")).Code != 0; tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
    }

    private void CopyRules() => GuardedCluster.CopyRulesTo(folder.FullName);

    [GeneratedRegex("http://\\S+/(?=readyz)")]
    private static partial Regex OperationsAddress();
}
