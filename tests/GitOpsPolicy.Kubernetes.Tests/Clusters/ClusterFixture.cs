using System.Diagnostics;
using System.Globalization;
using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Kubernetes.Resources;
using Xunit;

namespace GitOpsPolicy.Kubernetes.Tests.Clusters;

/// <summary>
/// One cluster for all tests that want no particular one. Each of them works in a namespace of its own. Other test projects refer
/// to this one and define a collection of their own with it; a test that wants a cluster to itself asks
/// <see cref="ClusterProviders"/>.
/// </summary>
public class ClusterFixture : IAsyncLifetime
{
    private static readonly ResourceType Namespaces = new("", "v1", "namespaces", "Namespace", IsNamespaced: false);
    private static int namespaceCount;

    private TestCluster? cluster;
    private KubernetesClient? client;

    /// <summary>The cluster.</summary>
    public TestCluster Cluster => cluster ?? throw new InvalidOperationException(ClusterProviders.SkipReason);

    /// <summary>A client of somebody who may do everything.</summary>
    public KubernetesClient Client => client ??= new(Connection);

    /// <summary>The connection of that client.</summary>
    public ClusterConnection Connection => Connect(Cluster.KubeConfig);

    public virtual async Task InitializeAsync()
    {
        if (ClusterProviders.Available is { } provider) cluster = await provider.StartAsync(RequestOf(provider));
    }

    public virtual async Task DisposeAsync()
    {
        client?.Dispose();
        if (cluster is not null) await cluster.DisposeAsync();
    }

    /// <summary>A new namespace.</summary>
    public async Task<string> NewNamespaceAsync()
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"t{Environment.ProcessId}-{Interlocked.Increment(ref namespaceCount)}");
        await Client.CreateAsync(
            Namespaces, null, Sample.Object($$"""{apiVersion: v1, kind: Namespace, metadata: {name: {{name}} } }"""), null,
            default);
        return name;
    }

    /// <summary>What kubectl writes to standard output.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it said.</exception>
    public async Task<string> KubectlAsync(params string[] arguments)
    {
        var (code, output, error) = await TryKubectlAsync(null, arguments);
        return code == 0 ? output : throw new InvalidOperationException(error);
    }

    /// <summary>Exit code and both outputs of kubectl, given something on standard input.</summary>
    public async Task<(int Code, string Output, string Error)> TryKubectlAsync(string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Cluster.Kubectl!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])[$"--kubeconfig={Cluster.KubeConfig}", .. arguments]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>What the tests want of the cluster; nothing in particular unless a project says so.</summary>
    protected virtual ClusterRequest RequestOf(IClusterProvider provider) => new();

    /// <summary>The connection that a kubeconfig describes.</summary>
    public static ClusterConnection Connect(string kubeConfig)
    {
        var loaded = Connections.Find(new() { KubeConfigs = [], ExplicitKubeConfig = kubeConfig }, TimeProvider.System);
        return loaded.TryGet(out var connection)
            ? connection
            : throw new InvalidOperationException(string.Join('\n', loaded.Problems));
    }
}

/// <summary>Tests that share the one cluster.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterTests : ICollectionFixture<ClusterFixture>
{
    public const string Name = "cluster";
}
