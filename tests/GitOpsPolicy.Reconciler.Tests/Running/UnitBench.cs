using System.Collections.Concurrent;
using System.Diagnostics;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Git;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Leases;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Running;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Tests.Inputs;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Running;

/// <summary>
/// A namespace of a real cluster with units in it, and processes of the engine that reconcile them. A unit's path is the
/// ConfigMap that it wants.
/// </summary>
internal sealed class UnitBench(ClusterFixture cluster, string ns)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Lazy<RuleSet> NoRules = new(static () =>
    {
        using var folder = new TemporaryFolder();
        return RuleSetLoader.Load(new() { Tree = new WorkTree(folder.Path) }).TryGet(out var rules)
            ? rules
            : throw new InvalidOperationException("An empty rule set loads.");
    });

    private static int applied;

    private readonly List<Process> processes = [];

    /// <summary>The namespace.</summary>
    public string Namespace => ns;

    /// <summary>Makes one in a cluster that knows units.</summary>
    public static async Task<UnitBench> OpenAsync(ClusterFixture cluster)
    {
        if (Interlocked.Exchange(ref applied, 1) == 0)
            await cluster.KubectlAsync(
                "apply", "--server-side", "--validate=true", "-f", Path.Join(Repository.Root, "charts", "gitops-policy", "crds"));
        await cluster.KubectlAsync(
            "wait", "--for=condition=Established", "crd/reconciliations.gitopspolicy.dev", "--timeout=30s");
        return new(cluster, await cluster.NewNamespaceAsync());
    }

    /// <summary>Applies a unit; what the server or kubectl says against it.</summary>
    public async Task<string> ApplyAsync(string name, string spec)
    {
        var (code, _, error) = await cluster.TryKubectlAsync(
            $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: Reconciliation\nmetadata: {{name: {name}, namespace: {ns}}}\nspec: {spec}\n", "apply", "-f", "-");
        return code == 0 ? "" : error;
    }

    /// <summary>The unit that wants one ConfigMap.</summary>
    public Task<string> ApplyAsync(string name) => ApplyAsync(
        name,
        $"{{source: {{url: \"https://git.test/x\", path: {name}, interval: 1s}}, target: {{namespace: {ns}}}, drift: {{interval: 1s}}, health: {{wait: false}}}}");

    /// <summary>Runs kubectl in the namespace.</summary>
    public Task<string> KubectlAsync(params string[] arguments) => cluster.KubectlAsync(["-n", ns, .. arguments]);

    /// <summary>A field of a unit.</summary>
    public Task<string> FieldAsync(string name, string path) =>
        KubectlAsync("get", "reconciliation", name, "-o", $"jsonpath={{{path}}}");

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(
                Stopwatch.GetElapsedTime(begun) < Patience,
                $"not in time: {what}; said so far:\n{string.Join("\n--\n", processes.Select(static process => process.Log))}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>Starts a process of the engine.</summary>
    public Process Start(string? identity = null, UnitShard? shard = null)
    {
        var process = new Process(new(cluster.Connection), this, identity, shard ?? UnitShard.Whole);
        processes.Add(process);
        return process;
    }

    /// <summary>One of them, within this one.</summary>
    internal sealed class Process : IAsyncDisposable
    {
        private static readonly LeaseTiming Short = new()
        {
            Duration = TimeSpan.FromSeconds(3),
            RenewDeadline = TimeSpan.FromSeconds(2),
            RetryPeriod = TimeSpan.FromMilliseconds(100),
        };

        private readonly CancellationTokenSource end = new();
        private readonly KubernetesClient client;
        private readonly Task running;

        public Process(KubernetesClient client, UnitBench bench, string? identity, UnitShard shard)
        {
            this.client = client;
            Duty = new(client, new() { Namespaces = [bench.Namespace], Shard = shard }, Board, TextWriter.Synchronized(Log))
            {
                Lease = identity is null ? null : new(client, bench.Namespace, "reconcile", identity),
                Timing = Short,
                EngineOf = (fence, listener) => new(
                    new()
                    {
                        Desired = Desired,
                        ClusterOf = (_, _) => Task.FromResult(client),
                        Store = new StateStore(client),
                        Rules = static () => NoRules.Value,
                        Time = TimeProvider.System,
                        Fence = fence,
                    },
                    Board, new() { Settle = TimeSpan.FromMilliseconds(50) }, TextWriter.Synchronized(Log))
                    {
                        Listeners = [listener],
                    },
            };
            running = Duty.RunAsync(end.Token);
        }

        public ClusterDuty Duty { get; }

        public StatusBoard Board { get; } = new();

        public StringWriter Log { get; } = new();

        public PathsAsConfigMaps Desired { get; } = new();

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            await running;
            client.Dispose();
            end.Dispose();
        }
    }
}

/// <summary>In place of Git: a unit wants a ConfigMap of the name of its path.</summary>
internal sealed class PathsAsConfigMaps : IDesiredState
{
    private const string Commit = "3333333333333333333333333333333333333333";

    /// <summary>How often each unit was looked at.</summary>
    public ConcurrentDictionary<string, int> Looks { get; } = new(StringComparer.Ordinal);

    public Task<FetchedRevision> FetchAsync(Unit unit, string? applied, CancellationToken cancellation)
    {
        Looks.AddOrUpdate(unit.Key.Name, 1, static (_, count) => count + 1);
        return Task.FromResult(new FetchedRevision(Commit, null));
    }

    public Task<RenderedRevision> RenderAsync(Unit unit, string commit, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        folder.Write(
            "one.yaml",
            $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {unit.Source.Path}, namespace: {unit.Target.Namespace}}}\ndata: {{a: b}}\n");
        var read = new ManifestInput(new WorkTree(folder.Path)).Read(["."]);
        return Task.FromResult(new RenderedRevision { Objects = read.Objects });
    }

    public Loaded<GitRevision> Open(Unit unit, string commit) => new([new(new(commit, 0, 0), "there is no repository")]);
}
