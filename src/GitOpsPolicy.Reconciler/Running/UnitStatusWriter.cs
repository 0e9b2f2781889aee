using System.Collections.Concurrent;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Running;

/// <summary>
/// Writes what is known of units into the <c>status</c> of their <c>Reconciliation</c> objects, when it says something other than
/// what stands there: a pass that found nothing new writes nothing. What cannot be written is told in the log and tried again
/// after the next pass.
/// </summary>
/// <param name="client">The cluster that the units live in.</param>
/// <param name="fence">What is asked before each write.</param>
/// <param name="log">Where one line goes for each status that cannot be written.</param>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class UnitStatusWriter(KubernetesClient client, Fence fence, TextWriter log) : IPassListener
{
    private readonly ConcurrentDictionary<UnitKey, Seen> seen = new();

    /// <summary>Notes how an object stands in the cluster.</summary>
    public void Saw(MappingNode found) =>
        seen[UnitResource.KeyOf(found)] = new(new ObjectMetadata(found).Uid, found.Mapping("status"));

    /// <summary>Forgets a unit that is gone.</summary>
    public void Forget(UnitKey unit) => seen.TryRemove(unit, out _);

    /// <summary>The object that a unit is in the cluster, as events refer to it; null for a unit that is not there.</summary>
    public MappingNode? ReferenceTo(UnitKey unit) => seen.TryGetValue(unit, out var last) ? Whole(unit, last.Uid, null) : null;

    /// <inheritdoc/>
    public Task EndedAsync(Unit unit, PassResult result, CancellationToken cancellation) =>
        WriteAsync(result.Status with { ObservedGeneration = unit.Generation }, result.IsPassingFailure, cancellation);

    /// <summary>
    /// Writes a status; nothing happens for a unit that is not in the cluster, or where it stands there already.
    /// </summary>
    /// <param name="status">What is known.</param>
    /// <param name="isTriedAgain">What failed may pass by itself.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="FencedOffException">Another process leads.</exception>
    public async Task WriteAsync(UnitStatus status, bool isTriedAgain, CancellationToken cancellation)
    {
        if (!seen.TryGetValue(status.Unit, out var last)
            || StatusObject.Of(status, isTriedAgain, last.Status, client.Options.Time.GetUtcNow()) is not { } body)
            return;
        fence.Pass();
        var address = new ObjectAddress(UnitResource.Type, status.Unit.Namespace, status.Unit.Name) { Subresource = "status" };
        try
        {
            var applied = await client.ApplyAsync(
                address, Whole(status.Unit, last.Uid, body), new() { FieldManager = Applier.FieldManager, Force = true },
                cancellation);
            if (applied is Applied.Done done)
                seen.TryUpdate(status.Unit, last with { Status = done.Result.Object.Mapping("status") }, last);
        }
        catch (KubernetesException e) when (e.Failure.IsObjectMissing || e.Failure.IsConflict)
        {
            // It is gone, or another one of its name stands there: the follower hears of it.
        }
        catch (KubernetesException e)
        {
            await log.WriteLineAsync($"{status.Unit}: its status cannot be written: {SafeText.OneLine(e.Failure.ToString())}");
        }
    }

    // With the uid, so that it does not become the status of another unit of the same name.
    private static MappingNode Whole(UnitKey unit, string uid, MappingNode? status) => NewObject.Of(
        ("apiVersion", UnitResource.Type.ApiVersion),
        ("kind", UnitResource.Type.Kind),
        ("metadata", NewObject.Of(("name", unit.Name), ("namespace", unit.Namespace), ("uid", uid))),
        ("status", status));

    private sealed record Seen(string Uid, MappingNode? Status);
}
