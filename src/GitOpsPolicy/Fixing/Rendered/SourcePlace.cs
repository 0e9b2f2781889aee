using System.Collections.Immutable;
using System.Globalization;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Fixing.Rendered;

/// <summary>
/// The place of a difference in an object of a file that a rendered one is made of: a patch holds a part of it, and items of
/// lists stand there in another order.
/// </summary>
internal sealed class SourcePlace
{
    private readonly RenderedChange change;
    private readonly Difference difference;
    private readonly MappingNode source;
    private readonly KubernetesNoise noise;
    private readonly List<string> path = [];
    private Node deepest;

    private SourcePlace(RenderedChange change, Difference difference, MappingNode source)
    {
        (this.change, this.difference, this.source, deepest) = (change, difference, source, source);
        noise = KubernetesNoise.For(change.Id, change.Change.Before);
    }

    /// <summary>How many steps of the way to the difference the source has.</summary>
    public int Depth => path.Count;

    /// <summary>The source has a value at the place.</summary>
    public bool IsThere => Depth == difference.Steps.Length;

    /// <summary>Finds it.</summary>
    public static SourcePlace Find(RenderedChange change, Difference difference, MappingNode source)
    {
        var place = new SourcePlace(change, difference, source);
        place.GoDown();
        return place;
    }

    /// <summary>The steps by which the source says what lives; none where it cannot.</summary>
    public ImmutableArray<FixStep> Steps()
    {
        if (difference.After is null && !IsThere) return [];
        if (!IsThere && CrossesList(Depth + 1)) return Nested();
        var wanted = IsThere
            ? new Difference([.. path], deepest, difference.After)
            : new Difference([.. path, .. difference.Steps[Depth..]], null, difference.After);
        return new AdoptionSteps(change.Id, source).Of(wanted, out _);
    }

    private void GoDown()
    {
        for (var i = 0; i < difference.Steps.Length; i++)
        {
            var step = difference.Steps[i];
            var next = deepest switch
            {
                MappingNode mapping => mapping[step],
                SequenceNode list => ItemIn(list, i),
                _ => null,
            };
            if (next is null) return;
            path.Add(deepest is SequenceNode items ? Number(IndexOf(items, next)) : step);
            deepest = next;
        }
    }

    // By its keys where the list has some, else by its name, else by its place.
    private Node? ItemIn(SequenceNode list, int at)
    {
        if (RenderedItem(at) is not { } item) return null;
        var keys = noise.KeysOf([.. difference.Steps[..at]]);
        var known = keys.IsEmpty ? ["name"] : keys;
        if (noise.KeyOf(item, known[0]) is null)
            return int.TryParse(difference.Steps[at], out var index) && index < list.Count ? list[index] : null;
        return list.Items.ToArray().FirstOrDefault(one => known.All(key => noise.KeyOf(one, key) == noise.KeyOf(item, key)));
    }

    // The item that a step of the difference means; null for one that only lives.
    private Node? RenderedItem(int at) =>
        difference.Before is null && at == difference.Steps.Length - 1
            ? null
            : JsonPointer.Find(change.Change.Before!, JsonPointer.Format(difference.Steps[..(at + 1)]));

    private bool CrossesList(int from) =>
        Enumerable.Range(from, Math.Max(0, difference.Steps.Length - from)).Any(IsItem);

    private bool IsItem(int step) =>
        JsonPointer.Find(change.Change.Before!, JsonPointer.Format(difference.Steps[..step])) is SequenceNode;

    // What a patch does not hold yet: items of lists get the keys by which they are known.
    private ImmutableArray<FixStep> Nested()
    {
        var value = ValueNodes.Copy(difference.After!);
        for (var i = difference.Steps.Length - 1; i > Depth; i--)
        {
            if (!IsItem(i)) value = new MappingNode([new(difference.Steps[i], default, value)]);
            else if (Keyed(i, value) is { } item) value = new SequenceNode([item]);
            else return [];
        }

        return deepest switch
        {
            MappingNode mapping => [new FixStep.Add(mapping, difference.Steps[Depth], value)],
            SequenceNode list when Keyed(Depth, value) is { } item => [new FixStep.Append(list, item)],
            _ => [],
        };
    }

    private MappingNode? Keyed(int at, Node value)
    {
        if (RenderedItem(at) is not MappingNode item || value is not MappingNode says) return null;
        var keys = noise.KeysOf([.. difference.Steps[..at]]);
        return keys.IsEmpty
            ? null
            : new(
                [
                    .. keys.Where(key => item[key] is not null && says[key] is null)
                        .Select(key => new MappingEntry(key, default, ValueNodes.Copy(item[key]!))),
                    .. says.Entries.ToArray().Select(static entry => entry with { Value = ValueNodes.Copy(entry.Value) })
                ]);
    }

    private static int IndexOf(SequenceNode list, Node item) =>
        Array.FindIndex(list.Items.ToArray(), one => ReferenceEquals(one, item));

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);
}
