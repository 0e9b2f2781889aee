using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Rendering;

namespace GitOpsPolicy.Fixing.Rendered;

/// <summary>
/// Which of the files that a kustomization is made of others of the repository are made of, too: a base of several environments
/// is not edited for what was done in one of them.
/// </summary>
internal sealed class SharedSources
{
    private readonly Dictionary<string, string> others = new(StringComparer.Ordinal);

    private SharedSources()
    {
    }

    /// <summary>The kustomization that is made of a file as well; null where there is none.</summary>
    public string? Other(string file) => others.GetValueOrDefault(file);

    /// <summary>Finds them.</summary>
    /// <param name="tree">The files.</param>
    /// <param name="own">What the kustomization is made of.</param>
    public static SharedSources Of(FileTree tree, KustomizationSources own)
    {
        var shared = new SharedSources();
        var itself = own.Kustomizations.Count > 0 ? FolderOf(own.Kustomizations[0]) : null;
        foreach (var file in tree.Enumerate("").Select(static file => file.Path))
        {
            if (!RenderTarget.Kustomizations.Contains(file[(file.LastIndexOf('/') + 1)..])
                || own.Kustomizations.Contains(file)
                || RenderTarget.ReadKustomization(tree, file) is not { } other)
                continue;
            foreach (var named in KustomizationSources.NamedBy(file, other))
                if (named != itself && own.Seen.Contains(named)) shared.Take(tree, named, file);
        }

        return shared;
    }

    private void Take(FileTree tree, string named, string other)
    {
        others.TryAdd(named, other);
        if (tree.Find(named) != PathKind.Folder) return;
        var within = KustomizationSources.Of(tree, named);
        foreach (var file in within.Seen.Concat(within.Kustomizations)) others.TryAdd(file, other);
    }

    private static string FolderOf(string file) => file.LastIndexOf('/') is var slash and >= 0 ? file[..slash] : ".";
}
