using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Inputs.Rendering;

/// <summary>
/// The objects that a kustomization puts together, nearest first: its own patches, then what its bases and components patch and
/// declare. What cannot be read is left out, for the tool that renders tells about it.
/// </summary>
internal sealed class KustomizationSources
{
    private const int MaxFiles = 5_000;

    private static readonly string[] PatchLists = ["patches", "patchesStrategicMerge"];
    private static readonly string[] ResourceLists = ["resources", "bases", "components"];

    private readonly FileTree tree;
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<RawObject> objects = [];

    private KustomizationSources(FileTree tree) => this.tree = tree;

    /// <summary>Follows a kustomization to its files.</summary>
    public static IReadOnlyList<RawObject> Of(FileTree tree, string folder)
    {
        var sources = new KustomizationSources(tree);
        sources.VisitFolder(folder);
        return sources.objects;
    }

    private void VisitFolder(string folder)
    {
        if (seen.Count >= MaxFiles || !seen.Add(folder)) return;
        foreach (var name in RenderTarget.Kustomizations)
        {
            var file = RenderTarget.Join(folder, name);
            if (tree.Find(file) != PathKind.File || RenderTarget.ReadKustomization(tree, file) is not { } kustomization) continue;
            foreach (var list in PatchLists) VisitAll(folder, kustomization[list]);
            foreach (var list in ResourceLists) VisitAll(folder, kustomization[list]);
            return;
        }
    }

    private void VisitAll(string folder, Node? list)
    {
        if (list is not SequenceNode sequence) return;
        foreach (var item in sequence.Items)
        {
            var entry = item is ScalarNode { Kind: NodeKind.String } text ? text.Text : item.Text("path");
            if (entry is null || entry.AsSpan().IndexOfAny("\n:?") >= 0 || entry.StartsWith('/')) continue;
            var path = Collapse(RenderTarget.Join(folder, entry));
            if (tree.Find(path) == PathKind.Folder) VisitFolder(path);
            else if (seen.Count < MaxFiles && seen.Add(path))
                objects.AddRange(ManifestFile.Read(tree, new(path), mayBeTemplate: false, ReaderLimits.Default).Objects);
        }
    }

    // `a/b/../c` is `a/c`; steps that climb above the start stay.
    private static string Collapse(string path)
    {
        var steps = new List<string>();
        foreach (var step in path.Split('/'))
        {
            if (step is "." or "") continue;
            if (step == ".." && steps is [.., not ".."]) steps.RemoveAt(steps.Count - 1);
            else steps.Add(step);
        }

        return (path.StartsWith('/') ? "/" : "") + (steps.Count == 0 ? "." : string.Join('/', steps));
    }
}
