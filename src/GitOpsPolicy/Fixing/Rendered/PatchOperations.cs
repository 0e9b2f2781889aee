using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Fixing.Rendered;

/// <summary>Operations of a JSON patch (RFC 6902) that put something into an object.</summary>
internal static class PatchOperations
{
    /// <summary>What makes operations say what lives: another value, or one less.</summary>
    /// <param name="patch">The patch; what is none gives nothing.</param>
    /// <param name="difference">What differs.</param>
    public static IEnumerable<FixStep> Edits(Node patch, Difference difference)
    {
        foreach (var operation in (patch as SequenceNode)?.Items.ToArray() ?? [])
        {
            if (operation is not MappingNode one
                || one.Text("op") is not ("add" or "replace")
                || one.Text("path") is not { } path
                || one["value"] is not { } value
                || Rest(path, difference.Steps) is not { } rest
                || JsonPointer.Find(value, rest) is not { } said
                || !NodeEquality.AreEqual(said, difference.Before))
                continue;
            if (difference.After is null) yield return new FixStep.Remove(rest.Length == 0 ? one : said);
            else if (said is ScalarNode from && difference.After is ScalarNode to)
                yield return new FixStep.Set(from, (ScalarNode)ValueNodes.Copy(to));
        }
    }

    // What of the place lies below the path. Items of lists stand at other places once all is put together.
    private static string? Rest(string path, string[] steps)
    {
        if (path.Length > 0 && path[0] != '/') return null;
        var written = JsonPointer.Parse(path);
        return written.Length <= steps.Length
            && written.Index().All(step => step.Item == steps[step.Index] || (IsItem(step.Item) && IsItem(steps[step.Index])))
            ? JsonPointer.Format(steps[written.Length..])
            : null;
    }

    private static bool IsItem(string step) => step == "-" || step.All(char.IsAsciiDigit);
}
