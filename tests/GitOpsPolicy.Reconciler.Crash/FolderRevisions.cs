using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Git;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Crash;

/// <summary>
/// In place of Git: a folder with a folder for each revision, and a file <c>HEAD</c> that names the one to follow. Several
/// processes read it, one test writes it.
/// </summary>
/// <param name="folder">The folder.</param>
internal sealed class FolderRevisions(string folder) : IDesiredState
{
    /// <summary>Called at each fetch, so that a test can push in the middle of a pass.</summary>
    public Action? Fetching { get; init; }

    /// <inheritdoc/>
    public Task<FetchedRevision> FetchAsync(Unit unit, string? applied, CancellationToken cancellation)
    {
        Fetching?.Invoke();
        var head = Path.Join(folder, unit.Source.Path, "HEAD");
        return Task.FromResult(File.Exists(head)
            ? new FetchedRevision(File.ReadAllText(head), null)
            : new(null, new("fetch", "there is no revision")));
    }

    /// <inheritdoc/>
    public Task<RenderedRevision> RenderAsync(Unit unit, string commit, CancellationToken cancellation)
    {
        var tree = new WorkTree(Path.Join(folder, unit.Source.Path, commit));
        var read = new ManifestInput(tree).Read(["objects"]);
        return Task.FromResult(read.Problems.IsEmpty
            ? new RenderedRevision { Objects = read.Objects, SensitiveTexts = read.SensitiveTexts, Tree = tree }
            : new() { Trouble = new("render", read.Problems[0].ToString()) });
    }

    /// <inheritdoc/>
    public Loaded<GitRevision> Open(Unit unit, string commit) =>
        throw new NotSupportedException("Only units of Terraform ask for the files.");

    /// <summary>Pushes a revision of a unit: the files first, then the name of it.</summary>
    public static void Push(string folder, string commit, string objects, params string[] acknowledgements)
    {
        var place = Path.Join(folder, commit);
        Directory.CreateDirectory(Path.Join(place, "objects"));
        File.WriteAllText(Path.Join(place, "objects", "all.yaml"), objects);
        for (var i = 0; i < acknowledgements.Length; i++)
        {
            Directory.CreateDirectory(Path.Join(place, "acknowledgements"));
            File.WriteAllText(Path.Join(place, "acknowledgements", $"{i}.yaml"), acknowledgements[i]);
        }

        File.WriteAllText(Path.Join(folder, "HEAD.new"), commit);
        File.Move(Path.Join(folder, "HEAD.new"), Path.Join(folder, "HEAD"), overwrite: true);
    }
}
