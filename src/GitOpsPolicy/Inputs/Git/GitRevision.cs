using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Inputs.Git;

/// <summary>The files of a repository as they lay at one commit, read from Git's objects; nothing is checked out.</summary>
public sealed class GitRevision : FileTree
{
    private readonly GitPaths paths;
    private readonly GitBlobs blobs;
    private readonly FrozenDictionary<string, GitEntry> entries;
    private readonly string[] sorted;
    private GitExport? export;
    private (string Path, GitRead How)? unread;
    private bool isDisposed;

    private GitRevision(
        string revision, string commit, GitPaths paths, GitBlobs blobs, FrozenDictionary<string, GitEntry> entries)
    {
        (Revision, Commit, this.paths, this.blobs, this.entries) = (revision, commit, paths, blobs, entries);
        sorted = [.. entries.Keys.Order(StringComparer.Ordinal)];
    }

    private GitRevision(GitRevision other)
    {
        (Revision, Commit, paths, blobs, entries) = (other.Revision, other.Commit, other.paths, other.blobs.Share(), other.entries);
        sorted = other.sorted;
    }

    /// <summary>The commit's id in hexadecimal digits.</summary>
    public string Commit { get; }

    /// <summary>How many files there are.</summary>
    public int Count => sorted.Length;

    /// <summary>Something that was read so far is missing, or is not what its id says.</summary>
    public bool HasMetDamage => blobs.HasMetDamage;

    /// <summary>The same files for somebody else, who disposes of them too: one process serves both.</summary>
    public GitRevision Share() => new(this);

    /// <summary>True when a commit is a parent of this one; false when it is not, or Git cannot tell.</summary>
    /// <param name="commit">The id in full.</param>
    public bool IsChildOf(string commit)
    {
        if (blobs.Read(Commit, "commit", MaxFileBytes, out var bytes) != GitRead.Whole) return false;
        // Headers end at the first empty line, and parents stand among the first of them.
        var text = Encoding.UTF8.GetString(bytes.Span);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).Split('\n').Contains("parent " + commit, StringComparer.Ordinal);
    }

    /// <summary>Opens the commit that a revision names, such as <c>main</c>, <c>v1.2.0</c> or <c>HEAD~1</c>.</summary>
    /// <param name="folder">A folder of the repository, to which paths are relative.</param>
    /// <param name="revision">What the user wrote.</param>
    public static Loaded<GitRevision> Open(string folder, string revision) =>
        GitOpening.Open(folder, revision, fromMergeBase: false);

    /// <summary>
    /// Opens the last commit that a revision and <c>HEAD</c> have in common. This is what a pull request starts from: what
    /// happened on the target branch since then is not its doing.
    /// </summary>
    /// <param name="folder">A folder of the repository, to which paths are relative.</param>
    /// <param name="revision">What the user wrote: the target branch.</param>
    public static Loaded<GitRevision> OpenMergeBase(string folder, string revision) =>
        GitOpening.Open(folder, revision, fromMergeBase: true);

    /// <summary>
    /// Opens a commit of a bare repository. Everything that is read, down to the last file, is held against the commit's id.
    /// </summary>
    /// <param name="folder">The bare repository.</param>
    /// <param name="commit">The commit's id in full.</param>
    public static Loaded<GitRevision> OpenBare(string folder, string commit) =>
        GitOpening.OpenBare(Path.GetFullPath(folder), commit);

    /// <inheritdoc/>
    public override PathKind Find(string path)
    {
        if (!paths.TryMap(path, out var mapped)) return PathKind.Missing;
        if (entries.ContainsKey(mapped)) return PathKind.File;
        var at = FirstBelow(mapped);
        return at < sorted.Length && sorted[at].StartsWith(FolderKey(mapped), StringComparison.Ordinal)
            ? PathKind.Folder
            : PathKind.Missing;
    }

    /// <inheritdoc/>
    public override IEnumerable<TreeFile> Enumerate(string prefix)
    {
        if (!paths.TryMap(prefix, out var mapped)) yield break;
        var key = FolderKey(mapped);
        var shown = prefix is "" or "." ? "" : prefix.TrimEnd('/') + "/";
        for (var i = FirstBelow(mapped); i < sorted.Length && sorted[i].StartsWith(key, StringComparison.Ordinal); i++)
        {
            var rest = sorted[i][key.Length..];
            if (LiesHidden(rest)) continue;
            var path = shown + rest;
            if (entries[sorted[i]].IsSubmodule)
                yield return new(path, About(path, "this is a submodule, whose files are not read"));
            else if (!LeadsToFolder(sorted[i])) yield return new(path);
        }
    }

    /// <inheritdoc/>
    public override bool TryRead(string path, out ReadOnlyMemory<byte> bytes, out Problem? problem)
    {
        bytes = default;
        problem = null;
        if (!paths.TryMap(path, out var mapped) || !entries.TryGetValue(mapped, out var entry)) return false;
        if (entry.IsSubmodule)
        {
            problem = About(path, "this is a submodule, whose files are not read");
            return false;
        }

        if (entry.IsLink && !TryFollow(mapped, out entry))
        {
            problem = About(path, $"at `{Revision}` the link leads nowhere inside the repository, so it is not read");
            return false;
        }

        return TryReadBlob(path, entry, out bytes, out problem);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (isDisposed) return;
        isDisposed = true;
        export?.Dispose();
        blobs.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The history of some folders up to this commit; null when Git cannot tell it.</summary>
    /// <param name="folders">Folders, as the user writes paths.</param>
    internal GitHistory? ReadHistory(IEnumerable<string> folders)
    {
        var mapped = folders.Select(path => paths.TryMap(path, out var top) ? top : "")
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        return blobs.Ask((git, folder) => GitHistory.Read(git, folder, Commit, mapped));
    }

    /// <summary>When <c>HEAD</c> was committed; null when Git cannot tell.</summary>
    internal DateTimeOffset? HeadTime()
    {
        var result = blobs.Ask(static (git, folder) => git.Run(
            folder, "-c", "log.showSignature=false", "log", "-1", "--format=%ct", "HEAD"));
        return result.Succeeded && long.TryParse(result.OutputText, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }

    /// <summary>A path from the top of the repository, as the user writes it.</summary>
    internal string PathOf(string mapped) => paths.Show(mapped);

    /// <summary>Reads a content by its id.</summary>
    internal bool TryReadObject(string objectId, out ReadOnlyMemory<byte> bytes) =>
        blobs.TryRead(objectId, MaxFileBytes, out bytes, out _);

    /// <summary>Puts together what opening found out.</summary>
    internal static GitRevision Of(
        string revision, string commit, GitPaths paths, GitBlobs blobs, IEnumerable<KeyValuePair<string, GitEntry>> entries) =>
        new(revision, commit, paths, blobs, entries.ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>
    /// Puts all files of the commit into a temporary folder, for tools that read files only. Git checks nothing out: contents
    /// are written as they are stored, and links as the files that they lead to.
    /// </summary>
    /// <param name="folder">The folder that is wanted.</param>
    /// <param name="exported">Its absolute path; it goes when this revision is disposed of.</param>
    /// <param name="problem">Why it cannot be done.</param>
    internal bool TryExport(string folder, out string exported, out Problem? problem)
    {
        exported = "";
        problem = null;
        if (!paths.TryMap(folder, out var mapped)) return false;
        export ??= GitExport.Write(sorted, path => entries[path].IsSubmodule ? null : ReadExported(path));
        problem = unread is { } lost ? Unread(lost.Path, lost.How)
            : export.Problem is { } reason ? About(folder, reason, "render it yourself and pipe the result in")
            : null;
        exported = Path.Combine(export.Folder, mapped);
        return problem is null;
    }

    /// <summary>
    /// Writes all files of the commit into a folder that exists, as they are stored and without running anything. Submodules and
    /// links that lead out of the repository are left out.
    /// </summary>
    /// <returns>Why they are not all there; null when they are.</returns>
    public string? WriteTo(string target)
    {
        var problem = GitExport.WriteAll(target, sorted, path => entries[path].IsSubmodule ? null : ReadExported(path));
        return unread is { } lost ? Unread(lost.Path, lost.How).ToString() : problem;
    }

    private ReadOnlyMemory<byte>? ReadExported(string path)
    {
        var entry = entries[path];
        if (entry.IsLink && !TryFollow(path, out entry)) return null;
        if (blobs.TryRead(entry.ObjectId, MaxFileBytes, out var bytes, out var how)) return bytes;
        if (how != GitRead.TooLarge) unread = (path, how);
        return null;
    }

    private bool TryReadBlob(string path, GitEntry entry, out ReadOnlyMemory<byte> bytes, out Problem? problem)
    {
        var read = blobs.TryRead(entry.ObjectId, MaxFileBytes, out bytes, out var how);
        problem = read ? null : Unread(path, how);
        return read;
    }

    private Problem Unread(string path, GitRead how) => how switch
    {
        GitRead.TooLarge => TooLarge(path),
        GitRead.Damaged => About(path, $"its content at `{Revision}` is damaged in this clone", "clone the repository again"),
        _ => About(path, $"its content at `{Revision}` is not in this clone", "fetch the whole history, without a filter"),
    };

    // Steps are followed one by one, since the folders of a link's target may be links too.
    private bool TryFollow(string link, out GitEntry entry)
    {
        const int MaxLinks = 40;
        entry = default;
        var at = link;
        for (var i = 0; i < MaxLinks; i++)
        {
            if (!entries.TryGetValue(at, out entry)) return false;
            if (!entry.IsLink) return !entry.IsSubmodule;
            if (!TryTarget(at, entry, out at)) return false;
        }

        return false;
    }

    private bool TryTarget(string link, GitEntry entry, out string target)
    {
        const int MaxTarget = 4096;
        target = "";
        if (!blobs.TryRead(entry.ObjectId, MaxTarget, out var bytes, out _)) return false;
        var text = Encoding.UTF8.GetString(bytes.Span);
        var slash = link.LastIndexOf('/');
        return !text.StartsWith('/') && GitPaths.TryNormalize((slash < 0 ? "" : link[..(slash + 1)]) + text, out target);
    }

    private bool LeadsToFolder(string path)
    {
        if (!entries[path].IsLink || !TryTarget(path, entries[path], out var target)) return false;
        var at = FirstBelow(target);
        return !entries.ContainsKey(target)
            && at < sorted.Length
            && sorted[at].StartsWith(FolderKey(target), StringComparison.Ordinal);
    }

    private static string FolderKey(string mapped) => mapped.Length == 0 ? "" : mapped + "/";

    private int FirstBelow(string mapped)
    {
        var at = Array.BinarySearch(sorted, FolderKey(mapped), StringComparer.Ordinal);
        return at < 0 ? ~at : at;
    }

    private static bool LiesHidden(string rest)
    {
        var slash = rest.LastIndexOf('/');
        if (slash < 0) return false;
        foreach (var step in rest.AsSpan(0, slash).Split('/'))
            if (IsHidden(rest.AsSpan(step))) return true;
        return false;
    }
}
