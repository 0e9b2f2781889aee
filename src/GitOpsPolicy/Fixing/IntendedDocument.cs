using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Fixing;

/// <summary>What a document shall hold once some steps are done, worked out from its values and not from its text.</summary>
internal sealed class IntendedDocument
{
    private readonly ILookup<Node, FixStep> byTarget;

    /// <summary>The targets and everything that holds one of them: all else stays as it is.</summary>
    private readonly HashSet<Node> onTheWay = new(ReferenceEqualityComparer.Instance);

    /// <summary>What shall come of these steps.</summary>
    public IntendedDocument(IReadOnlyList<FixStep> steps)
    {
        byTarget = steps.ToLookup(static step => step.Target, ReferenceEqualityComparer.Instance as IEqualityComparer<Node>);
        foreach (var step in steps)
            for (var at = step.Target; at is not null && onTheWay.Add(at); at = at.Parent)
            {
            }
    }

    /// <summary>A value as it was read afterwards is what shall come of one as it was.</summary>
    public bool IsMadeOf(Node before, Node? after)
    {
        if (!onTheWay.Contains(before)) return NodeEquality.AreEqual(before, after);
        return (before, after) switch
        {
            (MappingNode old, MappingNode made) => IsMapping(old, made),
            (SequenceNode old, SequenceNode made) => IsList(old, made),
            (ScalarNode old, ScalarNode made) =>
                NodeEquality.AreEqual(byTarget[old].Aggregate(ValueNodes.Copy(old), After), made),
            _ => false,
        };
    }

    private bool IsMapping(MappingNode before, MappingNode after)
    {
        var kept = before.Entries.ToArray().Where(entry => !IsRemoved(entry.Value)).ToArray();
        var added = byTarget[before].OfType<FixStep.Add>().ToArray();
        return after.Count == kept.Length + added.Length
            && kept.All(entry => after[entry.Key] is { } made && IsMadeOf(entry.Value, made))
            && added.All(add => NodeEquality.AreEqual(add.Value, after[add.Key]));
    }

    private bool IsList(SequenceNode before, SequenceNode after)
    {
        var kept = before.Items.ToArray().Where(item => !IsRemoved(item)).ToArray();
        var added = byTarget[before].OfType<FixStep.Append>().ToArray();
        return after.Count == kept.Length + added.Length
            && kept.Index().All(item => IsMadeOf(item.Item, after[item.Index]))
            && added.Index().All(add => NodeEquality.AreEqual(add.Item.Value, after[kept.Length + add.Index]));
    }

    private bool IsRemoved(Node node) => onTheWay.Contains(node) && byTarget[node].Any(static step => step is FixStep.Remove);

    private static Node After(Node value, FixStep step) => step switch
    {
        FixStep.Set set => ValueNodes.Copy(set.To),
        FixStep.Replace replace when ((ScalarNode)value).Text is var text
            && text.IndexOf(replace.From, StringComparison.Ordinal) is var at and >= 0 =>
            ScalarNode.String(text[..at] + replace.To + text[(at + replace.From.Length)..]),
        _ => value,
    };
}
