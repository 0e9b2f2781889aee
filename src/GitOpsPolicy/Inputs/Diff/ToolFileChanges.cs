using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Inputs.Diff;

/// <summary>
/// Compares the files of tools, which are recognised by their paths: a workflow that moves is another workflow.
/// </summary>
internal static class ToolFileChanges
{
    /// <summary>The changes: those of the head in its order, then what is gone.</summary>
    public static IEnumerable<Change> Between(ManifestSet before, ManifestSet after, Survivors survivors)
    {
        var old = before.Tools.ToDictionary(file => survivors.HeadPathOf(file.Id.Path), StringComparer.Ordinal);
        foreach (var file in after.Tools)
            yield return old.Remove(file.Id.Path, out var was) ? Compare(was, file) : file.CreatedBy(ChangeOrigin.Diff);
        foreach (var (path, gone) in old)
        {
            // What cannot be read at the head is not known to be gone.
            if (after.Problems.Any(problem => problem.Location.File == path)) continue;
            yield return new()
            {
                Resource = new FileId(gone.Id.Kind, path),
                Operation = Operation.Delete,
                Origin = ChangeOrigin.Diff,
                Before = gone.Root,
                Location = gone.Root.Location,
                File = survivors.FileFor(path),
            };
        }
    }

    private static Change Compare(ToolFile was, ToolFile file) => file.CreatedBy(ChangeOrigin.Diff) with
    {
        Before = was.Root,
        Operation = NodeEquality.AreEqual(was.Root, file.Root) ? Operation.None : Operation.Update,
    };
}
