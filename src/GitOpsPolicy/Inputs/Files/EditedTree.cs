using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Git;

namespace GitOpsPolicy.Inputs.Files;

/// <summary>
/// The files of a tree, some of which say something else: what would come of an edit is tried out on it. The tree below stays as
/// it is, and is not disposed of with this one.
/// </summary>
internal sealed class EditedTree : FileTree
{
    private readonly FileTree below;
    private readonly Dictionary<string, ReadOnlyMemory<byte>> edited = new(StringComparer.Ordinal);
    private DirectoryInfo? exported;

    /// <summary>The files as they are.</summary>
    public EditedTree(FileTree below) => (this.below, Revision) = (below, below.Revision);

    /// <summary>What a file says from now on; null for what it says below.</summary>
    /// <param name="path">A file that there is, from the top of the repository.</param>
    /// <param name="bytes">What it says.</param>
    public void Put(string path, ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is { } says) edited[path] = says;
        else edited.Remove(path);
        if (exported is not null && TryRead(path, out var now, out _))
            File.WriteAllBytes(Path.Combine(exported.FullName, path), now.Span);
    }

    /// <inheritdoc/>
    public override PathKind Find(string path) => below.Find(path);

    /// <inheritdoc/>
    public override IEnumerable<TreeFile> Enumerate(string prefix) => below.Enumerate(prefix);

    /// <inheritdoc/>
    public override bool TryRead(string path, out ReadOnlyMemory<byte> bytes, out Problem? problem)
    {
        problem = null;
        return edited.TryGetValue(path, out bytes) || below.TryRead(path, out bytes, out problem);
    }

    /// <summary>Puts all files into a temporary folder, once, for tools that read files only.</summary>
    /// <param name="path">What of it is wanted.</param>
    /// <param name="place">Its absolute path; it goes when this tree is disposed of.</param>
    /// <param name="problem">Why it cannot be done.</param>
    internal bool TryExport(string path, out string place, out Problem? problem)
    {
        problem = null;
        if (exported is null)
        {
            exported = Directory.CreateTempSubdirectory("gitops-policy-");
            if (WriteTo(exported.FullName) is { } reason) problem = About(path, reason);
            foreach (var (file, says) in edited) File.WriteAllBytes(Path.Combine(exported.FullName, file), says.Span);
        }

        place = Path.Combine(exported.FullName, path);
        return problem is null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        try
        {
            exported?.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed stays in the temporary folder, which the system empties.
        }

        base.Dispose(disposing);
    }

    private string? WriteTo(string folder) => below is GitRevision revision
        ? revision.WriteTo(folder)
        : GitExport.WriteAll(
            folder, below.Enumerate("").Select(static file => file.Path),
            path => below.TryRead(path, out var bytes, out _) ? bytes : null);
}
