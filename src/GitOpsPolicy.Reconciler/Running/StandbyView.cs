using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Watching;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Running;

/// <summary>
/// Shows on the board of this process what other processes know of the units that are not its own: what they keep in the cluster.
/// So each replica has the whole picture, and a unit can wait for one that another shard reconciles. States whose unit is gone
/// are not shown.
/// </summary>
/// <param name="client">The cluster that the units live in.</param>
/// <param name="choice">Which units.</param>
/// <param name="board">Where they are shown.</param>
/// <param name="log">Where one line goes for each thing worth telling.</param>
public sealed class StandbyView(KubernetesClient client, UnitChoice choice, StatusBoard board, TextWriter log)
{
    private readonly Lock gate = new();
    private readonly Dictionary<UnitKey, UnitStatus> kept = [];
    private readonly HashSet<UnitKey> there = [];
    private volatile bool leads;

    /// <summary>This process reconciles its units itself from now on, or does so no longer.</summary>
    public void Leads(bool itself)
    {
        leads = itself;
        lock (gate)
            foreach (var unit in kept.Keys.Union(there)) Show(unit);
    }

    /// <summary>Follows them until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await Task.WhenAll(choice.Places.SelectMany(
                place => (Task[])[FollowStatesAsync(place, stop), FollowUnitsAsync(place, stop)]));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private Task FollowStatesAsync(string? place, CancellationToken stop) => FollowAsync(
        client.FollowAsync(StateStore.ObjectType, new() { Namespace = place, LabelSelector = StateStore.Selector }, stop),
        static one => StateStore.StatusOf(one)?.Unit,
        (unit, one) => kept[unit] = StateStore.StatusOf(one)!,
        unit => kept.Remove(unit));

    private Task FollowUnitsAsync(string? place, CancellationToken stop) => FollowAsync(
        client.FollowAsync(UnitResource.Type, new() { Namespace = place, LabelSelector = choice.Selector }, stop),
        UnitResource.KeyOf,
        (unit, _) => there.Add(unit),
        unit => there.Remove(unit));

    private async Task FollowAsync(
        IAsyncEnumerable<WatchEvent> events, Func<MappingNode, UnitKey?> keyOf, Action<UnitKey, MappingNode> keep,
        Action<UnitKey> drop)
    {
        var (known, listed) = (new HashSet<UnitKey>(), new HashSet<UnitKey>());
        await foreach (var happened in events)
        {
            lock (gate)
            {
                switch (happened)
                {
                    case WatchEvent.Listing:
                        listed.Clear();
                        break;
                    case WatchEvent.Listed(var one) when keyOf(one) is { } unit:
                        listed.Add(unit);
                        Keep(unit, one);
                        break;
                    case WatchEvent.Added(var one) when keyOf(one) is { } unit:
                        Keep(unit, one);
                        break;
                    case WatchEvent.Modified(var one) when keyOf(one) is { } unit:
                        Keep(unit, one);
                        break;
                    case WatchEvent.Deleted(var one) when keyOf(one) is { } unit:
                        Drop(unit);
                        break;
                    case WatchEvent.Synced:
                        foreach (var gone in known.Except(listed).ToList()) Drop(gone);
                        break;
                    case WatchEvent.Interrupted(var failure, _):
                        log.WriteLine(
                            $"reconcile: what other processes know cannot be followed: {SafeText.OneLine(failure.ToString())}");
                        break;
                    default:
                        break;
                }
            }
        }

        void Keep(UnitKey unit, MappingNode one)
        {
            known.Add(unit);
            keep(unit, one);
            Show(unit);
        }

        void Drop(UnitKey unit)
        {
            known.Remove(unit);
            drop(unit);
            Show(unit);
        }
    }

    private void Show(UnitKey unit)
    {
        if (leads && choice.Shard.Has(unit)) return;
        if (!there.Contains(unit)) board.Remove(unit);
        else board.Put(kept.GetValueOrDefault(unit) ?? new UnitStatus { Unit = unit });
    }
}
