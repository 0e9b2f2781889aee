using System.Text.Json;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Cluster;

/// <summary>What <c>gitops-policy audit --desired</c> says of a real cluster and the files that are to be in it.</summary>
[Collection(GuardedClusterTests.Name)]
public sealed class DriftAuditTests(GuardedCluster cluster) : IDisposable
{
    private const string Settings =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: NS }\ndata: { level: info, colour: red }\n";
    private const string Web = "apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: NS }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-policy-drift-");

    public void Dispose() => folder.Delete(recursive: true);

    [GuardedFact]
    public async Task What_was_just_applied_has_not_drifted()
    {
        var ns = await NewShopAsync(Settings, Web);
        var ran = await AuditAsync("--fail-on", "audit");
        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        Assert.Contains("2 checked", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(ns, ran.Out, StringComparison.Ordinal);
    }

    [GuardedFact]
    public async Task What_is_gone_changed_left_over_or_never_was_in_Git_is_told()
    {
        var ns = await NewShopAsync(
            Settings, Web, Settings.Replace("name: settings", "name: gone", StringComparison.Ordinal),
            Settings.Replace("name: settings", "name: left", StringComparison.Ordinal));
        await cluster.KubectlAsync("delete", "configmap", "gone", "-n", ns);
        await cluster.KubectlAsync(
            "patch", "configmap", "settings", "-n", ns, "--type", "merge", "--patch", """{"data":{"level":"debug"}}""");
        await cluster.KubectlAsync("create", "configmap", "by-hand", "-n", ns, "--from-literal=a=1");
        File.Delete(Path.Join(folder.FullName, "k8s", "3.yaml"));
        var ran = await AuditAsync("--format", "json", "--fail-on", "audit");
        Assert.Equal((1, ""), (ran.ExitCode, ran.Error));
        using var report = JsonDocument.Parse(ran.Out);
        Assert.Equal(
            [
                $"k8s:/ConfigMap/{ns}/by-hand :0",
                $"k8s:/ConfigMap/{ns}/gone k8s/2.yaml:1",
                $"k8s:/ConfigMap/{ns}/left :0",
                $"k8s:/ConfigMap/{ns}/settings k8s/0.yaml:4",
            ],
            report.RootElement.GetProperty("findings").EnumerateArray()
                .Select(
                    static finding =>
                        $"{finding.GetProperty("resource").GetProperty("id").GetString()} {finding.GetProperty("location").GetProperty("file").GetString()}:{finding.GetProperty("location").GetProperty("line").GetInt32()}")
                .Order(StringComparer.Ordinal));
    }

    [GuardedFact]
    public async Task Only_what_is_asked_about_is_compared()
    {
        var ns = await NewShopAsync(Settings, Web);
        await cluster.KubectlAsync("delete", "configmap", "settings", "-n", ns);
        Assert.Equal(1, (await AuditAsync("--fail-on", "audit")).ExitCode);
        Assert.Equal(0, (await AuditAsync("--fail-on", "audit", "--kinds", "Service")).ExitCode);
        Assert.Equal(0, (await AuditAsync("--fail-on", "audit", "--namespace", "elsewhere")).ExitCode);
    }

    [GuardedFact]
    public async Task A_kind_that_the_cluster_does_not_know_cannot_be_told_of()
    {
        await NewShopAsync(Web);
        Write("9.yaml", "apiVersion: nowhere.example.com/v1\nkind: Thing\nmetadata: { name: a }\n");
        var ran = await AuditAsync("--fail-on", "warn");
        Assert.Contains(
            "Thing a may have drifted, which cannot be told from what was read (the cluster knows no such kind)", ran.Out,
            StringComparison.Ordinal);
    }

    [GuardedFact]
    public async Task An_entry_that_ignores_nothing_makes_the_answer_untrustworthy()
    {
        await NewShopAsync(Settings);
        Write(
            "../gitops-policy.yaml",
            "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin]\ndrift:\n  ignore:\n    - { kinds: [core/Secret], paths: [/data], reason: made elsewhere }\n");
        var ran = await AuditAsync();
        Assert.Equal(3, ran.ExitCode);
        Assert.Contains(
            "gitops-policy.yaml:6:17: this entry ignores nothing: no `core/Secret` was compared", ran.Out + ran.Error,
            StringComparison.Ordinal);
    }

    private async Task<string> NewShopAsync(params string[] manifests)
    {
        var ns = await cluster.NewNamespaceAsync();
        Directory.CreateDirectory(Path.Join(folder.FullName, "k8s"));
        for (var i = 0; i < manifests.Length; i++)
        {
            Write($"{i}.yaml", manifests[i].Replace("NS", ns, StringComparison.Ordinal));
            await cluster.KubectlAsync("apply", "-f", Path.Join(folder.FullName, "k8s", $"{i}.yaml"));
        }

        return ns;
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Join(folder.FullName, "k8s", name), text);

    private Task<Ran> AuditAsync(params string[] arguments) =>
        Binary.RunAsync(folder.FullName, ["audit", "--desired", "k8s", "--kubeconfig", cluster.Cluster.KubeConfig, .. arguments]);
}
