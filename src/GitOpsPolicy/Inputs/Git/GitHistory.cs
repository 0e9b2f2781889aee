using System.Globalization;
using System.Text;

namespace GitOpsPolicy.Inputs.Git;

/// <summary>A content that a file had for a time.</summary>
/// <param name="Path">The file, from the folder that paths are relative to.</param>
/// <param name="ObjectId">The id of its content.</param>
/// <param name="Since">From when.</param>
/// <param name="Until">Until when; null at the commit that was asked about.</param>
/// <param name="IsCut">It may have had it earlier: the history that was read starts there.</param>
internal sealed record FileStay(string Path, string ObjectId, DateTimeOffset Since, DateTimeOffset? Until, bool IsCut);

/// <summary>
/// What files held at which time, by the first parents of a commit: what was merged was there from the merge on, not from when it
/// was written. A commit never counts as older than those before it, so a date that was set back does not make anything older.
/// </summary>
internal sealed class GitHistory
{
    /// <summary>So many commits that touch the files are looked at.</summary>
    internal const int MaxCommits = 2_000;

    private const string Nothing = "0000000";

    private readonly List<(DateTimeOffset At, List<(string Path, string Old, string New)> Files)> commits = [];

    private GitHistory()
    {
    }

    /// <summary>The history does not reach back to the first commit.</summary>
    public bool IsCut { get; private set; }

    /// <summary>How many commits were read.</summary>
    public int Commits => commits.Count;

    /// <summary>Reads the history of some folders; null when Git cannot tell.</summary>
    /// <param name="git">The program.</param>
    /// <param name="folder">A folder of the repository.</param>
    /// <param name="commit">The commit to start at.</param>
    /// <param name="folders">Folders from the top of the repository; an empty one is all of it.</param>
    public static GitHistory? Read(GitCommand git, string folder, string commit, IEnumerable<string> folders)
    {
        string[] paths = folders.Contains("") ? [] : [.. folders.Select(path => $":(top,literal){path}")];
        var result = git.Run(folder, [
            "-c", "log.showRoot=true", "-c", "log.showSignature=false", "-c", "diff.ignoreSubmodules=none", "log",
            "--first-parent", "-m", "--no-renames", "--no-ext-diff", "--no-textconv", "--raw", "--no-abbrev", "-z",
            $"--max-count={MaxCommits}", "--format=%x01%ct", commit, "--", .. paths]);
        if (!result.Succeeded) return null;
        var history = new GitHistory();
        history.Parse(Encoding.UTF8.GetString(result.Output.Span));
        history.commits.Reverse();
        var shallow = git.Run(folder, "rev-parse", "--is-shallow-repository");
        history.IsCut = history.commits.Count >= MaxCommits || !shallow.Succeeded || shallow.OutputText != "false";
        return history;
    }

    /// <summary>What each file held and when, for the files that are wanted.</summary>
    public IEnumerable<FileStay> Stays(Func<string, bool> isWanted)
    {
        var open = new Dictionary<string, FileStay>(StringComparer.Ordinal);
        var now = DateTimeOffset.MinValue;
        var first = commits.Count > 0 ? commits[0].At : now;
        foreach (var (at, files) in commits)
        {
            now = at > now ? at : now;
            foreach (var (path, old, @new) in files.Where(file => isWanted(file.Path)))
            {
                if (open.Remove(path, out var was)) yield return was with { Until = now };
                else if (!old.StartsWith(Nothing, StringComparison.Ordinal)) yield return new(path, old, first, now, IsCut: true);
                if (!@new.StartsWith(Nothing, StringComparison.Ordinal)) open[path] = new(path, @new, now, null, IsAtEdge(at));
            }
        }

        foreach (var stay in open.Values) yield return stay;
    }

    // Where a shallow clone starts, everything looks as if it were made there.
    private bool IsAtEdge(DateTimeOffset at) => IsCut && commits[0].At == at;

    // A commit is `\x01<seconds>`, then entries `:<mode> <mode> <id> <id> <status>` and paths, each ended by a NUL (git-log,
    // --raw -z).
    private void Parse(string log)
    {
        string[]? entry = null;
        foreach (var token in log.Split('\0'))
        {
            var text = entry is null ? token.TrimStart('\n') : token;
            if (entry is not null)
            {
                commits[^1].Files.Add((text, entry[2], entry[3]));
                entry = null;
            }
            else if (text.StartsWith('\u0001'))
            {
                commits.Add((DateTimeOffset.FromUnixTimeSeconds(long.Parse(text.AsSpan(1), CultureInfo.InvariantCulture)), []));
            }
            else if (text.StartsWith(':'))
            {
                entry = text.Split(' ');
            }
        }
    }
}
