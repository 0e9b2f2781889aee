using System.Diagnostics;
using GitOpsPolicy.EndToEnd.Tests.Chart;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>A test that needs the chart in a cluster: both Helm and a cluster that takes flags.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChartFactAttribute : FactAttribute
{
    public ChartFactAttribute() => Skip = ChartBench.Missing;
}

/// <summary>The same for a test with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChartTheoryAttribute : TheoryAttribute
{
    public ChartTheoryAttribute() => Skip = ChartBench.Missing;
}

/// <summary>
/// Units of the namespace <c>shop</c>, each of which wants one ConfigMap of its own name, and the engine as the chart starts it.
/// </summary>
internal sealed class ChartBench : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ChartCluster cluster;
    private readonly string name;
    private readonly TemporaryRepository repository;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-policy-chart-");
    private readonly List<RunningBinary> engines = [];
    private readonly List<string> units = [];

    private ChartBench(ChartCluster cluster, string name, TemporaryRepository repository) =>
        (this.cluster, this.name, this.repository) = (cluster, name, repository);

    /// <summary>Why a test that needs it cannot run here; null when it can.</summary>
    public static string? Missing =>
        ClusterProviders.Available is not { TakesFlags: true } ? ClusterProviders.SkipReason : Tools.Missing(["helm", "kubectl"]);

    /// <summary>Makes one.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="name">What the ConfigMaps hold.</param>
    public static async Task<ChartBench> OpenAsync(ChartCluster cluster, string name)
    {
        var bench = new ChartBench(cluster, name, await TemporaryRepository.CreateAsync());
        await File.WriteAllTextAsync(
            Path.Combine(bench.folder.FullName, "gitops-policy.yaml"),
            "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin]\n");
        return bench;
    }

    /// <summary>Makes a service account that may do some things to ConfigMaps of the namespace, or lets it do others.</summary>
    public Task AccountAsync(string account, string verbs) => cluster.ApplyAsync($$"""
        apiVersion: v1
        kind: ServiceAccount
        metadata: { name: {{account}}, namespace: shop }
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: { name: {{account}}, namespace: shop }
        rules: [{ apiGroups: [""], resources: [configmaps], verbs: {{verbs}} }]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: { name: {{account}}, namespace: shop }
        roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: {{account}} }
        subjects: [{ kind: ServiceAccount, name: {{account}}, namespace: shop }]
        """);

    /// <summary>Makes the Secret of a kubeconfig.</summary>
    public Task SecretAsync(string secret, string kubeConfig) =>
        cluster.ApplyAsync($"apiVersion: v1\nkind: Secret\nmetadata: {{ name: {secret}, namespace: shop }}\ndata: {{ value: {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(kubeConfig))} }}\n");

    /// <summary>Makes a unit.</summary>
    /// <param name="unit">Its name.</param>
    /// <param name="target">What its <c>target</c> says besides the namespace.</param>
    public async Task UnitAsync(string unit, string target)
    {
        units.Add(unit);
        await CommitAsync(unit, name);
        await cluster.ApplyAsync($$"""
            apiVersion: gitopspolicy.dev/v1alpha1
            kind: Reconciliation
            metadata: { name: {{unit}}, namespace: shop }
            spec:
              source: { url: {{repository.Folder}}, path: {{unit}}, interval: 2s }
              target: { namespace: shop, {{target}} }
              drift: { interval: 1h }
              health: { wait: false }
            """);
    }

    /// <summary>Commits what a unit's ConfigMap holds from now on.</summary>
    public async Task CommitAsync(string unit, string value)
    {
        repository.Write(
            $"{unit}/one.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: {unit} }}\ndata: {{ a: {value} }}\n");
        await repository.CommitAsync(value);
    }

    /// <summary>What a unit's ConfigMap holds in the cluster; nothing where there is none.</summary>
    public Task<string> LivesAsync(string unit) =>
        KubectlAsync("get", "configmap", unit, "--ignore-not-found", "-o", "jsonpath={.data.a}");

    /// <summary>Who holds the Lease of the engine.</summary>
    public Task<string> HolderAsync() => cluster.KubectlAsync(
        "-n", RenderedChart.Namespace, "get", "lease", "gp-gitops-policy-reconciler", "-o", "jsonpath={.spec.holderIdentity}");

    /// <summary>Starts the engine as the chart does, in the name of the chart's service account.</summary>
    /// <param name="pod">The name of its Pod.</param>
    /// <param name="chart">The chart; null for the one that was applied.</param>
    /// <param name="shard">Which of its shards, from 0.</param>
    public RunningBinary Start(string pod = "reconciler-0", RenderedChart? chart = null, int shard = 0)
    {
        var at = folder.CreateSubdirectory(pod);
        File.Copy(
            Path.Combine(folder.FullName, "gitops-policy.yaml"), Path.Combine(at.FullName, "gitops-policy.yaml"),
            overwrite: true);
        var arguments = cluster.ArgumentsIn(at.FullName, ChartCluster.EnginesOf(chart ?? cluster.Chart)[shard]);
        var engine = RunningBinary.Start(
            at.FullName, [("POD_NAME", pod), ("POD_NAMESPACE", RenderedChart.Namespace), ("KUBECONFIG", "")], arguments);
        engines.Add(engine);
        return engine;
    }

    /// <summary>Runs kubectl in the namespace.</summary>
    public Task<string> KubectlAsync(params string[] arguments) => cluster.KubectlAsync(["-n", "shop", .. arguments]);

    /// <summary>A field of a unit's status.</summary>
    public Task<string> StatusAsync(string unit, string field) =>
        KubectlAsync("get", "reconciliation", unit, "-o", $"jsonpath={{.status.{field}}}");

    /// <summary>Waits until a unit is in a phase.</summary>
    public Task UntilAsync(string unit, string phase) =>
        UntilAsync(async () => await StatusAsync(unit, "phase") == phase, $"{unit} is {phase}");

    /// <summary>Waits until a unit says that a name may not do what the unit needs.</summary>
    public async Task RefusedAsync(string unit, string who)
    {
        await UntilAsync(
            async () => await StatusAsync(unit, "phase") is "failed" or "blocked",
            $"{unit} is refused, when it reads or when it asks whether it may write");
        var message = await StatusAsync(unit, "message");
        Assert.Contains($"User \"{who}\" cannot", message, StringComparison.Ordinal);
    }

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(
                Stopwatch.GetElapsedTime(begun) < Patience,
                $"not in time: {what}; said:\n{string.Join("\n--\n", engines.Select(static engine => engine.Rest()))}\n{await KubectlAsync("get", "reconciliations", "-o", "jsonpath={range .items[*]}{.metadata.name} {.status.phase}: {.status.message}{\"\\n\"}{end}")}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    public void Dispose()
    {
        foreach (var engine in engines) engine.Dispose();
        foreach (var unit in units)
            cluster
                .KubectlAsync(
                    "-n", "shop", "delete", "--ignore-not-found", $"reconciliation/{unit}", $"configmap/{unit}",
                    $"configmap/reconciliation-{unit}")
                .GetAwaiter()
                .GetResult();
        folder.Delete(recursive: true);
        repository.Dispose();
    }
}
