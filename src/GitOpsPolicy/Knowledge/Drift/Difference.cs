using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>One place where two objects differ.</summary>
/// <param name="Steps">Keys and indexes from the root.</param>
/// <param name="Before">The value before; null where there was none.</param>
/// <param name="After">The value after; null where there is none.</param>
internal sealed record Difference(string[] Steps, Node? Before, Node? After)
{
    /// <summary>The place as a JSON pointer.</summary>
    public string Path => JsonPointer.Format(Steps);
}
