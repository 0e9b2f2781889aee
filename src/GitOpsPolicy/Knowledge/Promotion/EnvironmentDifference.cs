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

    /// <summary>The value at a place of another state of the resource; null where there is none.</summary>
    public Node? In(Node? root)
    {
        foreach (var step in Steps)
            root = root is SequenceNode list ? EnvironmentDifferences.ElementsOf(list).FirstOrDefault(element => element.Step == step).Node : root.At(step);
        return root;
    }
}
