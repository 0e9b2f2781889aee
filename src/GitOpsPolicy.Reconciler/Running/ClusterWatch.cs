using System.Collections.Concurrent;
using GitOpsPolicy.Documents;
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
/// Watches the objects of units, of every kind that some unit has, and has a unit looked at when something of it changes that the
/// engine did not change itself. What a watch misses, the passes by the clock find. A name that may not watch all namespaces
/// watches those that its units have objects in.
/// </summary>
/// <param name="clusterOf">The cluster of a unit.</param>
/// <param name="log">Where one line goes for each kind that cannot be watched.</param>
public sealed class ClusterWatch(
    Func<Unit, CancellationToken, Task<KubernetesClient>> clusterOf, TextWriter log) : IPassListener, IDisposable
{
    private readonly ConcurrentDictionary<(KubernetesClient Client, string Group, string Kind), WatchedKind> kinds = new();
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
        foreach (var (group, kind, place) in result.Kinds)
        {
            var watched = kinds.GetOrAdd((client, group, kind), static key => new(key.Client, key.Group, key.Kind));
            Begin(watched, watched.Begin(place));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        end.Cancel();
        end.Dispose();
    }

    private void Begin(WatchedKind kind, IReadOnlyList<string> places)
    {
        foreach (var place in places) _ = Task.Run(() => WatchAsync(kind, place, end.Token), CancellationToken.None);
    }

    private async Task WatchAsync(WatchedKind kind, string place, CancellationToken cancellation)
    {
        try
        {
            if (await kind.Client.Discovery.FindAsync(kind.Group, kind.Kind, null, cancellation) is { } type
                && type.Verbs.Contains("watch"))
            {
                if (await MayFollowAsync(kind.Client, type, place, cancellation)) return;
                Begin(kind, kind.Narrow());
            }
            else
            {
                kind.Ended(place);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // That is how it ends.
        }
        catch (KubernetesException e)
        {
            kind.Ended(place);
            await log.WriteLineAsync($"reconcile: {kind.Kind} cannot be watched, and drift of it is seen by the clock alone: {SafeText.OneLine(e.Failure.ToString())}");
        }
    }

    // False where a name may not watch objects of all namespaces.
    private async Task<bool> MayFollowAsync(
        KubernetesClient client, ResourceType type, string place, CancellationToken cancellation)
    {
        var (cache, isListed, said) = (caches.GetOrAdd(client, static _ => new()), false, (string?)null);
        var wanted = new Selection
        {
            Namespace = place == WatchedKind.Everywhere ? null : place,
            LabelSelector = ObjectBody.UnitName,
        };
        await foreach (var told in client.FollowAsync(type, wanted, cancellation))
        {
            cache.Hear(type, told, place);
            if (told is WatchEvent.Interrupted { Failure: var failure })
            {
                if (failure.IsForbidden && place == WatchedKind.Everywhere && type.IsNamespaced) return false;
                if (said != (said = SafeText.OneLine(failure.ToString())))
                    await log.WriteLineAsync($"reconcile: the watch of {type} is interrupted: {said}");
                continue;
            }

            Hear(told, type);
            if (told is not WatchEvent.Synced) continue;
            if (isListed) engine?.TouchAll(); // what happened since the watch broke, and what is gone, nobody told
            (isListed, said) = (true, null);
        }

        return true;
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
            default:
                break;
        }
    }

    private void Touch(MappingNode item, ResourceType type)
    {
        if (engine is null || ObjectBody.UnitOf(item) is not { } unit) return;
        if (!engine.IsOwnWrite(unit, LiveReader.KeyOf(type, item), new ObjectMetadata(item).ResourceVersion)) engine.Touch(unit);
    }
}
