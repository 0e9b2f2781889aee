using System.Collections.Concurrent;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Running;

/// <summary>The clusters that units write to, each in the name that the unit says: a unit can do no more than the service account that it names.</summary>
/// <param name="connection">The cluster that units live in.</param>
/// <param name="options">How its clients behave.</param>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class Clusters(ClusterConnection connection, ClientOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<KubernetesClient>> clients = new(StringComparer.Ordinal);

    /// <summary>The cluster that units live in, in the engine's own name.</summary>
    public KubernetesClient Home => In("");

    /// <summary>The cluster of a unit, in the name that it says.</summary>
    public KubernetesClient Of(Unit unit) =>
        In(unit.Target.ServiceAccount is { } account ? $"system:serviceaccount:{unit.Key.Namespace}:{account}" : "");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in clients.Values.Where(static client => client.IsValueCreated)) client.Value.Dispose();
    }

    private KubernetesClient In(string name) => clients.GetOrAdd(name, user => new(() =>
        new(user.Length == 0 ? connection : connection with { Impersonation = new(user, null, [], []) }, options))).Value;
}
