using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Inputs.Diff;

/// <summary>
/// The objects of the base. Several may share an identity: by mistake, in which case they are one stored object, or because the
/// server is to name them, in which case none of them is ever found again.
/// </summary>
internal sealed class BaseObjects
{
    private readonly ImmutableArray<Manifest> objects;
    private readonly Dictionary<(string? Environment, StoredIdentity Identity), Queue<int>> places = [];
    private readonly HashSet<(string? Environment, StoredIdentity Identity)> found = [];

    /// <summary>Takes in the objects of the base.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="environmentOf">The environment of each: the same name in two environments is two objects.</param>
    public BaseObjects(ImmutableArray<Manifest> objects, Func<Manifest, string?> environmentOf)
    {
        this.objects = objects;
        for (var i = 0; i < objects.Length; i++)
        {
            var identity = (environmentOf(objects[i]), StoredIdentity.Of(objects[i].Id));
            if (!places.TryGetValue(identity, out var queue)) places[identity] = queue = new(1);
            queue.Enqueue(i);
        }
    }

    /// <summary>Finds the object of the base that an id names; of several, another one each time until the last.</summary>
    public bool TryFind(KubernetesId id, string? environment, [NotNullWhen(true)] out Manifest? manifest)
    {
        manifest = null;
        var identity = (environment, StoredIdentity.Of(id));
        if (!places.TryGetValue(identity, out var queue)) return false;
        found.Add(identity);
        manifest = objects[queue.Count > 1 ? queue.Dequeue() : queue.Peek()];
        return true;
    }

    /// <summary>What was never found, in the order of the base. Objects that the server names are never pruned by name.</summary>
    public IEnumerable<Manifest> Rest() => places
        .Where(place => !found.Contains(place.Key) && !place.Key.Identity.Name.EndsWith('*'))
        .Select(place => place.Value.Peek())
        .Order()
        .Select(i => objects[i]);
}
