using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Fixing;

/// <summary>
/// What files are called in a patch: by their path from the root of the repository, or outside of one from the working folder.
/// </summary>
internal sealed class PatchPaths
{
    private readonly WorkTree tree;
    private readonly string? root;

    /// <summary>The paths of a tree.</summary>
    public PatchPaths(WorkTree tree)
    {
        this.tree = tree;
        var home = RealPath.Of(tree.FullPath("."));
        root = home;
        for (var at = home; at is not null; at = Path.GetDirectoryName(at))
        {
            if (!Path.Exists(Path.Combine(at, ".git"))) continue;
            root = at;
            break;
        }
    }

    /// <summary>
    /// The name in a patch; null for a file that lies elsewhere. Links are followed: a patch changes files, not what leads to
    /// them.
    /// </summary>
    public string? Of(string path)
    {
        if (root is null
            || tree.Find(path) != PathKind.File
            || RealPath.Of(tree.FullPath(path)) is not { } real
            || !RealPath.IsWithin(real, root))
            return null;
        return real[root.TrimEnd('/').Length..].TrimStart('/');
    }
}
