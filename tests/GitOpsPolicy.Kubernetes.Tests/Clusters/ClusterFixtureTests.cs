using System.Diagnostics;
using GitOpsPolicy.Kubernetes.Resources;
using Xunit;

namespace GitOpsPolicy.Kubernetes.Tests.Clusters;

[Collection(ClusterTests.Name)]
public sealed class ClusterFixtureTests(ClusterFixture fixture)
{
    [ClusterFact]
    public async Task A_cluster_answers_the_client_and_kubectl_alike()
    {
        var version = await fixture.Client.GetVersionAsync(default);
        Assert.Contains($"Server Version: {version}", await fixture.KubectlAsync("version"), StringComparison.Ordinal);
    }

    [ClusterFact]
    public async Task A_cluster_with_controllers_empties_a_deleted_namespace()
    {
        if (!ClusterProviders.Available!.HasControllers) return;
        await using var cluster = await ClusterProviders.Available.StartAsync(new() { Controllers = true });
        using var client = new KubernetesClient(ClusterFixture.Connect(cluster.KubeConfig));
        var namespaces = new ResourceType("", "v1", "namespaces", "Namespace", IsNamespaced: false);
        var name = $"emptied-{Environment.ProcessId}";
        await client.CreateAsync(namespaces, null, Sample.Object($$"""{metadata: {name: {{name}} } }"""), null, default);
        await client.CreateAsync(
            new("", "v1", "configmaps", "ConfigMap", IsNamespaced: true), name, Sample.Object("{metadata: {name: a} }"), null,
            default);

        Assert.False(await client.DeleteAsync(new(namespaces, null, name), null, default));
        var patience = Stopwatch.StartNew();
        while (await client.FindAsync(new(namespaces, null, name), default) is not null)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(5), cluster.Logs);
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    [Fact]
    public async Task Programs_end_and_their_folder_goes_when_the_test_process_lets_go_of_the_pipe()
    {
        var folder = Directory.CreateTempSubdirectory("gitops-policy-guardian-").FullName;
        var guardian = new Guardian(folder);
        guardian.Start("one", "/bin/sh", ["-c", "echo $$; exec sleep 600"]);
        var log = Path.Join(folder, "one.log");
        while (!File.Exists(log) || new FileInfo(log).Length == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        var id = int.Parse(await File.ReadAllTextAsync(log));
        Assert.False(Process.GetProcessById(id).HasExited);

        guardian.LetGo();
        await guardian.GoneAsync();

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
        Assert.False(Directory.Exists(folder));
    }
}
