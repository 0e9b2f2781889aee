using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Rendering;

namespace GitOpsPolicy.Inputs.Manifests;

/// <summary>A file of a tool that decides what reaches a cluster or a provider.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Root">Its content.</param>
internal sealed record ToolFile(FileId Id, MappingNode Root)
{
    /// <summary>The change that brings the file.</summary>
    public Change CreatedBy(ChangeOrigin origin) => new()
    {
        Resource = Id,
        Operation = Operation.Create,
        Origin = origin,
        After = Root,
        Location = Root.Location,
        File = Id.Path,
    };
}

/// <summary>
/// The files of CI systems and other tools that are judged, told apart by where each tool looks for them and by what must be in
/// them. A file whose content is something else after all, such as an object for a cluster, is none.
/// </summary>
internal static class ToolFiles
{
    /// <summary>Hidden folders in which tools look. Listings leave out hidden folders, so these are listed besides.</summary>
    public static readonly string[] HiddenFolders = [".github", ".gitlab", ".circleci", ".azure-pipelines"];

    // Where each tool looks, by its own documentation; Atlantis' server-side file may have any name, `repos.yaml` is what its
    // pages call it.
    private static readonly (string Kind, PathGlob Path, Func<MappingNode, bool> Fits)[] Rows =
    [
        ("GitHubWorkflow", new("**/.github/workflows/*.{yml,yaml}"), root => root["jobs"] is MappingNode),
        ("GitHubAction", new("**/action.{yml,yaml}"), root => root["runs"] is MappingNode),
        ("GitLabPipeline", new("**/{*.,.,}gitlab-ci{,.*,-*}.{yml,yaml}"), IsGitLab),
        ("GitLabPipeline", new("**/.gitlab/**/*.{yml,yaml}"), IsGitLab),
        ("AzurePipeline", new("**/azure-pipelines*.{yml,yaml}"), IsAzure),
        ("AzurePipeline", new("**/.azure-pipelines/**/*.{yml,yaml}"), IsAzure),
        ("CircleCIConfig", new("**/.circleci/*.{yml,yaml}"),
            root => root["jobs"] is MappingNode || root["workflows"] is MappingNode),
        ("BitbucketPipeline", new("**/bitbucket-pipelines.{yml,yaml}"), root => root["pipelines"] is MappingNode),
        ("AtlantisRepoConfig", new("**/atlantis.{yml,yaml}"), root => root["version"] is not null && root["apiVersion"] is null),
        ("SopsConfig", new("**/.sops.{yml,yaml}"), root => root["creation_rules"] is SequenceNode),
        ("AtlantisServerConfig", new("**/repos.{yml,yaml}"),
            root => root["repos"] is SequenceNode { Count: > 0 } repos && repos[0] is MappingNode repo && repo["id"] is not null),
    ];

    // What kustomize and Helm read, in YAML as Kubernetes' clients mean it. What lies in a chart as its own defaults is judged as
    // it is used.
    private static readonly (string Kind, PathGlob Path)[] BuildRows =
    [
        ("Kustomization", new("**/kustomization.{yaml,yml}")),
        ("Kustomization", new("**/Kustomization")),
        ("HelmValues", new("**/{values,values-*,values.*,values_*,*-values,*.values,*_values}.{yaml,yml}")),
    ];

    /// <summary>
    /// The kind that a file at this path has, if it has what a file of the kind must have; null for a path where no tool looks.
    /// </summary>
    public static string? KindAt(string path)
    {
        foreach (var row in Rows)
            if (row.Path.Matches(path)) return row.Kind;
        return null;
    }

    /// <summary>The file that some documents are; null when they are something else.</summary>
    public static ToolFile? Of(string path, IReadOnlyList<Document> documents)
    {
        // GitLab puts `spec:` into a document before the pipeline.
        if (documents.Count == 0 || documents[^1].Root is not MappingNode root || IsObject(root)) return null;
        foreach (var (kind, place, fits) in Rows)
            if (place.Matches(path) && fits(root)) return new(new(kind, path), root);
        return null;
    }

    /// <summary>
    /// The file of kustomize or Helm that some documents, none of them an object, are; null when they are something else.
    /// </summary>
    /// <param name="tree">Where the file is.</param>
    /// <param name="path">Which file.</param>
    /// <param name="documents">What is in it.</param>
    public static ToolFile? OfBuild(FileTree tree, string path, IReadOnlyList<Document> documents)
    {
        if (documents is not [{ Root: MappingNode root } document]) return null;
        var kind = Array.Find(BuildRows, row => row.Path.Matches(path)).Kind;
        var fits = kind switch
        {
            "Kustomization" => RenderTarget.IsKustomization(document) || root.Text("kind") == "Component",
            "HelmValues" => root.Text("apiVersion") is null && !IsDefaultOfChart(tree, path),
            _ => false,
        };
        return fits ? new(new(kind!, path), root) : null;
    }

    private static bool IsDefaultOfChart(FileTree tree, string path) =>
        Path.GetFileNameWithoutExtension(path) == "values"
            && tree.Find(RenderTarget.Join(
                path.Contains('/') ? path[..path.LastIndexOf('/')] : "", "Chart.yaml")) == PathKind.File;

    /// <summary>
    /// The file that SOPS has encrypted and that no cluster keeps, wherever it lies; null when some documents are none.
    /// </summary>
    /// <param name="path">Which file.</param>
    /// <param name="documents">What is in it.</param>
    public static ToolFile? Encrypted(string path, IReadOnlyList<Document> documents) =>
        documents.Count > 0
                && documents[0].Root is MappingNode root
                && root["sops"] is MappingNode metadata
                && metadata["mac"] is not null
            ? new(new("SopsFile", path), root)
            : null;

    private static bool IsObject(MappingNode root) => root.Text("apiVersion") is not null && root.Text("kind") is not null;

    private static bool IsAzure(MappingNode root) =>
        root["steps"] is not null || root["jobs"] is not null || root["stages"] is not null || root["extends"] is not null;

    private static bool IsGitLab(MappingNode root)
    {
        if (root["stages"] is not null || root["include"] is not null) return true;
        foreach (ref readonly var entry in root.Entries)
            if (entry.Value is MappingNode job
                && (job["script"] is not null || job["extends"] is not null || job["trigger"] is not null))
                return true;
        return false;
    }
}
