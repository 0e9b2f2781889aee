using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Rendering;

namespace GitOpsPolicy.Inputs.Diff;

/// <summary>Finds the file of the head in which a reviewer sees that something of the base is gone.</summary>
internal sealed class Survivors(FileTree head, BasePlaces places)
{
    private readonly Dictionary<string, string?> byFolder = new(StringComparer.Ordinal);

    /// <summary>The path at the head of a file of the base, whether or not it is there.</summary>
    public string HeadPathOf(string baseFile) => places.HeadPathOf(baseFile);

    /// <summary>
    /// The same file where it still exists, else the nearest kustomization above it; null when there is neither.
    /// </summary>
    public string? FileFor(string path) => head.Find(path) == PathKind.File ? path : InFolder(FolderOf(path));

    /// <summary>True when the head has what a file names by a path relative to its own folder.</summary>
    public bool IsThere(string file, string relative)
    {
        var path = Path.Combine(FolderOf(file), relative).Replace('\\', '/').TrimEnd('/');
        return !relative.Contains("://", StringComparison.Ordinal) && head.Find(path) != PathKind.Missing;
    }

    private string? InFolder(string folder)
    {
        if (byFolder.TryGetValue(folder, out var known)) return known;
        var found = RenderTarget.Kustomizations.Select(name => folder.Length == 0 ? name : folder + "/" + name).FirstOrDefault(
            file => head.Find(file) == PathKind.File);
        if (found is null && folder is not ("" or "." or ".." or "/") && !folder.EndsWith("/..", StringComparison.Ordinal))
            found = InFolder(FolderOf(folder));
        return byFolder[folder] = found;
    }

    private static string FolderOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? "" : path[..slash];
    }
}
