using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Promotion;
using GitOpsPolicy.Tests.Inputs;

namespace GitOpsPolicy.Tests.Families;

/// <summary>
/// A Git repository made commit by commit, each at its time: <c>{ at, files }</c>, of which those with <c>merged</c> are written
/// on a branch and come to the main one then. The head of the case lies over the last commit.
/// </summary>
internal static class CaseHistory
{
    private static readonly DateTimeOffset Clock = new(2026, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Makes the repository and compares its head with its main branch.</summary>
    public static ChangeSet Compare(FamilyCase given)
    {
        using var origin = new TemporaryFolder();
        foreach (var commit in given.History!.Items) Add(origin, (MappingNode)commit);
        origin.Git("switch", "-q", "-c", "head");
        foreach (var file in given.Head!.Enumerate(""))
        {
            given.Head.TryRead(file.Path, out var bytes, out _);
            Write(origin, file.Path, Encoding.UTF8.GetString(bytes.Span));
        }

        Commit(origin, given.At!);
        if (given.Depth is not { } depth) return Read(given, origin.Path, "main");

        using var clone = new TemporaryFolder();
        clone.Git("init", "-q");
        clone.Git("fetch", "-q", $"--depth={depth}", "file://" + origin.Path, "head:head", "main:main");
        clone.Git("switch", "-q", "head");
        return Read(given, clone.Path, "main");
    }

    private static ChangeSet Read(FamilyCase given, string folder, string revision)
    {
        var config = FamilyRules.ConfigOf(given);
        using var head = new WorkTree(folder);
        var opened = ComparisonBase.Open(folder, revision);
        if (!opened.TryGet(out var found)) throw new FormatException(string.Join("\n", opened.Problems));
        using (found)
        {
            var changes = new DiffInput(head, found) { EnvironmentOf = config.EnvironmentOf }.ReadChanges(["."]);
            return new PromotionInput(config, found.Files).AddTo(changes, head, now: null, Clock);
        }
    }

    private static void Add(TemporaryFolder folder, MappingNode commit)
    {
        var (at, merged) = (Text(commit, "at")!, Text(commit, "merged"));
        if (merged is not null) folder.Git("switch", "-q", "-c", "side");
        foreach (var (path, _, text) in ((MappingNode)commit["files"]!).Entries.ToArray())
            Write(folder, path, CaseFiles.Text(text));
        Commit(folder, at);
        if (merged is null) return;
        folder.Git("switch", "-q", "main");
        folder.Run(
            "env", $"GIT_COMMITTER_DATE={merged}T12:00:00Z", "git", "-c", "user.name=t", "-c", "user.email=t@example.com",
            "merge", "-q", "--no-ff", "-m", "merge", "side");
        folder.Git("branch", "-q", "-D", "side");
    }

    private static void Commit(TemporaryFolder folder, string at)
    {
        if (!Directory.Exists(folder.At(".git"))) folder.Git("init", "-q", "-b", "main");
        folder.Git("add", "-A");
        folder.Run(
            "env", $"GIT_COMMITTER_DATE={at}T12:00:00Z", "git", "-c", "user.name=t", "-c", "user.email=t@example.com", "commit",
            "-q", "--allow-empty", "-m", "work");
    }

    // An empty text is a file that goes.
    private static void Write(TemporaryFolder folder, string path, string text)
    {
        if (text.Length > 0) folder.Write(path, text);
        else File.Delete(folder.At(path));
    }

    private static string? Text(MappingNode node, string key) => (node[key] as ScalarNode)?.Text;
}
