using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Files;

/// <summary>What a path leads to.</summary>
public enum PathKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A file, or a link that is refused only when it is read.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,
}

/// <summary>One file met while listing a tree.</summary>
/// <param name="Path">Its path in the words of the tree, with forward slashes.</param>
/// <param name="Refusal">Why it will not be read: it is no regular file, or a link that leads elsewhere. Null for a file that can
/// be read.</param>
public readonly record struct TreeFile(string Path, Problem? Refusal = null);

/// <summary>
/// Files as they lie in a folder or lay at a Git revision. Paths are written as the user writes them, relative to the folder
/// the command runs in (or absolute), with forward slashes; so the same path names the same file in both.
/// </summary>
/// <threadsafety>Files may be read from any thread.</threadsafety>
public abstract class FileTree : IDisposable
{
    /// <summary>No manifest or policy is larger than this; the largest in public repositories are some 2 MiB.</summary>
    public const int MaxFileBytes = 16 * 1024 * 1024;

    /// <summary>The Git revision as the user named it; null for files as they lie in a folder.</summary>
    public string? Revision { get; protected init; }

    /// <summary>What a path leads to.</summary>
    public abstract PathKind Find(string path);

    /// <summary>
    /// Every file below a folder, in ordinal order of their paths; the empty prefix is the folder the command runs in.
    /// Hidden folders below it (<c>.git</c>, <c>.terraform</c>) are left out, links to folders are never followed.
    /// </summary>
    public abstract IEnumerable<TreeFile> Enumerate(string prefix);

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">Which file.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="problem">Why it cannot be read; null when it was read, and null when there is no such file.</param>
    /// <returns>True when it was read.</returns>
    public abstract bool TryRead(string path, out ReadOnlyMemory<byte> bytes, out Problem? problem);

    /// <summary>Ends the process that serves a Git revision; a folder holds nothing.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the tree holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>A problem with a whole file.</summary>
    private protected static Problem About(string path, string message, string? hint = null) =>
        new(new(path, 0, 0), message, hint);

    /// <summary>A file that is larger than anything worth reading.</summary>
    private protected static Problem TooLarge(string path) =>
        About(
            path, $"the file is larger than {MaxFileBytes / (1024 * 1024)} MiB", "split it, or leave it out of the paths given");

    /// <summary>True for the name of a folder that listings leave out.</summary>
    private protected static bool IsHidden(ReadOnlySpan<char> name) => name is ['.', _, ..] and not "..";
}
