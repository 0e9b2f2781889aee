using GitOpsPolicy.Kubernetes.Http;

namespace GitOpsPolicy.Kubernetes.Resources;

/// <summary>
/// What the API server serves, asked once and kept. A type that is not in it, such as that of a definition made meanwhile, makes
/// it ask again, but not more often than every few seconds.
/// </summary>
/// <threadsafety>Safe for any thread.</threadsafety>
public sealed class Discovery : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ApiChannel channel;
    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile Snapshot? current;

    internal Discovery(ApiChannel channel) => this.channel = channel;

    /// <summary>The catalog as it was last read.</summary>
    /// <exception cref="KubernetesException">The server does not answer.</exception>
    public async ValueTask<ResourceCatalog> GetAsync(CancellationToken cancellation) =>
        (current ?? await RenewAsync(null, cancellation)).Catalog;

    /// <summary>The type of a kind; null when the server has none.</summary>
    /// <param name="group">API group; empty for the core group.</param>
    /// <param name="kind">Kind.</param>
    /// <param name="version">Version; null for the one that the server prefers.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="KubernetesException">The server does not answer.</exception>
    public ValueTask<ResourceType?> FindAsync(string group, string kind, string? version, CancellationToken cancellation) =>
        LookAsync(catalog => catalog.Find(group, kind, version), cancellation);

    /// <summary>The type that a user's word means, as kubectl takes it; null when there is none.</summary>
    /// <exception cref="KubernetesException">The server does not answer.</exception>
    public ValueTask<ResourceType?> NamedAsync(string word, CancellationToken cancellation) =>
        LookAsync(catalog => catalog.Named(word), cancellation);

    /// <summary>Reads the catalog anew.</summary>
    /// <exception cref="KubernetesException">The server does not answer.</exception>
    public async ValueTask<ResourceCatalog> RefreshAsync(CancellationToken cancellation) =>
        (await RenewAsync(current, cancellation)).Catalog;

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private async ValueTask<ResourceType?> LookAsync(Func<ResourceCatalog, ResourceType?> look, CancellationToken cancellation)
    {
        var snapshot = current ?? await RenewAsync(null, cancellation);
        if (look(snapshot.Catalog) is { } found) return found;
        if (channel.Options.Time.GetElapsedTime(snapshot.Taken) < Pause) return null;
        return look((await RenewAsync(snapshot, cancellation)).Catalog);
    }

    private async Task<Snapshot> RenewAsync(Snapshot? known, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (current is { } other && !ReferenceEquals(other, known)) return other; // somebody else asked meanwhile
            var snapshot = new Snapshot(
                await CatalogReader.ReadAsync(channel, cancellation), channel.Options.Time.GetTimestamp());
            current = snapshot;
            return snapshot;
        }
        finally
        {
            gate.Release();
        }
    }

    private sealed record Snapshot(ResourceCatalog Catalog, long Taken);
}
