using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Watching;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Running;

/// <summary>
/// What is known of the units of one namespace, or of all, from what a watch tells. A unit is news only when what is wanted of it
/// changed.
/// </summary>
/// <param name="intake">What becomes of each.</param>
/// <param name="shard">Those that are this process' own.</param>
internal sealed class FollowedUnits(UnitIntake intake, UnitShard shard)
{
    private readonly Dictionary<UnitKey, (string Uid, long Generation, string? Retry)> known = [];
    private HashSet<UnitKey>? listed;

    /// <summary>Takes over what the watch tells.</summary>
    public Task TakeAsync(WatchEvent happened, CancellationToken stop)
    {
        switch (happened)
        {
            case WatchEvent.Listing:
                listed = [];
                return Task.CompletedTask;
            case WatchEvent.Listed(var one):
                listed?.Add(UnitResource.KeyOf(one));
                return KeepAsync(one, stop);
            case WatchEvent.Added(var one):
                return KeepAsync(one, stop);
            case WatchEvent.Modified(var one):
                return KeepAsync(one, stop);
            case WatchEvent.Deleted(var one):
                Drop(UnitResource.KeyOf(one));
                return Task.CompletedTask;
            case WatchEvent.Synced:
                foreach (var gone in known.Keys.Where(key => listed?.Contains(key) == false).ToList()) Drop(gone);
                listed = null;
                return Task.CompletedTask;
            case WatchEvent.Interrupted(var failure, _):
                intake.Interrupted(failure);
                return Task.CompletedTask;
            case WatchEvent.Unreadable(var problem):
                intake.Unreadable(problem);
                return Task.CompletedTask;
            default:
                return Task.CompletedTask;
        }
    }

    // A status that was written, by whomever, leaves the generation as it was.
    private Task KeepAsync(MappingNode one, CancellationToken stop)
    {
        var (key, metadata, generation) = (UnitResource.KeyOf(one), new ObjectMetadata(one), UnitResource.GenerationOf(one));
        if (!shard.Has(key)) return Task.CompletedTask;
        if (metadata.IsDeleting)
        {
            Drop(key);
            return Task.CompletedTask;
        }

        intake.Saw(one);
        var isKnown = known.TryGetValue(key, out var last);
        var state = (metadata.Uid, generation, UnitResource.RetryOf(one));
        if (isKnown && last == state) return Task.CompletedTask;
        if (isKnown && last.Uid != metadata.Uid) intake.Replaced(key);
        known[key] = state;
        return intake.TakeAsync(key, one, stop);
    }

    private void Drop(UnitKey key)
    {
        if (known.Remove(key)) intake.Drop(key);
    }
}
