using System.Text;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Git;

/// <summary>
/// Finds the commit that a user means and lists its tree; every way in which that fails is a problem with a remedy.
/// </summary>
internal static class GitOpening
{
    /// <summary>Opens a revision, or the last commit it has in common with <c>HEAD</c>.</summary>
    public static Loaded<GitRevision> Open(string folder, string revision, bool fromMergeBase)
    {
        var opening = new Steps(Path.GetFullPath(folder), revision);
        var loaded = opening.Run(fromMergeBase);
        return loaded is not null ? new(loaded) : new([opening.Problem!]);
    }

    /// <summary>Opens a commit of a bare repository.</summary>
    public static Loaded<GitRevision> OpenBare(string folder, string commit)
    {
        if (!GitCommand.TryFind(out var git)) return new([new(new(commit, 0, 0), "`git` is not on the PATH", "install it")]);
        var objects = new GitBlobs(git.ForBare(), folder);
        if (GitTreeWalk.TryList(objects, commit, out var entries, out var reason))
            return new(GitRevision.Of(commit, commit, new(folder, ""), objects, entries));
        objects.Dispose();
        return new([new(new(commit, 0, 0), reason)]);
    }

    private sealed class Steps(string folder, string revision)
    {
        private GitCommand git = null!;

        public Problem? Problem { get; private set; }

        public GitRevision? Run(bool fromMergeBase)
        {
            if (!GitCommand.TryFind(out var found))
                return Fail("`git` is not on the PATH", "install it, or give a folder as the base");
            git = found;
            var paths = FindTop();
            var commit = paths is null ? null : Resolve();
            if (commit is not null && fromMergeBase) commit = MergeBase(commit);
            return commit is null ? null : List(commit, paths!);
        }

        private GitPaths? FindTop()
        {
            var result = git.Run(folder, "rev-parse", "--show-toplevel", "--show-prefix");
            if (!result.Succeeded)
            {
                Problem = GitCommand.Failure(result, revision);
                return null;
            }

            var lines = Encoding.UTF8.GetString(result.Output.Span).Split('\n');
            return new(lines[0], lines[1]);
        }

        private string? Resolve()
        {
            if (revision.Length == 0 || revision.Any(char.IsControl))
                return FailText("a revision has at least one character, and no control characters");
            var result = git.Run(folder, "rev-parse", "--verify", "--end-of-options", revision + "^{commit}");
            if (result.ErrorText.Contains("is ambiguous", StringComparison.Ordinal))
                return FailText(
                    $"`{revision}` names more than one thing here", $"write `refs/heads/{revision}` or `refs/tags/{revision}`");
            if (!result.Succeeded || !GitObjectId.IsOne(result.OutputText))
                return FailText($"there is no revision `{revision}` in this clone", "fetch it first, or correct its name");
            return result.OutputText;
        }

        private string? MergeBase(string commit)
        {
            var result = git.Run(folder, "merge-base", commit, "HEAD");
            if (result.Succeeded && GitObjectId.IsOne(result.OutputText)) return result.OutputText;
            return FailText(
                $"`{revision}` and HEAD have no commit in common in this clone",
                "fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in CI");
        }

        private GitRevision? List(string commit, GitPaths paths)
        {
            var result = git.Run(folder, "ls-tree", "-r", "-z", "--full-tree", commit);
            if (!result.Succeeded)
            {
                Problem = GitCommand.Failure(result, revision);
                return null;
            }

            return GitRevision.Of(revision, commit, paths, new(git, folder), Parse(result.Output.Span));
        }

        // An entry is `<mode> <type> <id>\t<path>\0` (git-ls-tree).
        private static Dictionary<string, GitEntry> Parse(ReadOnlySpan<byte> listing)
        {
            var entries = new Dictionary<string, GitEntry>(StringComparer.Ordinal);
            foreach (var range in listing.Split((byte)0))
            {
                var line = listing[range];
                var tab = line.IndexOf((byte)'\t');
                if (tab < 0) continue;
                var path = Encoding.UTF8.GetString(line[(tab + 1)..]);
                var words = Encoding.ASCII.GetString(line[..tab]).Split(' ');
                entries[path] = new(words[0], words[2]);
            }

            return entries;
        }

        private GitRevision? Fail(string message, string hint)
        {
            FailText(message, hint);
            return null;
        }

        private string? FailText(string message, string? hint = null)
        {
            Problem = new(new(revision, 0, 0), message, hint);
            return null;
        }
    }
}
