using System.Text.Json;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Cluster;

/// <summary>What <c>gitops-policy audit</c> says of what lives in a real cluster.</summary>
[Collection(GuardedClusterTests.Name)]
public sealed class AuditTests(GuardedCluster cluster) : IDisposable
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
        Assert.Contains("  audit  `nginx:1.27` is not from an approved registry  approved-images, high\n", ran.Out, StringComparison.Ordinal);
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
        var finding = report.RootElement.GetProperty("findings").EnumerateArray().Single(static one => one.GetProperty("rule").GetString() == "approved-images");
        Assert.Equal($"k8s:/Pod/{ns}/web", finding.GetProperty("resource").GetProperty("id").GetString());
        Assert.Equal("", finding.GetProperty("location").GetProperty("file").GetString());
        Assert.Equal("/spec/containers/0/image", finding.GetProperty("pointer").GetString());
        Assert.Equal(1, report.RootElement.GetProperty("summary").GetProperty("changes").GetProperty("checked").GetInt32());
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
        var ran = await Binary.RunAsync(folder.FullName, "audit", "--config", "rules/gitops-policy.yaml", "--kubeconfig", "nowhere.yaml");
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
        return Binary.RunAsync(folder.FullName, ["audit", "--config", "rules/gitops-policy.yaml", "--kubeconfig", cluster.Cluster.KubeConfig, .. options]);
    }

    private void CopyRules() => GuardedCluster.CopyRulesTo(folder.FullName);
}
