using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Git;

namespace GitOpsPolicy.Inputs.Diff;

/// <summary>What the user named as the base of a comparison: a Git revision or a folder.</summary>
public sealed class ComparisonBase : IDisposable
{
    private ComparisonBase(FileTree files, string? folder) => (Files, Folder) = (files, folder);

    /// <summary>The files of the base.</summary>
    public FileTree Files { get; }

    /// <summary>The folder that was named; null for a revision.</summary>
    public string? Folder { get; }

    /// <summary>
    /// Opens a base. A revision stands for the commit that it and <c>HEAD</c> have in common last, which is what a pull request
    /// starts from. A name that is both means the revision: else a pull request could bring the folder that it is compared with.
    /// </summary>
    /// <param name="workingFolder">The folder that paths are relative to.</param>
    /// <param name="name">What the user wrote: <c>origin/main</c>, or a folder such as <c>../released</c>.</param>
    /// <param name="exactly">Take the very commit that a revision names instead of the one in common.</param>
    public static Loaded<ComparisonBase> Open(string workingFolder, string name, bool exactly = false)
    {
        var isFolder = name.Length > 0 && Directory.Exists(Path.Combine(workingFolder, name));
        if (isFolder && IsPlainPath(name)) return new(OfFolder(workingFolder, name));
        var opened = exactly ? GitRevision.Open(workingFolder, name) : GitRevision.OpenMergeBase(workingFolder, name);
        if (opened.TryGet(out var revision)) return new(new ComparisonBase(revision, folder: null));
        return isFolder && !IsRevision(workingFolder, name) ? new(OfFolder(workingFolder, name)) : new(opened.Problems);
    }

    /// <summary>Lets go of the base.</summary>
    public void Dispose() => Files.Dispose();

    private static ComparisonBase OfFolder(string workingFolder, string name) => new(new WorkTree(workingFolder), name);

    // No revision is spelt like this (git-check-ref-format).
    private static bool IsPlainPath(string name) =>
        name is "." or ".." || name.StartsWith("./", StringComparison.Ordinal) || name.StartsWith("../", StringComparison.Ordinal)
        || name.StartsWith('/') || name.EndsWith('/');

    private static bool IsRevision(string workingFolder, string name)
    {
        if (!GitRevision.Open(workingFolder, name).TryGet(out var revision)) return false;
        revision.Dispose();
        return true;
    }
}
