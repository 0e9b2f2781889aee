using System.Collections.Immutable;
using System.Globalization;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>
/// Holds a Kubernetes object that lives against the one in Git, and where it is known against what was applied last. Only what
/// Git says counts, and additions where Git says all there is: other fields belong to the server and to other managers. Where
/// what lives is as it was applied and Git says something else, Git has moved on: that is a change to come, no drift.
/// </summary>
internal sealed class LiveComparison
{
    // What SOPS writes in place of a value.
    private const string Encrypted = "ENC[AES256_GCM,";

    // Mappings are held against each other one by one; more of them are compared in their order.
    private const int LargestSet = 8;

    private readonly KubernetesNoise noise;
    private readonly bool isScaled;
    private readonly bool isSecret;
    private readonly bool knowsApplied;
    private readonly List<string> steps = [];
    private readonly List<Difference> found = [];

    // Which of the steps is the innermost item of a list.
    private int item = -1;

    private LiveComparison(KubernetesId id, Node desired, DriftFacts? facts)
    {
        noise = KubernetesNoise.For(id, desired);
        (isScaled, knowsApplied) = (facts?.IsScaled ?? false, facts?.Applied is not null);
        isSecret = id is { Group: "", Kind: "Secret" };
    }

    /// <summary>Where they differ in a way that means something, in the order of the object in Git.</summary>
    /// <param name="id">What it is.</param>
    /// <param name="desired">The object in Git.</param>
    /// <param name="live">The object that lives.</param>
    /// <param name="facts">What else is known; null for nothing.</param>
    public static List<Difference> Between(KubernetesId id, Node desired, Node live, DriftFacts? facts)
    {
        var comparison = new LiveComparison(id, desired, facts);
        if (comparison.isSecret && desired.At("stringData") is MappingNode) desired = SecretText.Encode(desired);
        comparison.Compare(desired, live, facts?.Applied);
        if (facts is { Ignored.IsEmpty: false })
            comparison.found.RemoveAll(difference => facts.Ignored.Any(entry => entry.Covers(difference, desired, live)));
        return comparison.found;
    }

    /// <summary>Whether the differences are additions alone.</summary>
    public static bool OnlyAdds(IReadOnlyList<Difference> differences) =>
        differences.Count > 0 && differences.All(static difference => difference.Before is null);

    private void Compare(Node? desired, Node? live, Node? applied)
    {
        if (noise.Hides(steps) || (isScaled && steps is ["spec", "replicas"])) return;
        switch (desired, live)
        {
            case (null or ScalarNode { Kind: NodeKind.Null }, null):
                return;
            case (null or ScalarNode { Kind: NodeKind.Null }, { } added):
                Add(added);
                return;
            case ({ } wanted, null):
                if (!Differences.IsEmpty(wanted) && !noise.IsOmitted(steps[^1], wanted) && !(knowsApplied && applied is null))
                    Differ(wanted, null);
                return;
            case (MappingNode left, MappingNode right):
                CompareMappings(left, right, applied as MappingNode);
                return;
            case (SequenceNode left, SequenceNode right):
                CompareLists(left, right, applied as SequenceNode);
                return;
            default:
                if (!AreSame(desired, live) && !HasMovedOn(applied, live)) Differ(desired, live);
                return;
        }
    }

    // Git says nothing of it: it counts where Git says all there is.
    private void Add(Node live)
    {
        if (Differences.IsEmpty(live)) return;
        if (noise.Owns(steps, item))
        {
            if (steps.Count == 0 || !noise.IsDefault(steps[^1], live)) Differ(null, live);
            return;
        }

        foreach (ref readonly var entry in live.EntriesOf()) At(entry.Key, null, entry.Value, null);
    }

    private void CompareMappings(MappingNode desired, MappingNode live, MappingNode? applied)
    {
        foreach (ref readonly var entry in desired.Entries) At(entry.Key, entry.Value, live[entry.Key], applied?[entry.Key]);
        foreach (ref readonly var entry in live.Entries)
            if (desired[entry.Key] is null && applied?[entry.Key] is null) At(entry.Key, null, entry.Value, null);
    }

    private void CompareLists(SequenceNode desired, SequenceNode live, SequenceNode? applied)
    {
        var keys = noise.KeysOf(steps);
        if (!keys.IsEmpty && KeyedItems.Of(desired, keys, noise) is { } wanted && KeyedItems.Of(live, keys, noise) is { } there)
        {
            CompareKeyed(wanted, there, applied is null ? null : KeyedItems.Of(applied, keys, noise));
            return;
        }

        if (HasMovedOn(applied, live)) return;
        var order = noise.IsSet(steps) ? MatchAnyOrder(desired, live) : null;
        if (desired.Count != live.Count || (order is null && noise.IsSet(steps))) Differ(desired, live);
        else
            for (var i = 0; i < desired.Count; i++)
                AtItem(i, desired[i], live[order?[i] ?? i], applied?.Count == desired.Count ? applied[i] : null);
    }

    private void CompareKeyed(KeyedItems desired, KeyedItems live, KeyedItems? applied)
    {
        foreach (var (key, index, one) in desired.All) AtItem(index, one, live.Find(key), applied?.Find(key));
        foreach (var (key, index, one) in live.All)
        {
            if (desired.Find(key) is not null || applied?.Find(key) is not null) continue;
            steps.Add(Number(index));
            if (!noise.Hides(steps)) Differ(null, one);
            steps.RemoveAt(steps.Count - 1);
        }
    }

    // The index in the other list of each item of the one; null where they do not hold the same.
    private int[]? MatchAnyOrder(SequenceNode desired, SequenceNode live)
    {
        if (desired.Count != live.Count) return null;
        if (Array.TrueForAll(desired.Items.ToArray(), static item => item is ScalarNode)) return MatchScalars(desired, live);
        if (desired.Count > LargestSet) return [.. Enumerable.Range(0, desired.Count)];
        var left = Enumerable.Range(0, live.Count).ToList();
        var order = new int[desired.Count];
        for (var i = 0; i < desired.Count; i++)
        {
            var at = left.FindIndex(index => Says(desired[i], live[index]));
            if (at < 0) return null;
            order[i] = left[at];
            left.RemoveAt(at);
        }

        return order;
    }

    private static int[]? MatchScalars(SequenceNode desired, SequenceNode live)
    {
        var places = new Dictionary<string, Stack<int>>(StringComparer.Ordinal);
        for (var i = live.Count - 1; i >= 0; i--)
        {
            if (live[i] is not ScalarNode scalar) return null;
            if (!places.TryGetValue(scalar.Text, out var at)) places[scalar.Text] = at = new();
            at.Push(i);
        }

        var order = new int[desired.Count];
        for (var i = 0; i < order.Length; i++)
            if (!places.TryGetValue(((ScalarNode)desired[i]).Text, out var at) || !at.TryPop(out order[i])) return null;
        return order;
    }

    // The live item says all that the one in Git says.
    private bool Says(Node desired, Node live)
    {
        var before = found.Count;
        Compare(desired, live, null);
        var isSame = found.Count == before;
        found.RemoveRange(before, found.Count - before);
        return isSame;
    }

    private bool AreSame(Node desired, Node live)
    {
        if (Differences.IsEmpty(desired) && Differences.IsEmpty(live)) return true;
        if (desired is not ScalarNode left || live is not ScalarNode right) return false;
        // what it stands for only the key tells
        if (left.Kind == NodeKind.String && left.Text.StartsWith(Encrypted, StringComparison.Ordinal)) return true;
        return NodeEquality.AreEqual(left, right) || noise.AreEqualAt(steps, left, right);
    }

    private bool HasMovedOn(Node? applied, Node live) =>
        knowsApplied && (applied is null ? false : NodeEquality.AreEqual(applied, live));

    private void At(string step, Node? desired, Node? live, Node? applied)
    {
        steps.Add(step);
        Compare(desired, live, applied);
        steps.RemoveAt(steps.Count - 1);
    }

    private void AtItem(int index, Node desired, Node? live, Node? applied)
    {
        var outer = item;
        item = steps.Count;
        At(Number(index), desired, live, applied);
        item = outer;
    }

    private void Differ(Node? desired, Node? live) => found.Add(new([.. steps], desired, live));

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Items of a list by their keys.</summary>
internal sealed class KeyedItems
{
    private readonly Dictionary<string, Node> byKey;

    private KeyedItems(ImmutableArray<(string Key, int Index, Node Item)> all)
    {
        All = all;
        byKey = all.ToDictionary(static item => item.Key, static item => item.Item, StringComparer.Ordinal);
    }

    /// <summary>The items in their order.</summary>
    public ImmutableArray<(string Key, int Index, Node Item)> All { get; }

    /// <summary>The items of a list; null where one has no key, or two have the same.</summary>
    public static KeyedItems? Of(SequenceNode list, ImmutableArray<string> keys, KubernetesNoise noise)
    {
        var items = ImmutableArray.CreateBuilder<(string, int, Node)>(list.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not MappingNode item || noise.KeyOf(item, keys[0]) is null) return null;
            var key = string.Join('\n', keys.Select(name => noise.KeyOf(item, name)));
            if (!seen.Add(key)) return null;
            items.Add((key, i, item));
        }

        return new(items.ToImmutable());
    }

    /// <summary>The item with a key; null where there is none.</summary>
    public Node? Find(string key) => byKey.GetValueOrDefault(key);
}
