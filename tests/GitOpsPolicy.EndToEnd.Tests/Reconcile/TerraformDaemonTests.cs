using System.Text.Json;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Reconciler.Tests.Terraform;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>What becomes of a run of Terraform when the engine is told to end, or is killed.</summary>
[Collection(ReconciledClusterTests.Name)]
public sealed class TerraformDaemonTests(ClusterFixture cluster)
{
    [ClusterFactWithTerraform]
    public async Task An_application_under_way_comes_to_its_end_and_is_told_when_the_engine_is_told_to_end()
    {
        using var network = await Network.OpenAsync(cluster, "approval: never");
        var (begun, go) = (network.Repository.Folder + ".begun", network.Repository.Folder + ".go");
        await network.CommitAsync(Network.Data(
            "a", "x", Network.Command($"touch {begun}; while [ ! -e {go} ]; do sleep 0.1; done")));
        using var engine = network.Start();
        await ExistsAsync(begun);
        var ending = engine.TerminateAsync();
        await File.WriteAllTextAsync(go, "");

        Assert.Equal(0, await ending);
        var status = await network.StatusAsync();
        Assert.Equal("synced", status.GetProperty("phase").GetString());
        Assert.False(status.TryGetProperty("applying", out _));
        Assert.DoesNotContain("tainted", network.State, StringComparison.Ordinal);
        Assert.Empty(network.LeftOver());
        File.Delete(begun);
        File.Delete(go);
    }

    [ClusterFactWithTerraform]
    public async Task An_engine_that_is_killed_leaves_no_process_and_no_lock_and_the_next_one_goes_on()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var server = new StateServer();
        using var network = await Network.OpenAsync(cluster, "approval: never");
        network.Backend = server.Backend;
        var (begun, child) = (network.Repository.Folder + ".begun", network.Repository.Folder + ".child");
        await network.CommitAsync(
            Network.Data("a", "x"), Network.Data("b", "y", Network.Command($"echo $$ > {child}; touch {begun}; exec sleep 600")));
        using (var engine = network.Start())
        {
            await ExistsAsync(begun);
            await engine.KillAsync();
        }

        await UntilAsync(() => server.Holder is null, "the lock is released");
        var process = (await File.ReadAllTextAsync(child)).Trim();
        await UntilAsync(() => !Directory.Exists($"/proc/{process}"), "the program is gone");
        Assert.True(server.State.Contains("\"tainted\"", StringComparison.Ordinal), server.State);
        Assert.StartsWith("sha256:", (await network.StatusAsync()).GetProperty("applying").GetString(), StringComparison.Ordinal);

        await network.CommitAsync(Network.Data("a", "x"), Network.Data("b", "y"));
        await network.ReconcilesToAsync(0, "/network: synced: 0 to create, 0 to change, 0 to destroy, 1 to replace");
        var history = (await network.StatusAsync()).GetProperty("history")
            .EnumerateArray()
            .Select(static entry => entry.GetProperty("message").GetString())
            .ToList();
        Assert.Contains(
            history,
            static message => message!.EndsWith(
                "began and is not known to have ended; a new plan is made", StringComparison.Ordinal));
        Assert.Empty(network.LeftOver());
        File.Delete(begun);
        File.Delete(child);
    }

    [ClusterFactWithTerraform]
    public async Task A_lock_that_a_killed_program_left_is_told_by_each_pass_and_released_by_none()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var server = new StateServer();
        using var network = await Network.OpenAsync(cluster, "approval: never");
        network.Backend = server.Backend;
        await network.CommitAsync(Network.Data("a", "x", Network.Command("kill -KILL $PPID")));
        await network.ReconcilesToAsync(3, "/network: failed: `apply` failed: it ends with exit code 137");
        var holder = server.Holder;
        Assert.NotNull(holder);
        Assert.Empty(network.LeftOver());

        await network.ReconcilesToAsync(3, "/network: failed: the state is locked, and its backend does not tell by whom");
        await network.ReconcilesToAsync(3, "/network: failed: the state is locked, and its backend does not tell by whom");
        var message = (await network.StatusAsync()).GetProperty("message").GetString()!;
        Assert.Equal(
            $"the state is locked, and its backend does not tell by whom; nothing was planned or applied. It goes when that run ends; where none is running any more, look at the state and release the lock by hand (`force-unlock {JsonDocument.Parse(holder).RootElement.GetProperty("ID").GetString()}`), which is never done here",
            message);
        Assert.Equal(holder, server.Holder);
    }

    [ClusterFactWithTerraform]
    public async Task An_engine_that_is_killed_while_it_plans_leaves_nothing_that_the_next_one_minds()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var server = new StateServer();
        using var network = await Network.OpenAsync(cluster, "approval: never");
        network.Backend = server.Backend;
        server.Delay = TimeSpan.FromSeconds(3);
        await network.CommitAsync(Network.Data("a", "x"));
        using (var engine = network.Start())
        {
            await UntilAsync(() => server.Holder is not null, "it plans");
            await engine.KillAsync();
        }

        server.Delay = TimeSpan.Zero;
        await UntilAsync(() => server.Holder is null, "the lock is released");
        await network.ReconcilesToAsync(0, "/network: synced: 1 to create, 0 to change, 0 to destroy");
        Assert.Empty(network.LeftOver());
    }

    private static Task ExistsAsync(string file) => UntilAsync(() => File.Exists(file), $"{file} is there");

    private static async Task UntilAsync(Func<bool> holds, string what)
    {
        for (var i = 0; i < 3000 && !holds(); i++) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        Assert.True(holds(), $"it was waited for that {what}");
    }
}
