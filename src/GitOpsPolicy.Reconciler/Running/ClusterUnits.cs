using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Running;

/// <summary>Follows the <c>Reconciliation</c> objects of a cluster, and has the engine reconcile them.</summary>
/// <param name="client">The cluster.</param>
/// <param name="choice">Which units.</param>
/// <param name="intake">What becomes of each.</param>
public sealed class ClusterUnits(KubernetesClient client, UnitChoice choice, UnitIntake intake)
{
    /// <summary>Follows them until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await Task.WhenAll(choice.Places.Select(place => FollowAsync(place, stop)));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private async Task FollowAsync(string? place, CancellationToken stop)
    {
        var followed = new FollowedUnits(intake, choice.Shard);
        await foreach (var happened in client.FollowAsync(
            UnitResource.Type, new() { Namespace = place, LabelSelector = choice.Selector }, stop))
            await followed.TakeAsync(happened, stop);
    }
}
