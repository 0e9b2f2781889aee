using System.Collections.Concurrent;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Watching;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Live;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Running;

/// <summary>
/// Watches the objects of units, of every kind that some unit has, and has a unit looked at when something of it changes that the engine did not
/// change itself. What a watch misses, the passes by the clock find.
/// </summary>
/// <param name="clusterOf">The cluster of a unit.</param>
/// <param name="log">Where one line goes for each kind that cannot be watched.</param>
public sealed class ClusterWatch(Func<Unit, CancellationToken, Task<KubernetesClient>> clusterOf, TextWriter log) : IPassListener, IDisposable
{
    private readonly ConcurrentDictionary<(KubernetesClient Client, string Group, string Kind), Task> watches = new();
    private readonly ConcurrentDictionary<KubernetesClient, LiveCache> caches = new();
    private readonly CancellationTokenSource end = new();
    private ReconcileEngine? engine;

    /// <summary>Begins to tell an engine; before that nothing is watched.</summary>
    public void Tell(ReconcileEngine told) => engine = told;

    /// <summary>What is known of a cluster; null where nothing is watched.</summary>
    public LiveCache? CacheOf(KubernetesClient client) => caches.GetValueOrDefault(client);

    /// <inheritdoc/>
    public async Task EndedAsync(Unit unit, PassResult result, CancellationToken cancellation)
    {
        if (engine is null || result.Kinds.IsEmpty) return;
        var client = await clusterOf(unit, cancellation);
        var cache = caches.GetOrAdd(client, static _ => new());
        foreach (var (group, kind) in result.Kinds)
            _ = watches.GetOrAdd((client, group, kind), key => Task.Run(() => WatchAsync(cache, key.Client, (key.Group, key.Kind), end.Token), CancellationToken.None));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        end.Cancel();
        end.Dispose();
    }

    private async Task WatchAsync(LiveCache cache, KubernetesClient client, (string Group, string Kind) of, CancellationToken cancellation)
    {
        var (group, kind) = of;
        try
        {
            if (await client.Discovery.FindAsync(group, kind, null, cancellation) is not { } type || !type.Verbs.Contains("watch")) return;
            var isListed = false;
            await foreach (var told in client.FollowAsync(type, new() { LabelSelector = ObjectBody.UnitName }, cancellation))
            {
                cache.Hear(type, told);
                Hear(told, type);
                if (told is not WatchEvent.Synced) continue;
                if (isListed) engine?.TouchAll(); // what happened since the watch broke, and what is gone, nobody told
                isListed = true;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // That is how it ends.
        }
        catch (KubernetesException e)
        {
            watches.TryRemove((client, group, kind), out _);
            await log.WriteLineAsync($"reconcile: {kind} cannot be watched, and drift of it is seen by the clock alone: {SafeText.OneLine(e.Failure.ToString())}");
        }
    }

    private void Hear(WatchEvent told, ResourceType type)
    {
        switch (told)
        {
            case WatchEvent.Added { Object: var item }:
                Touch(item, type);
                break;
            case WatchEvent.Modified { Object: var item }:
                Touch(item, type);
                break;
            case WatchEvent.Deleted { Object: var item }:
                if (ObjectBody.UnitOf(item) is { } unit) engine?.Touch(unit);
                break;
            case WatchEvent.Interrupted { Failure: var failure }:
                log.WriteLine($"reconcile: the watch of {type} is interrupted: {SafeText.OneLine(failure.ToString())}");
                break;
            default:
                break;
        }
    }

    private void Touch(MappingNode item, ResourceType type)
    {
        if (engine is null || ObjectBody.UnitOf(item) is not { } unit) return;
        var metadata = new ObjectMetadata(item);
        var key = PassObject.KeyOf(new KubernetesId(type.Group, type.Version, type.Kind, metadata.Namespace, metadata.Name));
        if (!engine.IsOwnWrite(unit, key, metadata.ResourceVersion)) engine.Touch(unit);
    }
}
