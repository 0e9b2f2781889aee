using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>Units whose objects go to another cluster than the one they live in.</summary>
[Collection(ChartClusterTests.Name)]
public sealed class ReconcileRemoteTests(ChartCluster cluster)
{
    private const string Server = "clusters: [{ name: far, cluster: { server: \"https://127.0.0.1:9\" } }]\ncontexts: [{ name: far, context: { cluster: far, user: far } }]\ncurrent-context: far\n";

    [ChartFact]
    public async Task Objects_live_in_the_one_cluster_and_what_is_known_of_them_in_the_other()
    {
        await using var far = await ClusterProviders.Available!.StartAsync(new());
        await KubectlAsync(far, "create", "namespace", "shop");
        using var bench = await ChartBench.OpenAsync(cluster, "one");
        await bench.SecretAsync("far", ChartCluster.WithToken(far.KubeConfig, null));
        await bench.UnitAsync("far", "kubeConfig: { secretRef: { name: far } }");
        var engine = bench.Start();
        await bench.UntilAsync("far", "synced");
        Assert.Equal("one", await LivesAsync(far));
        Assert.Equal("", await bench.LivesAsync("far"));
        Assert.Equal(
            "configmap/reconciliation-far\n", await bench.KubectlAsync("get", "configmap", "reconciliation-far", "-o", "name"));
        Assert.Equal("", await KubectlAsync(far, "-n", "shop", "get", "configmap", "reconciliation-far", "--ignore-not-found"));

        await KubectlAsync(far, "-n", "shop", "patch", "configmap", "far", "--type=merge", "-p", """{"data":{"a":"by-hand"}}""");
        await bench.UntilAsync(async () => await LivesAsync(far) == "one", "drift there is put back");
        await bench.CommitAsync("far", "two");
        await bench.UntilAsync(async () => await LivesAsync(far) == "two", "Git is followed there");

        // It is the same object, and in the name of an account of that cluster it may not be written.
        await bench.UnitAsync("far", "serviceAccount: nobody, kubeConfig: { secretRef: { name: far } }");
        await bench.RefusedAsync("far", "system:serviceaccount:shop:nobody");
        Assert.Equal("two", await LivesAsync(far));
        Assert.Equal(0, await engine.TerminateAsync());
    }

    [ChartTheory]
    [InlineData(
        "runs",
        "users: [{ name: far, user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: touch, args: [RAN], interactiveMode: Never } } }]", "exec")]
    [InlineData(
        "reads", "users: [{ name: far, user: { tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token } }]", "tokenFile")]
    [InlineData(
        "certificate", "users: [{ name: far, user: { client-certificate: /etc/far.crt, client-key: /etc/far.key } }]",
        "client-certificate")]
    public async Task A_kubeconfig_that_runs_a_program_or_reads_a_file_of_the_engine_is_refused(
        string unit, string users, string field)
    {
        var ran = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var bench = await ChartBench.OpenAsync(cluster, "one");
        await bench.SecretAsync(
            unit, $"apiVersion: v1\nkind: Config\n{Server}{users.Replace("RAN", ran, StringComparison.Ordinal)}\n");
        await bench.UnitAsync(unit, $"kubeConfig: {{ secretRef: {{ name: {unit} }} }}");
        var engine = bench.Start();
        await bench.UntilAsync(unit, "failed");
        var message = await bench.StatusAsync(unit, "message");
        Assert.Contains($"the kubeconfig in the Secret `shop/{unit}`", message, StringComparison.Ordinal);
        Assert.Contains($"`{field}`", message, StringComparison.Ordinal);
        Assert.False(File.Exists(ran));
        Assert.Equal(0, await engine.TerminateAsync());
    }

    private static Task<string> LivesAsync(TestCluster far) =>
        KubectlAsync(far, "-n", "shop", "get", "configmap", "far", "-o", "jsonpath={.data.a}");

    private static async Task<string> KubectlAsync(TestCluster far, params string[] arguments)
    {
        var ran = await Binary.StartAsync(far.Kubectl!, Repository.Root, "", [$"--kubeconfig={far.KubeConfig}", .. arguments]);
        return ran.ExitCode == 0 ? ran.Out : throw new InvalidOperationException(ran.ToString());
    }
}
