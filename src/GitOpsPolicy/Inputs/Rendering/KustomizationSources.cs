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

    private static readonly string[] PatchLists = ["patches", "patchesStrategicMerge", "patchesJson6902"];
    private static readonly string[] ResourceLists = ["resources", "bases", "components"];

    private readonly FileTree tree;
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<RawObject> objects = [];
    private readonly List<string> kustomizations = [];
    private readonly List<string> patches = [];

    private KustomizationSources(FileTree tree) => this.tree = tree;

    /// <summary>The objects.</summary>
    public IReadOnlyList<RawObject> Objects => objects;

    /// <summary>The files of the kustomizations and components that were met, nearest first.</summary>
    public IReadOnlyList<string> Kustomizations => kustomizations;

    /// <summary>The files that they name as patches, nearest first.</summary>
    public IReadOnlyList<string> Patches => patches;

    /// <summary>Every file and folder that was met.</summary>
    public IReadOnlySet<string> Seen => seen;

    /// <summary>Follows a kustomization to its files.</summary>
    public static KustomizationSources Of(FileTree tree, string folder)
    {
        var sources = new KustomizationSources(tree);
        sources.VisitFolder(Collapse(folder));
        return sources;
    }

    /// <summary>What a kustomization names, as paths of the tree.</summary>
    public static IEnumerable<string> NamedBy(string file, MappingNode kustomization)
    {
        var folder = file.LastIndexOf('/') is var slash and >= 0 ? file[..slash] : ".";
        return PatchLists.Concat(ResourceLists).SelectMany(list => PathsOf(folder, kustomization[list]));
    }

    private void VisitFolder(string folder)
    {
        if (seen.Count >= MaxFiles || !seen.Add(folder)) return;
        foreach (var name in RenderTarget.Kustomizations)
        {
            var file = RenderTarget.Join(folder, name);
            if (tree.Find(file) != PathKind.File || RenderTarget.ReadKustomization(tree, file) is not { } kustomization) continue;
            kustomizations.Add(file);
            foreach (var list in PatchLists)
                foreach (var path in PathsOf(folder, kustomization[list])) Visit(path, patches);
            foreach (var list in ResourceLists)
                foreach (var path in PathsOf(folder, kustomization[list])) Visit(path, null);
            return;
        }
    }

    private void Visit(string path, List<string>? notedIn)
    {
        if (tree.Find(path) == PathKind.Folder)
        {
            VisitFolder(path);
            return;
        }

        if (seen.Count >= MaxFiles || !seen.Add(path)) return;
        notedIn?.Add(path);
        objects.AddRange(ManifestFile.Read(tree, new(path), mayBeTemplate: false, ReaderLimits.Default).Objects);
    }

    private static IEnumerable<string> PathsOf(string folder, Node? list) =>
        from item in (list as SequenceNode)?.Items.ToArray() ?? []
        let entry = item is ScalarNode { Kind: NodeKind.String } text ? text.Text : item.Text("path")
        where entry is not null && entry.AsSpan().IndexOfAny("\n:?") < 0 && !entry.StartsWith('/')
        select Collapse(RenderTarget.Join(folder, entry));

    // `a/b/../c` is `a/c`; steps that climb above the start stay.
    internal static string Collapse(string path)
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
