using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Inputs.Rendering;

/// <summary>
/// A folder that is rendered because it was itself given as a path: who says <c>environments/production</c> and has a
/// kustomization there means what it builds. Folders further down are read as they are, since a scan of a repository would else
/// build every base and component by itself.
/// </summary>
/// <param name="Kind">What the folder holds.</param>
/// <param name="File">The file that says so.</param>
internal sealed record RenderTarget(RenderKind Kind, string File)
{
    /// <summary>The names that kustomize looks for.</summary>
    public static readonly string[] Kustomizations = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    /// <summary>True for what kustomize would build, whatever it is used for here.</summary>
    public static bool IsKustomization(Document document) =>
        Array.Exists(Kustomizations, name => name == Path.GetFileName(document.Source.Path))
            && document.Root.Text("kind") is null or "Kustomization";

    /// <summary>What a kustomization is made of, as it spells it: files, folders and addresses.</summary>
    public static IEnumerable<string> ResourcesOf(Document kustomization) =>
        from list in (string[])["resources", "bases", "components"]
        from entry in ((kustomization.Root as MappingNode)?[list] as SequenceNode)?.Items.ToArray() ?? []
        where entry is ScalarNode { Kind: NodeKind.String }
        select ((ScalarNode)entry).Text;

    /// <summary>What a path has to be rendered with; null for a path that is read as it is.</summary>
    public static RenderTarget? Find(FileTree tree, string path)
    {
        if (tree.Find(path) != PathKind.Folder) return null;
        foreach (var name in Kustomizations)
        {
            var file = Join(path, name);
            if (tree.Find(file) == PathKind.File
                && ReadKustomization(tree, file) is { } found
                && found.Text("kind") != "Component")
                return new(RenderKind.Kustomization, file);
        }

        var chart = Join(path, "Chart.yaml");
        return tree.Find(chart) == PathKind.File ? new(RenderKind.Chart, chart) : null;
    }

    /// <summary>
    /// The kustomization or component that a file holds; null for anything else, such as Flux's kind of the same name, which
    /// lives in clusters.
    /// </summary>
    public static MappingNode? ReadKustomization(FileTree tree, string file)
    {
        if (!tree.TryRead(file, out var bytes, out _)) return null;
        var read = YamlReader.Read(new TextFile(file, bytes) { Revision = tree.Revision }, bytes, ReaderLimits.Default);
        if (!read.TryGet(out var stream) || stream.Documents is not [{ Root: MappingNode root }]) return null;
        var isForeign = root.Text("apiVersion")?.StartsWith("kustomize.config.k8s.io/", StringComparison.Ordinal) == false;
        return isForeign || root.Text("kind") is not (null or "Kustomization" or "Component") ? null : root;
    }

    /// <summary>A path below a folder.</summary>
    public static string Join(string folder, string name) => folder is "" or "." ? name : folder.TrimEnd('/') + "/" + name;
}
