using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Fixing;

/// <summary>What a document shall hold once some steps are done, worked out from its values and not from its text.</summary>
internal sealed class IntendedDocument(IReadOnlyList<FixStep> steps)
{
    private readonly ILookup<Node, FixStep> byTarget = steps.ToLookup(static step => step.Target, ReferenceEqualityComparer.Instance as IEqualityComparer<Node>);

    /// <summary>The value as it shall be.</summary>
    public Node Of(Node node)
    {
        var mine = byTarget[node];
        switch (node)
        {
            case MappingNode mapping:
                var entries = mapping.Entries.ToArray().Where(entry => !IsRemoved(entry.Value)).Select(entry => entry with { Value = Of(entry.Value) });
                return new MappingNode([.. entries, .. mine.OfType<FixStep.Add>().Select(static add => new MappingEntry(add.Key, default, ValueNodes.Copy(add.Value)))]);
            case SequenceNode list:
                var items = list.Items.ToArray().Where(item => !IsRemoved(item)).Select(Of);
                return new SequenceNode([.. items, .. mine.OfType<FixStep.Append>().Select(static append => ValueNodes.Copy(append.Value))]);
            default:
                return mine.Aggregate(ValueNodes.Copy(node), After);
        }
    }

    private bool IsRemoved(Node node) => byTarget[node].Any(static step => step is FixStep.Remove);

    private static Node After(Node value, FixStep step) => step switch
    {
        FixStep.Set set => ValueNodes.Copy(set.To),
        FixStep.Replace replace when ((ScalarNode)value).Text is var text && text.IndexOf(replace.From, StringComparison.Ordinal) is var at and >= 0 =>
            ScalarNode.String(text[..at] + replace.To + text[(at + replace.From.Length)..]),
        _ => value,
    };
}
