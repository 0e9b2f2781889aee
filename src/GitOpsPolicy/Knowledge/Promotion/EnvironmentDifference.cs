using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Promotion;

/// <summary>One place where a resource differs from the same resource of the environment before.</summary>
/// <param name="Steps">Keys from the root; an element of a list of named ones goes by its name, another one by its index.</param>
/// <param name="Previous">The value there; null where there is none.</param>
/// <param name="Own">The value here; null where there is none.</param>
/// <param name="Where">The value here, or the nearest one around it.</param>
internal sealed record EnvironmentDifference(string[] Steps, Node? Previous, Node? Own, Node Where)
{
    /// <summary>The place as a pointer.</summary>
    public string Path => JsonPointer.Format(Steps);

    /// <summary>The value at the same place of another state of the resource; null where there is none.</summary>
    /// <param name="root">The other state.</param>
    /// <param name="lists">Lists by the steps to their elements, filled as they are met: one list may hold many
    /// differences.</param>
    public Node? In(Node? root, Dictionary<SequenceNode, Dictionary<string, Node>> lists)
    {
        foreach (var step in Steps)
        {
            if (root is not SequenceNode list)
            {
                root = root.At(step);
                continue;
            }

            if (!lists.TryGetValue(list, out var elements))
                lists[list] = elements = EnvironmentDifferences.ElementsOf(list).ToDictionary(
                    e => e.Step, e => e.Node, StringComparer.Ordinal);
            root = elements.GetValueOrDefault(step);
        }

        return root;
    }
}
