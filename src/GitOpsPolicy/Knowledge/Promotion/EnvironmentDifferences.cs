using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Drift;

namespace GitOpsPolicy.Knowledge.Promotion;

/// <summary>
/// Where a resource differs from the same one of the environment before. Names of the environments mean nothing, neither does
/// what servers write; elements of lists are matched by their names.
/// </summary>
internal sealed class EnvironmentDifferences
{
    private readonly EnvironmentWords previousWords;
    private readonly EnvironmentWords ownWords;
    private readonly KubernetesNoise noise;
    private readonly List<string> steps = [];
    private readonly List<EnvironmentDifference> found = [];

    private EnvironmentDifferences(EnvironmentStep previous, EnvironmentStep own, KubernetesId id) =>
        (previousWords, ownWords, noise) = (new(previous.Words), new(own.Words), KubernetesNoise.For(id));

    /// <summary>The differences, in the order of the resource itself, then what only the environment before has.</summary>
    /// <param name="before">The resource there.</param>
    /// <param name="previous">The environment before.</param>
    /// <param name="change">The resource here.</param>
    /// <param name="own">Its environment.</param>
    public static List<EnvironmentDifference> Between(Change before, EnvironmentStep previous, Change change, EnvironmentStep own)
    {
        var comparison = new EnvironmentDifferences(previous, own, (KubernetesId)change.Resource);
        comparison.Compare(before.After, change.After, change.After!);
        return comparison.found;
    }

    /// <summary>
    /// The elements of a list with what they go by: their names where all have different ones, else their indexes.
    /// </summary>
    public static List<(string Step, Node Node)> ElementsOf(SequenceNode list)
    {
        var elements = new List<(string, Node)>(list.Count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items)
            if (item.TextAt("name") is { } name && names.Add(name)) elements.Add((name, item));
        if (elements.Count == list.Count) return elements;
        elements.Clear();
        for (var i = 0; i < list.Count; i++) elements.Add((i.ToString(), list[i]));
        return elements;
    }

    private void Compare(Node? previous, Node? own, Node around)
    {
        if (steps.Count > 0 && noise.Hides(steps)) return;
        switch (previous, own)
        {
            case (MappingNode or null, MappingNode right) when IsOpen(previous, right):
                CompareMappings(previous as MappingNode, right, right);
                break;
            case (MappingNode left, null) when IsOpen(null, left):
                CompareMappings(left, null, around);
                break;
            case (SequenceNode left, SequenceNode right):
                CompareLists(left, right);
                break;
            default:
                if (!AreSame(previous, own)) found.Add(new([.. steps], previous, own, own ?? around));
                break;
        }
    }

    // Labels that only one side has are told one by one, a container that only one side has as a whole.
    private static bool IsOpen(Node? other, MappingNode mapping)
    {
        if (other is not null) return true;
        foreach (ref readonly var entry in mapping.Entries)
            if (entry.Value is not ScalarNode || entry.Key == "name") return false;
        return mapping.Count > 0;
    }

    private void CompareMappings(MappingNode? previous, MappingNode? own, Node around)
    {
        foreach (ref readonly var entry in own.EntriesOf()) Below(previous?[entry.Key], entry.Value, entry.Key, around);
        foreach (ref readonly var entry in previous.EntriesOf())
            if (own?[entry.Key] is null) Below(entry.Value, null, entry.Key, around);
    }

    private void CompareLists(SequenceNode previous, SequenceNode own)
    {
        var (left, right) = (ElementsOf(previous), ElementsOf(own));
        var there = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var (step, node) in left) there.TryAdd(previousWords.Strip(step), node);
        foreach (var (step, node) in right)
        {
            there.Remove(ownWords.Strip(step), out var other);
            Below(other, node, step, own);
        }

        foreach (var (step, node) in left)
            if (there.ContainsKey(previousWords.Strip(step))) Below(node, null, step, own);
    }

    private void Below(Node? previous, Node? own, string step, Node around)
    {
        steps.Add(step);
        Compare(previous, own, around);
        steps.RemoveAt(steps.Count - 1);
    }

    private bool AreSame(Node? previous, Node? own)
    {
        if (previous is null || own is null)
            return previous is ScalarNode { Kind: NodeKind.Null } || own is ScalarNode { Kind: NodeKind.Null };
        if (NodeEquality.AreEqual(previous, own)) return true;
        return previous is ScalarNode left && own is ScalarNode right
            && (noise.AreEqual(left, right)
                || (left.Kind == right.Kind && previousWords.Strip(left.Text) == ownWords.Strip(right.Text)));
    }
}
