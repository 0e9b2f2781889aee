using System.Diagnostics.CodeAnalysis;

namespace GitOpsPolicy.Inputs.Files;

/// <summary>
/// Reads files again when they have changed and look the same in two looks, so that none is read half-written. Which files those
/// are, what is asked for while they are read tells.
/// </summary>
/// <param name="folder">The folder that paths are relative to.</param>
/// <threadsafety>One look at a time.</threadsafety>
public sealed class SettledFiles(string folder)
{
    private WatchedTree? tree;
    private string? settled;
    private string? seen;

    /// <summary>Looks once. The first time files are read at once.</summary>
    /// <param name="read">Reads them; what it opens ends with it.</param>
    /// <param name="found">What it came to.</param>
    /// <returns>False where nothing is new, or files changed while they were read: then a later look reads them.</returns>
    public bool TryRead<T>(Func<FileTree, T> read, [MaybeNullWhen(false)] out T found)
    {
        found = default;
        if (tree is not null && !HaveSettledAnew()) return false;
        var fresh = new WatchedTree(folder);
        found = read(fresh);
        tree?.Dispose();
        tree = fresh;
        var (asked, now) = (fresh.StampWhenAsked(), fresh.Stamp());
        var isWhole = asked == now;
        (settled, seen) = (isWhole ? asked : null, now);
        return isWhole;
    }

    private bool HaveSettledAnew()
    {
        var now = tree!.Stamp();
        if (now == settled) return false;
        if (now == seen) return true;
        seen = now;
        return false;
    }
}
