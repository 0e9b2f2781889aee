using System.Globalization;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Drift;

namespace GitOpsPolicy.Fixing.Rendered;

/// <summary>
/// Holds an object against the same once it is rendered with an edit: only places that Git is to take over may be others. What
/// means nothing where it is held against what lives must not change by the way, either.
/// </summary>
/// <param name="change">The object.</param>
internal sealed class OtherPlaces(RenderedChange change)
{
    private readonly KubernetesNoise noise = KubernetesNoise.For(change.Id, change.Change.Before);
    private readonly List<string> at = [];
    private readonly List<string[]> wanted = [.. change.Places.Where(static place => place.IsWanted)
        .Select(static place => place.Difference.Steps)];

    /// <summary>Nothing else is another.</summary>
    public bool AreAll(Node? before, Node? after) => (before, after) switch
    {
        _ when NodeEquality.AreEqual(before, after) || wanted.Exists(steps => Reaches(at, steps)) => true,
        (SequenceNode one, SequenceNode other) => AreAllIn(one, other),
        (MappingNode or null, MappingNode or null) => AreAllIn(before as MappingNode, after as MappingNode),
        _ => false,
    };

    private bool AreAllIn(MappingNode? before, MappingNode? after) =>
        Keys(before).Union(Keys(after), StringComparer.Ordinal).All(key => AreAllBelow(key, before?[key], after?[key]));

    // A patch puts the items that it is about first.
    private bool AreAllIn(SequenceNode before, SequenceNode after)
    {
        if (before.Count != after.Count) return wanted.Exists(steps => steps.Length > at.Count && Reaches(steps, [.. at]));
        var keys = noise.KeysOf(at);
        return !keys.IsEmpty && KeyedItems.Of(before, keys, noise) is { } old && KeyedItems.Of(after, keys, noise) is { } made
            ? old.All.All(item => AreAllBelow(Number(item.Index), item.Item, made.Find(item.Key)))
            : Enumerable.Range(0, before.Count).All(i => AreAllBelow(Number(i), before[i], after[i]));
    }

    private bool AreAllBelow(string step, Node? before, Node? after)
    {
        at.Add(step);
        var areAll = AreAll(before, after);
        at.RemoveAt(at.Count - 1);
        return areAll;
    }

    private static bool Reaches(IReadOnlyList<string> place, string[] whole) =>
        place.Count >= whole.Length && whole.Index().All(step => step.Item == place[step.Index]);

    private static IEnumerable<string> Keys(MappingNode? mapping) =>
        mapping?.Entries.ToArray().Select(static entry => entry.Key) ?? [];

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);
}
