using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>Follows paths of the tables: keys, and <c>*</c> for every element of a list or value of a mapping.</summary>
internal static class PathWalk
{
    /// <summary>Calls back for each value at the end of a path.</summary>
    public static void Visit(Node node, ReadOnlySpan<string> steps, Action<Node> visit)
    {
        if (steps.IsEmpty)
        {
            visit(node);
        }
        else if (steps[0] != "*")
        {
            if (node.At(steps[0]) is { } next) Visit(next, steps[1..], visit);
        }
        else
        {
            foreach (var item in node.ItemsOf()) Visit(item, steps[1..], visit);
            foreach (ref readonly var entry in node.EntriesOf()) Visit(entry.Value, steps[1..], visit);
        }
    }

    /// <summary>The same through the lists that Terraform wraps blocks in.</summary>
    public static void VisitBlocks(Node node, ReadOnlySpan<string> steps, Action<Node> visit)
    {
        if (node is SequenceNode blocks && !steps.IsEmpty)
            foreach (var block in blocks.Items) VisitBlocks(block, steps, visit);
        else if (steps.IsEmpty) visit(node);
        else if (node.At(steps[0]) is { } next) VisitBlocks(next, steps[1..], visit);
    }
}
