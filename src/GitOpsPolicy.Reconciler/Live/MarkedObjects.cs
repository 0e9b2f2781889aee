using System.Collections.Concurrent;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Live;

/// <summary>An object that bears the marks of a unit.</summary>
/// <param name="Id">Which.</param>
/// <param name="Uid">Its uid.</param>
public sealed record MarkedObject(KubernetesId Id, string Uid);

/// <summary>
/// Finds the objects that bear the marks of a unit of which nothing is kept: it is new, or what was kept is lost. Whatever it
/// once wrote and Git no longer has would be nobody's otherwise. All units of a cluster are looked for at once, and the answer is
/// good for a while, once for each unit: one that asks again has written something since.
/// </summary>
/// <param name="time">The clock.</param>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class MarkedObjects(TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<KubernetesClient, Answer> known = new();

    /// <summary>Those of a unit. Kinds that may not be listed are left out.</summary>
    /// <exception cref="KubernetesException">The cluster cannot be asked.</exception>
    public async Task<IEnumerable<MarkedObject>> OfAsync(KubernetesClient client, UnitKey unit, CancellationToken cancellation)
    {
        var answer = known.AddOrUpdate(
            client,
            asked => new(time.GetTimestamp(), LookAsync(asked, cancellation)),
            (asked, last) => last.Found.IsFaulted
                    || last.Found.IsCanceled
                    || last.Given.ContainsKey(unit)
                    || time.GetElapsedTime(last.At) > Fresh
                ? new(time.GetTimestamp(), LookAsync(asked, cancellation))
                : last);
        var found = (await answer.Found.WaitAsync(cancellation))[unit];
        answer.Given.TryAdd(unit, true);
        return found;
    }

    private static async Task<ILookup<UnitKey, MarkedObject>> LookAsync(KubernetesClient client, CancellationToken cancellation)
    {
        var found = new List<(UnitKey Unit, MarkedObject Object)>();
        var catalog = await client.Discovery.GetAsync(cancellation);
        foreach (var type in catalog.Types.Where(static type => type.Verbs.Contains("list"))
            .DistinctBy(static type => (type.Group, type.Kind)))
        {
            try
            {
                await foreach (var item in client.ListAsync(type, new() { LabelSelector = ObjectBody.UnitName }, cancellation))
                    Take(type, item, found);
            }
            catch (KubernetesException e) when (e.Failure.IsForbidden || e.Failure.IsNotFound || e.Failure.Code == 405)
            {
                // What may not be listed cannot be found.
            }
        }

        return found.ToLookup(static pair => pair.Unit, static pair => pair.Object);
    }

    private static void Take(ResourceType type, ListedObject item, List<(UnitKey Unit, MarkedObject Object)> found)
    {
        if (item.Object is not { } root || ObjectBody.UnitOf(root) is not { } unit) return;
        var metadata = new ObjectMetadata(root);
        if (!WasApplied(root)) return;
        found.Add((unit, new(new(type.Group, type.Version, type.Kind, metadata.Namespace, metadata.Name), metadata.Uid)));
    }

    // Labels are copied: by controllers to what they make for an object, such as the EndpointSlices of a Service, and by people.
    // Who wrote an object is not.
    private static bool WasApplied(MappingNode root) =>
        root.At("metadata", "managedFields") is SequenceNode managers
            && managers.Items.ToArray()
                .Any(static one => one is MappingNode entry
                    && entry.Text("manager") == Applier.FieldManager
                    && entry.Text("operation") == "Apply");

    /// <summary>What was found.</summary>
    /// <param name="At">When it was asked for.</param>
    /// <param name="Found">The objects by their unit.</param>
    private sealed record Answer(long At, Task<ILookup<UnitKey, MarkedObject>> Found)
    {
        /// <summary>Units that have had it.</summary>
        public ConcurrentDictionary<UnitKey, bool> Given { get; } = new();
    }
}
