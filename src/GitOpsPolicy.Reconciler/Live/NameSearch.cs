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

/// <summary>
/// Looks for marked objects in one name. An answer is good for a while, once for each unit: one that asks again has written
/// something since. What was refused is not asked for again.
/// </summary>
/// <param name="client">The cluster, in the name.</param>
/// <param name="time">The clock.</param>
/// <threadsafety>Safe from any thread.</threadsafety>
internal sealed class NameSearch(KubernetesClient client, TimeProvider time)
{
    private const string Everywhere = "";

    // A name that was refused so many kinds in all namespaces, and given none, has its rights in single ones.
    private const int EnoughRefused = 3;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    // Somebody may have been given more rights meanwhile.
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Answer> answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Place, string Kind), long> refused = new();

    /// <summary>Finds the objects of a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="places">Namespaces that it writes to; empty where it names none.</param>
    /// <param name="first">Objects whose kinds are asked for first.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="KubernetesException">The cluster cannot be asked.</exception>
    public async Task<IReadOnlyList<MarkedObject>> FindAsync(
        UnitKey unit, IReadOnlyList<string> places, IReadOnlyCollection<KubernetesId> first, CancellationToken cancellation)
    {
        var kinds = first.Select(static id => (id.Group, id.Kind)).ToHashSet();
        var found = new List<MarkedObject>(await AnswerAsync(Everywhere, unit, places, kinds, cancellation));
        foreach (var place in places) found.AddRange(await AnswerAsync(place, unit, places, kinds, cancellation));
        return found;
    }

    private async Task<IEnumerable<MarkedObject>> AnswerAsync(
        string place, UnitKey unit, IReadOnlyList<string> places, HashSet<(string, string)> first, CancellationToken cancellation)
    {
        var answer = answers.AddOrUpdate(
            place,
            _ => new(time.GetTimestamp(), LookAsync(place, places, first, cancellation)),
            (_, last) => last.Found.IsFaulted
                    || last.Found.IsCanceled
                    || last.Given.ContainsKey(unit)
                    || time.GetElapsedTime(last.At) > Fresh
                ? new(time.GetTimestamp(), LookAsync(place, places, first, cancellation))
                : last);
        var found = (await answer.Found.WaitAsync(cancellation))[unit];
        answer.Given.TryAdd(unit, true);
        return found;
    }

    private async Task<ILookup<UnitKey, MarkedObject>> LookAsync(
        string place, IReadOnlyList<string> places, HashSet<(string, string)> first, CancellationToken cancellation)
    {
        var found = new List<(UnitKey Unit, MarkedObject Object)>();
        var (given, lost) = (0, 0);
        foreach (var type in await TypesAsync(place, places, first, cancellation))
        {
            if (type.IsNamespaced && place == Everywhere && places.Count > 0 && given == 0 && lost >= EnoughRefused)
                Refuse(place, type);
            else if (await TakeAsync(type, place, found, cancellation)) given += type.IsNamespaced ? 1 : 0;
            else lost += type.IsNamespaced ? 1 : 0;
        }

        return found.ToLookup(static pair => pair.Unit, static pair => pair.Object);
    }

    // What is left to ask for: in a namespace, what may not be listed in all of them.
    private async Task<List<ResourceType>> TypesAsync(
        string place, IReadOnlyList<string> places, HashSet<(string, string)> first, CancellationToken cancellation)
    {
        var catalog = await client.Discovery.GetAsync(cancellation);
        var left = catalog.Types.Where(static type => type.Verbs.Contains("list"))
            .DistinctBy(static type => (type.Group, type.Kind))
            .Where(type => !WasRefused(place, type)
                && (place == Everywhere || (type.IsNamespaced && WasRefused(Everywhere, type))))
            .ToList();
        var asked = place != Everywhere ? place : places is [var one, ..] ? one : null;
        if (asked is null || left.Count == 0) return left;
        var rights = await ListRights.AskAsync(client, asked, cancellation);
        foreach (var type in left.Where(type => !rights.Allow(type))) Refuse(place, type);
        return [.. left.Where(rights.Allow).OrderByDescending(type => first.Contains((type.Group, type.Kind)))];
    }

    private bool WasRefused(string place, ResourceType type) =>
        refused.TryGetValue((place, type.ToString()), out var at) && time.GetElapsedTime(at) < Remembered;

    private void Refuse(string place, ResourceType type) => refused[(place, type.ToString())] = time.GetTimestamp();

    // False where they may not be listed.
    private async Task<bool> TakeAsync(
        ResourceType type, string place, List<(UnitKey Unit, MarkedObject Object)> found, CancellationToken cancellation)
    {
        try
        {
            var selection = new Selection { Namespace = place == Everywhere ? null : place, LabelSelector = ObjectBody.UnitName };
            await foreach (var item in client.ListAsync(type, selection, cancellation)) Take(type, item, found);
            return true;
        }
        catch (KubernetesException e) when (e.Failure.IsForbidden || e.Failure.IsNotFound || e.Failure.Code == 405)
        {
            Refuse(place, type);
            return false;
        }
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
