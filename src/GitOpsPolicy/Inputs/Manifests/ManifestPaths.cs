using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Rendering;

namespace GitOpsPolicy.Inputs.Manifests;

/// <summary>Finds the manifest files that a path, as the user wrote it, stands for.</summary>
internal static class ManifestPaths
{
    /// <summary>A repository with more files than this is not one application's manifests.</summary>
    public const int MaxFiles = 20_000;

    /// <summary>
    /// The files of a file path, a folder (everything below it with an extension of YAML or JSON, then what tools look for in
    /// hidden folders of it) or a pattern, in ordinal order; null when there is no such path in this tree. A file named outright
    /// is read whatever its extension.
    /// </summary>
    public static List<TreeFile>? Expand(FileTree tree, string path)
    {
        switch (tree.Find(path))
        {
            case PathKind.File:
                return [new(path)];
            case PathKind.Folder:
                return Take(
                    tree.Enumerate(path)
                        .Where(file => file.Refusal is not null || IsManifestName(file.Path))
                        .Concat(ToolFilesBelow(tree, path)));
            default:
                if (!PathGlob.IsPattern(path)) return null;
                var glob = new PathGlob(path);
                var found = Take(tree.Enumerate(glob.Folder).Where(file => glob.Matches(file.Path)));
                return found.Count == 0 ? null : found;
        }
    }

    /// <summary>True for <c>.yaml</c>, <c>.yml</c> and <c>.json</c>, in any case of letters.</summary>
    public static bool IsManifestName(string path) => Path.GetExtension(path.AsSpan()) switch
    {
        var e when e.Equals(".yaml", StringComparison.OrdinalIgnoreCase) => true,
        var e when e.Equals(".yml", StringComparison.OrdinalIgnoreCase) => true,
        var e => e.Equals(".json", StringComparison.OrdinalIgnoreCase),
    };

    private static IEnumerable<TreeFile> ToolFilesBelow(FileTree tree, string folder) =>
        from hidden in ToolFiles.HiddenFolders
        from file in tree.Enumerate(RenderTarget.Join(folder, hidden))
        where ToolFiles.KindAt(file.Path) is not null
        select file;

    // One more than may be read, so that the reader sees that there are too many.
    private static List<TreeFile> Take(IEnumerable<TreeFile> files) => [.. files.Take(MaxFiles + 1)];
}
