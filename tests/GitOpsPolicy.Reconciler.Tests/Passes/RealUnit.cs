using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Crash;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Tests.Inputs;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Passes;

/// <summary>
/// A unit in a namespace of a real cluster, with revisions in a folder and the real pass between them. <c>$ns</c> in what is
/// pushed is the namespace.
/// </summary>
internal sealed class RealUnit : IDisposable
{
    // What rules forbid is not what these tests are about.
    private static readonly Lazy<RuleSet> Lenient = new(static () =>
    {
        using var rules = new TemporaryFolder();
        rules.Write(
            "gitops-policy.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nenforcement: {reconcile: audit}\n");
        return RuleSetLoader.Load(new() { Tree = new WorkTree(rules.Path) }).TryGet(out var loaded)
            ? loaded
            : throw new InvalidOperationException("The configuration does not load.");
    });

    private readonly string folder = Directory.CreateTempSubdirectory("gitops-policy-revisions-").FullName;
    private readonly ClusterFixture cluster;
    private readonly KubernetesClient client;
    private readonly UnitPass pass;
    private readonly UnitMemory memory = new(TimeProvider.System);
    private int revisions;

    private RealUnit(ClusterFixture cluster, string ns)
    {
        (this.cluster, Namespace) = (cluster, ns);
        client = new(cluster.Connection);
        Unit = EngineParts.UnitOf("shop") with
        {
            Key = new(ns, "shop"),
            Target = new() { Namespace = ns },
            Health = new() { Waits = false },
        };
        pass = new(EngineParts.Services(client, new FolderRevisions(folder), NoWatch.Instance, Fence.None) with
        {
            Rules = static () => Lenient.Value,
            ClusterOf = (_, _) => Task.FromResult(Target ?? client),
        });
    }

    public string Namespace { get; }

    public Unit Unit { get; set; }

    /// <summary>In whose name objects are read and written, where that is not the engine's own.</summary>
    public KubernetesClient? Target { get; set; }

    public KubernetesClient Client => client;

    public static async Task<RealUnit> OpenAsync(ClusterFixture cluster) => new(cluster, await cluster.NewNamespaceAsync());

    /// <summary>Pushes a revision.</summary>
    public void Push(string objects, params string[] acknowledgements) =>
        FolderRevisions.Push(Path.Join(folder, "shop"), $"r{++revisions}", In(objects), acknowledgements);

    /// <summary>Pushes one, and passes until it is at rest.</summary>
    public Task<PassResult> ApplyAsync(string objects)
    {
        Push(objects);
        return SettleAsync();
    }

    public Task<PassResult> PassAsync() => pass.RunAsync(Unit, memory, default);

    /// <summary>Passes until the unit is at rest; fails after too many.</summary>
    public async Task<PassResult> SettleAsync()
    {
        for (var i = 1; ; i++)
        {
            var result = await PassAsync();
            if (result.Again is null && !result.IsPassingFailure) return result;
            Assert.True(i < 12, $"after {i} passes: {result.Status.Phase}: {result.Status.Message}");
        }
    }

    /// <summary>Passes until something is so; fails after a minute.</summary>
    public async Task<PassResult> PassUntilAsync(Predicate<UnitStatus> isSo)
    {
        for (var i = 1; ; i++)
        {
            var result = await PassAsync();
            if (isSo(result.Status)) return result;
            Assert.True(i < 60, $"after {i} passes: {result.Status.Phase}: {result.Status.Message}");
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }
    }

    public Task<string> KubectlAsync(params string[] arguments) => cluster.KubectlAsync(["-n", Namespace, .. arguments]);

    /// <summary>Gives kubectl a document.</summary>
    public async Task KubectlWithAsync(string document, params string[] arguments)
    {
        var (code, output, error) = await cluster.TryKubectlAsync(In(document), ["-n", Namespace, .. arguments]);
        Assert.True(code == 0, output + error);
    }

    /// <summary>What stands at a place of an object.</summary>
    public Task<string> FieldAsync(string one, string path) => KubectlAsync("get", one, "-o", $"jsonpath={{{path}}}");

    public void Dispose()
    {
        client.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string In(string text) => text.Replace("$ns", Namespace, StringComparison.Ordinal);
}
