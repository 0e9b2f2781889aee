using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Files;

/// <summary>
/// Files as they lie on disk. Links may lead to other files of the same repository (or, outside a repository, of the folder
/// that was listed), never out of it: what a pull request can write must not decide which files of the machine are read.
/// </summary>
/// <param name="folder">The folder that paths are relative to.</param>
public sealed class WorkTree(string folder) : FileTree
{
    private readonly string home = Path.GetFullPath(folder);
    private readonly ConcurrentDictionary<string, string> boundaries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string?> realFolders = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override PathKind Find(string path)
    {
        var full = FullPath(path);
        if (Directory.Exists(full)) return PathKind.Folder;
        return File.Exists(full) || new FileInfo(full).LinkTarget is not null ? PathKind.File : PathKind.Missing;
    }

    /// <inheritdoc/>
    public override IEnumerable<TreeFile> Enumerate(string prefix)
    {
        var root = new DirectoryInfo(FullPath(prefix));
        if (!root.Exists) return [];
        boundaries.TryAdd(root.FullName, BoundaryOf(root));
        return Walk(root, prefix is "" or "." ? "" : prefix.TrimEnd('/') + "/", root.FullName);
    }

    /// <inheritdoc/>
    public override bool TryRead(string path, out ReadOnlyMemory<byte> bytes, out Problem? problem)
    {
        bytes = default;
        problem = null;
        try
        {
            var file = new FileInfo(FullPath(path));
            if (!file.Exists && file.LinkTarget is null) return false;
            problem = Refuse(file, path);
            return problem is null && TryReadRegular(file.FullName, path, out bytes, out problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = Unreadable(path, e);
            return false;
        }
    }

    /// <summary>The absolute path.</summary>
    internal string FullPath(string path) => Path.GetFullPath(path, home);

    /// <summary>True when the path itself is a link.</summary>
    internal bool IsLink(string path) => new FileInfo(FullPath(path)).LinkTarget is not null;

    private static bool TryReadRegular(string full, string path, out ReadOnlyMemory<byte> bytes, out Problem? problem)
    {
        using var handle = File.OpenHandle(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(handle);
        problem = length > MaxFileBytes ? TooLarge(path) : null;
        bytes = default;
        if (problem is not null) return false;
        var buffer = new byte[length];
        var read = 0;
        while (read < buffer.Length && RandomAccess.Read(handle, buffer.AsSpan(read), read) is > 0 and var more) read += more;
        bytes = buffer.AsMemory(0, read);
        return true;
    }

    private IEnumerable<TreeFile> Walk(DirectoryInfo at, string shown, string root)
    {
        if (!TryList(at, shown, out var entries, out var problem))
        {
            yield return new(shown.TrimEnd('/'), problem);
            yield break;
        }

        foreach (var entry in entries)
        {
            var path = shown + entry.Name;
            if (entry is not DirectoryInfo child)
            {
                yield return new(path);
            }
            else if (entry.LinkTarget is { } target)
            {
                if (RefuseFolderLink(entry, path, root) is { } refusal) yield return new(path, refusal);
                else if (IsMounted(target) && at.FullName == root)
                    foreach (var file in Walk(child, path + "/", root)) yield return file;
            }
            else if (!IsHidden(entry.Name))
            {
                foreach (var file in Walk(child, path + "/", root)) yield return file;
            }
        }
    }

    private static bool TryList(
        DirectoryInfo folder, string shown, out FileSystemInfo[] entries, [NotNullWhen(false)] out Problem? problem)
    {
        try
        {
            entries = folder.GetFileSystemInfos();
            Array.Sort(entries, static (a, b) => string.CompareOrdinal(SortKey(a), SortKey(b)));
            problem = null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            (entries, problem) = ([], Unreadable(shown.TrimEnd('/'), e));
            return false;
        }
    }

    // A folder sorts as its files do: `a.yaml` comes before `a/b.yaml`, as in Git.
    private static string SortKey(FileSystemInfo entry) => entry is DirectoryInfo ? entry.Name + "/" : entry.Name;

    // A link to a folder that is listed anyway hides nothing; any other would leave manifests unjudged.
    private static Problem? RefuseFolderLink(FileSystemInfo link, string path, string root) =>
        RealPath.Of(link.FullName) is { } target && RealPath.IsWithin(target, RealPath.Of(root) ?? root)
            ? null
            : About(
                path, "the link leads to a folder elsewhere, which is not read through it",
                "give that folder as a path of its own");

    // Kubernetes shows a ConfigMap or Secret through links into a hidden folder, which it swaps at once
    // (pkg/volume/util/atomic_writer.go). Only links of the listed folder itself are such: one below could lead in circles.
    private static bool IsMounted(string linkTarget) => linkTarget.StartsWith("..data/", StringComparison.Ordinal);

    private Problem? Refuse(FileInfo file, string path)
    {
        var target = RealPathOf(file);
        if (target is null) return About(path, "the link leads nowhere, or in a circle", "remove the link or restore its target");
        if (!RealPath.IsWithin(target, BoundaryFor(file)))
            return About(path, "the link leads out of the tree, so it is not read", "put the file itself in its place");
        if (target.Contains("/.git/", StringComparison.Ordinal))
            return About(path, "the link leads into the repository's own files", "put the file itself in its place");
        if (Directory.Exists(target)) return About(path, "this is a folder where a file is expected");
        return RegularFile.Is(target) ? null : About(path, "this is no regular file but a pipe, socket or device", "remove it");
    }

    // Files that are no links share the work of following their folder's.
    private string? RealPathOf(FileInfo file)
    {
        if (file.LinkTarget is not null) return RealPath.Of(file.FullName);
        return realFolders.GetOrAdd(file.DirectoryName!, RealPath.Of) is { } real ? Path.Join(real, file.Name) : null;
    }

    private string BoundaryFor(FileInfo file)
    {
        foreach (var (root, boundary) in boundaries)
            if (RealPath.IsWithin(file.FullName, root)) return boundary;
        var parent = file.Directory!;
        return boundaries.GetOrAdd(parent.FullName, _ => BoundaryOf(parent));
    }

    private static string BoundaryOf(DirectoryInfo start)
    {
        for (var at = start; at is not null; at = at.Parent)
            if (Path.Exists(Path.Combine(at.FullName, ".git"))) return RealPath.Of(at.FullName) ?? at.FullName;
        return RealPath.Of(start.FullName) ?? start.FullName;
    }

    private static Problem Unreadable(string path, Exception e) => e switch
    {
        UnauthorizedAccessException => About(path, "the file may not be read", "check its permissions"),
        _ => About(path, $"the file cannot be read: {e.GetType().Name}"),
    };
}
