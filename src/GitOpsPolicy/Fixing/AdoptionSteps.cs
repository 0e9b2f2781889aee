using System.Collections.Immutable;
using System.Globalization;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Fixing;

/// <summary>
/// Works out what is done to an object of Git so that it says what lives, one difference at a time. What the server fills in by
/// itself is not taken over, and what is only spelt otherwise stays as it is.
/// </summary>
/// <param name="id">What the object is.</param>
/// <param name="git">The object in Git.</param>
internal sealed class AdoptionSteps(KubernetesId id, MappingNode git)
{
    private const string OtherShape = "it is a text, a mapping or a list in Git, and something else where it lives";

    private readonly KubernetesNoise noise = KubernetesNoise.For(id, git);
    private readonly List<FixStep> found = [];

    /// <summary>The steps; none, and why, where there are none to be had.</summary>
    public ImmutableArray<FixStep> Of(Difference difference, out string? refusal)
    {
        found.Clear();
        var (holder, depth) = Deepest(difference);
        List<string> at = [.. difference.Steps];
        refusal = difference.Before is not null
            ? Turn(holder, difference.After, at)
            : Put(holder, difference.Steps[depth..], difference.After!, at);
        return refusal is null ? [.. found] : [];
    }

    /// <summary>Several steps as one: what is added below one key is added together.</summary>
    public static ImmutableArray<FixStep> Together(IEnumerable<FixStep> steps)
    {
        var all = steps.ToLookup(static step => step is FixStep.Add);
        var added = all[true].Cast<FixStep.Add>()
            .GroupBy(static add => (add.Mapping, add.Key))
            .Select(static group => group.Aggregate(static (one, other) => one with { Value = Union(one.Value, other.Value) }));
        return [.. all[false], .. added];
    }

    // As far down as Git goes. What was added to a list is counted as it lives.
    private (Node Node, int Depth) Deepest(Difference difference)
    {
        Node at = git;
        var (depth, end) = (0, difference.Steps.Length);
        while (depth < end
            && !(difference.Before is null && depth == end - 1 && at is SequenceNode)
            && JsonPointer.Find(at, JsonPointer.Format([difference.Steps[depth]])) is { } next)
            (at, depth) = (next, depth + 1);
        return (at, depth);
    }

    private string? Put(Node holder, string[] below, Node live, List<string> at)
    {
        var value = Kept(live, at) ?? ValueNodes.Copy(live);
        if (below.Length == 0)
            return holder is ScalarNode nothing && value is ScalarNode text
                ? Do(new FixStep.Set(nothing, text))
                : "Git says `null` there";
        if (holder is SequenceNode list) return Do(new FixStep.Append(list, value));
        if (holder is not MappingNode mapping) return OtherShape;
        for (var i = below.Length - 1; i > 0; i--) value = new MappingNode([new(below[i], default, value)]);
        return Do(new FixStep.Add(mapping, below[0], value));
    }

    private string? Turn(Node from, Node? to, List<string> at) => (from, to) switch
    {
        (_, null) => Do(new FixStep.Remove(from)),
        (ScalarNode one, ScalarNode other) =>
            AreSame(one, other, at) ? null : Do(new FixStep.Set(one, (ScalarNode)ValueNodes.Copy(other))),
        (MappingNode one, MappingNode other) => TurnMapping(one, other, at),
        (SequenceNode one, SequenceNode other) => noise.IsSet(at) ? TurnSet(one, other, at) : TurnList(one, other, at),
        _ => OtherShape,
    };

    private string? TurnMapping(MappingNode from, MappingNode to, List<string> at)
    {
        string? refusal = null;
        foreach (var entry in from.Entries.ToArray())
            refusal ??= At(
                entry.Key, at,
                () => noise.Hides(at)
                        || (to[entry.Key] is null
                            && (Differences.IsEmpty(entry.Value) || noise.IsOmitted(entry.Key, entry.Value)))
                    ? null
                    : Turn(entry.Value, to[entry.Key], at));
        foreach (var entry in to.Entries.ToArray())
            if (from[entry.Key] is null)
                refusal ??= At(
                    entry.Key, at, () => Kept(entry.Value, at) is { } value ? Do(new FixStep.Add(from, entry.Key, value)) : null);
        return refusal;
    }

    // Item by item from the start; what is left over on either side is taken out or put behind.
    private string? TurnList(SequenceNode from, SequenceNode to, List<string> at)
    {
        string? refusal = null;
        for (var i = 0; i < Math.Max(from.Count, to.Count); i++)
        {
            var (one, other) = (i < from.Count ? from[i] : null, i < to.Count ? to[i] : null);
            refusal ??= At(
                Number(i), at, () => one is null ? Do(new FixStep.Append(from, KeptItem(other!, at))) : Turn(one, other, at));
        }

        return refusal;
    }

    private string? TurnSet(SequenceNode from, SequenceNode to, List<string> at)
    {
        var added = to.Items.ToArray()
            .Index()
            .Select(item => (item.Item, Kept: At(Number(item.Index), at, () => KeptItem(item.Item, at))))
            .ToList();
        foreach (var (index, item) in from.Items.ToArray().Index())
        {
            var kept = At(Number(index), at, () => KeptItem(item, at));
            if (added.FindIndex(other => NodeEquality.AreEqual(kept, other.Kept)) is var place and >= 0) added.RemoveAt(place);
            else Do(new FixStep.Remove(item));
        }

        foreach (var (_, kept) in added) Do(new FixStep.Append(from, kept));
        return null;
    }

    private bool AreSame(ScalarNode one, ScalarNode other, List<string> at) =>
        NodeEquality.AreEqual(one, other) || noise.AreEqualAt(at, one, other);

    private Node KeptItem(Node live, List<string> at) => Kept(live, at) ?? ValueNodes.Copy(live);

    // What of a living value somebody may have written; null for nothing.
    private Node? Kept(Node live, List<string> at) => live switch
    {
        _ when noise.Hides(at) || noise.IsDefault(at[^1], live) => null,
        ScalarNode { Kind: NodeKind.Null } => null,
        MappingNode mapping => KeptMapping(mapping, at),
        SequenceNode list => new SequenceNode(
            [.. list.Items.ToArray().Index().Select(item => At(Number(item.Index), at, () => KeptItem(item.Item, at)))], default,
            list.Flags),
        _ => ValueNodes.Copy(live),
    };

    // What an item is known by stays: the server wants it written where there are several.
    private MappingNode KeptMapping(MappingNode mapping, List<string> at)
    {
        var keys = noise.KeysOf(at.GetRange(0, at.Count - 1));
        var kept = mapping.Entries.ToArray()
            .Select(
                entry =>
                    (entry.Key,
                        Value: keys.Contains(entry.Key)
                            ? ValueNodes.Copy(entry.Value)
                            : At(entry.Key, at, () => Kept(entry.Value, at))));
        return new(
            [.. kept.Where(static entry => entry.Value is not null)
                .Select(static entry => new MappingEntry(entry.Key, default, entry.Value!))], default, mapping.Flags);
    }

    private string? Do(FixStep step)
    {
        found.Add(step);
        return null;
    }

    private static T At<T>(string step, List<string> at, Func<T> look)
    {
        at.Add(step);
        var seen = look();
        at.RemoveAt(at.Count - 1);
        return seen;
    }

    private static Node Union(Node one, Node other)
    {
        if ((one, other) is not (MappingNode left, MappingNode right)) return ValueNodes.Copy(other);
        var more = right.Entries.ToArray()
            .Where(entry => left[entry.Key] is null)
            .Select(static entry => entry with { Value = ValueNodes.Copy(entry.Value) });
        return new MappingNode([
            .. left.Entries.ToArray()
                .Select(entry => entry with { Value = right[entry.Key] is { } both
                    ? Union(entry.Value, both)
                    : ValueNodes.Copy(entry.Value) }),
            .. more
        ]);
    }

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);
}
