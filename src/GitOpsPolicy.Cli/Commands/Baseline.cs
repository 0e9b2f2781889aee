using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Git;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>What the head is compared with.</summary>
/// <param name="Files">Its files.</param>
/// <param name="Folder">The folder it is; null for a Git revision.</param>
internal sealed record Baseline(FileTree Files, string? Folder) : IDisposable
{
    /// <summary>It is a Git revision, so rules, configuration and waivers are read from it.</summary>
    public bool IsRevision => Folder is null;

    /// <summary>
    /// Opens what <c>--base</c> names: a folder where there is one of that name, else the point where this branch left a Git revision.
    /// </summary>
    /// <returns>Null when there is nothing to compare with.</returns>
    /// <exception cref="UsageException">It is neither a folder nor a revision.</exception>
    public static Baseline? Open(string? name, FileTree head, Terminal terminal)
    {
        if (name is null) return null;
        if (head.Find(name) == PathKind.Folder) return new(head, name);
        var opened = GitRevision.OpenMergeBase(terminal.WorkingDirectory, name);
        return opened.TryGet(out var revision)
            ? new(revision, null)
            : throw new UsageException($"`--base {name}` is no folder, and as a Git revision: {string.Join("; ", opened.Problems.Select(Describe))}");
    }

    /// <summary>Closes a revision; the head's own tree stays open.</summary>
    public void Dispose()
    {
        if (IsRevision) Files.Dispose();
    }

    private static string Describe(Problem problem) => problem.Hint is null ? problem.Message : $"{problem.Message} ({problem.Hint})";
}
