using System.Collections.Concurrent;
using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Reconciler.Sources;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Running;

/// <summary>
/// The clusters that units write to, each in the name that the unit says: a unit can do no more than the service account that it
/// names. A unit that names a kubeconfig goes to another cluster; the Secret is read again after a while, so that it can be
/// renewed.
/// </summary>
/// <param name="connection">The cluster that units live in.</param>
/// <param name="options">How its clients behave.</param>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class Clusters(ClusterConnection connection, ClientOptions options) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Lazy<KubernetesClient>> clients = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(UnitKey Unit, string Secret, string? Account), Remote> remotes = new();
    private readonly ConcurrentDictionary<string, RequestPace> paces = new(StringComparer.Ordinal);
    private readonly Lazy<KubernetesClient> office = new(() => new(connection, options));

    /// <summary>Makes what spaces the requests to one API server out, in whosever name they are; null for nothing.</summary>
    public Func<RequestPace>? PaceOfServer { get; init; }

    /// <summary>The cluster that units live in, in the engine's own name.</summary>
    public KubernetesClient Home => In("");

    /// <summary>
    /// The same, for the Lease alone: its requests wait for no others, since one that comes late costs the lead.
    /// </summary>
    public KubernetesClient Office => office.Value;

    /// <summary>The cluster of a unit, in the name that it says.</summary>
    /// <exception cref="KubernetesException">The unit names a kubeconfig that cannot be read or used.</exception>
    public async Task<KubernetesClient> OfAsync(Unit unit, CancellationToken cancellation)
    {
        var account = unit.Target.ServiceAccount is { } named ? $"system:serviceaccount:{unit.Key.Namespace}:{named}" : "";
        if (unit.Target.KubeConfigSecretName is not { } secret) return In(account);
        var key = (unit.Key, secret, unit.Target.ServiceAccount);
        if (remotes.TryGetValue(key, out var known) && options.Time.GetElapsedTime(known.ReadAt) < Fresh) return known.Client;
        var read = (await new UnitSecrets(Home).TargetOfAsync(unit, cancellation))!;
        if (!read.TryGet(out var target)) throw Unusable(secret, read.Problems);
        return Keep(
            key,
            target.Connection with { Impersonation = account.Length > 0
                ? new(account, null, [], [])
                : target.Connection.Impersonation }, target.Digest);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in clients.Values.Where(static client => client.IsValueCreated)) client.Value.Dispose();
        foreach (var remote in remotes.Values) remote.Dispose();
        if (office.IsValueCreated) office.Value.Dispose();
    }

    private KubernetesClient In(string name) => clients.GetOrAdd(name, user => new(() =>
        To(user.Length == 0 ? connection : connection with { Impersonation = new(user, null, [], []) }))).Value;

    private KubernetesClient To(ClusterConnection target) =>
        new(target, PaceOfServer is { } make ? options with { Pace = paces.GetOrAdd(target.ToString(), _ => make()) } : options);

    private KubernetesClient Keep((UnitKey Unit, string Secret, string? Account) key, ClusterConnection target, string digest)
    {
        var now = options.Time.GetTimestamp();
        return remotes.AddOrUpdate(
            key,
            _ => new(To(target), digest, now, null),
            (_, known) => known.Digest == digest ? known with { ReadAt = now } : known.RenewedBy(To(target), digest, now)).Client;
    }

    private static KubernetesException Unusable(string secret, ImmutableArray<Problem> problems)
    {
        var told = problems.Select(static problem => problem.Hint is { } hint ? $"{problem.Message} ({hint})" : problem.Message);
        return new(new()
        {
            Stage = FailureStage.Credential,
            Request = $"kubeconfig of Secret {secret}",
            Message = SafeText.OneLine(string.Join("; ", told)),
        });
    }

    /// <summary>A client of another cluster.</summary>
    /// <param name="Client">The client.</param>
    /// <param name="Digest">Of the kubeconfig that it was made of.</param>
    /// <param name="ReadAt">When that was last read.</param>
    /// <param name="Before">The one before, which a pass under way may still use.</param>
    private sealed record Remote(KubernetesClient Client, string Digest, long ReadAt, KubernetesClient? Before) : IDisposable
    {
        public Remote RenewedBy(KubernetesClient client, string digest, long readAt)
        {
            Before?.Dispose();
            return new(client, digest, readAt, Client);
        }

        public void Dispose()
        {
            Before?.Dispose();
            Client.Dispose();
        }
    }
}
