using System.Diagnostics;
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

    [Fact]
    public async Task Programs_end_and_their_folder_goes_when_the_test_process_lets_go_of_the_pipe()
    {
        var folder = Directory.CreateTempSubdirectory("gitops-policy-guardian-").FullName;
        var guardian = new Guardian(folder);
        guardian.Start("one", "/bin/sh", ["-c", "echo $$; exec sleep 600"]);
        var log = Path.Join(folder, "one.log");
        while (!File.Exists(log) || new FileInfo(log).Length == 0) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        var id = int.Parse(await File.ReadAllTextAsync(log));
        Assert.False(Process.GetProcessById(id).HasExited);

        guardian.LetGo();
        await guardian.GoneAsync();

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
        Assert.False(Directory.Exists(folder));
    }
}
