using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>What the head is compared with.</summary>
/// <param name="Files">Its files.</param>
/// <param name="Folder">The folder it is; null for a Git revision.</param>
internal sealed record Baseline(FileTree Files, string? Folder) : IDisposable
{
    /// <summary>It is a Git revision, so rules, configuration and waivers are read from it.</summary>
    public bool IsRevision => Folder is null;

    /// <summary>
    /// Opens what <c>--base</c> names: the point where this branch left a Git revision, else a folder. A folder with the name of
    /// a revision is written <c>./name</c>, or a pull request could bring the folder that it is compared with.
    /// </summary>
    /// <returns>Null when there is nothing to compare with.</returns>
    /// <exception cref="UsageException">It is neither a revision nor a folder.</exception>
    public static Baseline? Open(string? name, Terminal terminal)
    {
        if (name is null) return null;
        var opened = ComparisonBase.Open(terminal.WorkingDirectory, name);
        return opened.TryGet(out var found)
            ? new(found.Files, found.Folder)
            : throw new UsageException(
                $"`--base {name}` is no folder, and as a Git revision: {string.Join("; ", opened.Problems.Select(Describe))}");
    }

    /// <summary>Closes the files.</summary>
    public void Dispose() => Files.Dispose();

    private static string Describe(Problem problem) =>
        problem.Hint is null ? problem.Message : $"{problem.Message} ({problem.Hint})";
}
