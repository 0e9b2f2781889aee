namespace GitOpsPolicy.Kubernetes.Tests.Clusters;

/// <summary>What a test wants of its cluster.</summary>
public sealed record ClusterRequest
{
    /// <summary>Controllers run too: owned objects are collected, namespaces emptied, Deployments get Pods.</summary>
    public bool Controllers { get; init; }

    /// <summary>A file for <c>--admission-control-config-file</c>; null for none.</summary>
    public string? AdmissionConfiguration { get; init; }

    /// <summary>Further flags for the API server.</summary>
    public IReadOnlyList<string> ApiServerFlags { get; init; } = [];
}

/// <summary>A running cluster that a test may do anything to.</summary>
public abstract class TestCluster : IAsyncDisposable
{
    /// <summary>A kubeconfig of somebody who may do everything.</summary>
    public abstract string KubeConfig { get; }

    /// <summary>A kubectl that fits the cluster; null where there is none.</summary>
    public abstract string? Kubectl { get; }

    /// <summary>The last lines of the servers' logs, for a test that failed; empty where nobody has them.</summary>
    public virtual string Logs => "";

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>
/// A way to get a cluster. There are two: programs of the machine, and a cluster that somebody else started. A container such as
/// K3s would be a third.
/// </summary>
public interface IClusterProvider
{
    /// <summary>Its clusters can have controllers.</summary>
    bool HasControllers { get; }

    /// <summary>Its clusters are made for the test, on this machine, with flags of its own.</summary>
    bool TakesFlags { get; }

    /// <summary>Starts a cluster, or takes the one that there is.</summary>
    /// <exception cref="InvalidOperationException">It did not come up; the message says what its programs said.</exception>
    Task<TestCluster> StartAsync(ClusterRequest request);
}

/// <summary>Which way this machine has.</summary>
public static class ClusterProviders
{
    /// <summary>Why tests that need a cluster are skipped where there is none.</summary>
    public const string SkipReason =
        "needs a cluster: set KUBEBUILDER_ASSETS to a folder with kube-apiserver, etcd and kubectl, or GITOPS_POLICY_TEST_KUBECONFIG to a kubeconfig of a cluster to play with";

    /// <summary>The way; null when there is none.</summary>
    public static IClusterProvider? Available { get; } = Find();

    private static IClusterProvider? Find()
    {
        if (Environment.GetEnvironmentVariable("GITOPS_POLICY_TEST_KUBECONFIG") is { Length: > 0 } kubeConfig)
            return new ExistingClusterProvider(kubeConfig);
        var assets = Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS");
        return assets is { Length: > 0 }
                && File.Exists(Path.Join(assets, "kube-apiserver"))
                && File.Exists(Path.Join(assets, "etcd"))
            ? new AssetClusterProvider(assets)
            : null;
    }
}

/// <summary>Takes a cluster that somebody else started and ends.</summary>
internal sealed class ExistingClusterProvider(string kubeConfig) : IClusterProvider
{
    /// <inheritdoc/>
    public bool HasControllers => true;

    /// <inheritdoc/>
    public bool TakesFlags => false;

    /// <inheritdoc/>
    public Task<TestCluster> StartAsync(ClusterRequest request) =>
        request is { AdmissionConfiguration: null, ApiServerFlags: [] }
            ? Task.FromResult<TestCluster>(new Existing(kubeConfig))
            : throw new InvalidOperationException("A cluster that runs already takes no flags.");

    private sealed class Existing(string kubeConfig) : TestCluster
    {
        public override string KubeConfig { get; } = kubeConfig;

        public override string? Kubectl => "kubectl";

        public override ValueTask DisposeAsync() => default;
    }
}
