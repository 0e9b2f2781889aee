using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Model;
using GitOpsPolicy.Reconciler.Units;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>
/// What branches and tags of a real repository do beside going on, and what becomes of a unit that follows them.
/// </summary>
public sealed class GitHistoryTests(ITestOutputHelper output)
{
    private const string Tag = "refs/tags/v1";

    private static readonly int Burst = Environment.GetEnvironmentVariable("GITOPS_POLICY_LONG") is { Length: > 0 } ? 1000 : 100;

    private static readonly List<JsonObject> First = Revision.Maps(1, 1, 6);
    private static readonly List<JsonObject> Second = Revision.Maps(2, 2, 6); // one is new, and one is gone
    private static readonly List<JsonObject> Third = Revision.Maps(3, 3, 6);

    // What happens to a branch or a tag at whose second commit the unit is, and what it says then.
    private static readonly Dictionary<string, Func<GitBench, string, List<JsonObject>>> Rewritings = new(StringComparer.Ordinal)
    {
        ["the branch was put back"] = static (bench, first) =>
        {
            bench.Origin.Git("reset", "-q", "--hard", first);
            bench.Says(First, first);
            return First;
        },
        ["the branch's last commit was written anew"] = static (bench, first) =>
        {
            bench.Origin.Git("reset", "-q", "--hard", first);
            bench.Commit(Third);
            return Third;
        },
        ["the branch has another history"] = static (bench, _) =>
        {
            bench.Origin.Git("checkout", "-q", "--orphan", "other");
            var commit = bench.Commit(Third);
            bench.Origin.Git("branch", "-q", "-f", "main", commit);
            return Third;
        },
        ["the tag was moved"] = static (bench, _) =>
        {
            bench.Commit(Third);
            bench.Origin.Git("tag", "-f", "v1");
            return Third;
        },
    };

    public static TheoryData<string> Histories => [.. Rewritings.Keys];

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task A_history_that_was_written_anew_is_held_until_somebody_agrees(string what)
    {
        await using var bench = await AppliedAsync(what, RewriteAnswer.Hold);
        using var engine = bench.Process();
        var before = bench.Bench.Log.Count;
        _ = Rewrite(bench, what);
        for (var i = 0; i < 3; i++)
        {
            var result = await engine.PassAsync();
            Assert.True(result.Status.Phase == UnitPhase.Held, result.Status.Message);
            Assert.Equal("rewrite", Assert.Single(result.Status.Approvals).Subject);
        }

        Assert.DoesNotContain(
            bench.Bench.Log.All.Skip(before), static one => one is { IsWrite: true, Key.Name: not "reconciliation-shop" });
        AssertLives(bench, Second);
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task A_history_that_was_written_anew_is_followed_where_the_unit_says_so(string what)
    {
        await using var bench = await AppliedAsync(what, RewriteAnswer.Follow);
        using var engine = bench.Process();
        await EndsAtAsync(bench, engine, Rewrite(bench, what));
    }

    [Fact]
    public async Task A_commit_that_takes_another_back_is_a_commit_like_any_other()
    {
        await using var bench = await AppliedAsync("", RewriteAnswer.Hold);
        using var engine = bench.Process();
        bench.Origin.Git("-c", "user.name=t", "-c", "user.email=t@example.com", "revert", "--no-edit", "HEAD");
        bench.Says(First, bench.Origin.Git("rev-parse", "HEAD").Trim());
        await EndsAtAsync(bench, engine, First);
    }

    [Fact]
    public async Task A_branch_that_is_gone_deletes_nothing_and_is_followed_again_once_it_is_back()
    {
        await using var bench = await AppliedAsync("", RewriteAnswer.Hold);
        using var engine = bench.Process();
        bench.Origin.Git("checkout", "-q", "-b", "other");
        bench.Origin.Git("branch", "-q", "-D", "main");
        var before = bench.Bench.Log.Count;
        var result = await engine.PassAsync();
        Assert.Equal((UnitPhase.Failed, "history"), (result.Status.Phase, result.Status.Trouble?.Stage));
        Assert.DoesNotContain(
            bench.Bench.Log.All.Skip(before), static one => one is { IsWrite: true, Key.Name: not "reconciliation-shop" });
        bench.Origin.Git("branch", "-q", "main");
        bench.Origin.Git("checkout", "-q", "main");
        bench.Commit(Third);
        await EndsAtAsync(bench, engine, Third);
    }

    [Fact]
    public async Task Of_a_burst_of_commits_only_whole_ones_are_applied_and_the_newest_in_the_end()
    {
        await using var bench = await AppliedAsync("", RewriteAnswer.Hold);
        var commits = Prepare(bench, Burst);
        await using var running = await RunningEngine.StartAsync(bench.Bench, null, TimeSpan.FromMilliseconds(20), bench.Desired);
        foreach (var (commit, objects) in commits)
        {
            bench.Says(objects, commit);
            bench.Origin.Git("update-ref", "refs/heads/main", commit);
        }

        var newest = commits[^1].Commit;
        await Eventually.IsAsync(
            () => running.Board.Find(bench.Bench.Unit.Key) is { Phase: UnitPhase.Synced, Applied: var applied }
                && applied == newest, TimeSpan.FromSeconds(30));
        bench.Bench.Log.Settled();
        bench.Bench.AssertGood();
        var seen = bench.Bench.Log.All.Where(static one => one is { Verb: "apply", IsDone: true })
            .Select(static one => (string?)one.Sent!["data"]!["revision"])
            .Distinct()
            .Count();
        output.WriteLine($"of {Burst} commits {seen - 2} were applied, the newest last");
        Assert.InRange(seen, 2, Burst);
    }

    private static async Task<GitBench> AppliedAsync(string what, RewriteAnswer answer)
    {
        var isTag = what.StartsWith("the tag", StringComparison.Ordinal);
        var bench = await GitBench.StartAsync(
            First, source => source with { OnRewrite = answer, Ref = isTag ? Tag : source.Ref });
        using (var engine = bench.Process())
        {
            if (isTag) bench.Origin.Git("tag", "v1");
            else await engine.SettleAsync();
            bench.Commit(Second);
            if (isTag) bench.Origin.Git("tag", "-f", "v1");
            await engine.SettleAsync();
        }

        AssertLives(bench, Second);
        return bench;
    }

    private static List<JsonObject> Rewrite(GitBench bench, string what) =>
        Rewritings[what](bench, bench.Origin.Git("rev-parse", "HEAD~1").Trim());

    private static async Task EndsAtAsync(GitBench bench, InProcess engine, List<JsonObject> says)
    {
        var result = await engine.SettleAsync();
        Assert.True(result.Status.Phase == UnitPhase.Synced, result.Status.Message);
        AssertLives(bench, says);
        await engine.PassAsync();
        bench.Bench.Log.Settled();
        bench.Bench.Log.Quiet();
        await engine.PassAsync();
        bench.Bench.AssertGood();
    }

    private static void AssertLives(GitBench bench, List<JsonObject> objects)
    {
        foreach (var one in objects)
            Assert.True(
                bench.Bench.Server.Cluster.Find(Revisions.KeyOf(one)) is { } live && Revisions.Holds(live, one),
                $"{Revisions.KeyOf(one)} is not as it should be");
    }

    // Commits that nobody sees yet: to make one after the other takes Git longer than the engine.
    private static List<(string Commit, List<JsonObject> Objects)> Prepare(GitBench bench, int count)
    {
        var (stream, revisions) = (new StringBuilder(), new List<List<JsonObject>>());
        for (var i = 1; i <= count; i++)
        {
            revisions.Add(Revision.Maps(100 + i, 1 + (i % 4), 6));
            var text = string.Join("\n---\n", revisions[^1].Select(static one => one.ToJsonString()));
            stream.Append(
                CultureInfo.InvariantCulture,
                $"commit refs/heads/burst\nmark :{i}\ncommitter t <t@example.com> {1_780_000_000 + i} +0000\ndata 1\n.\n");
            if (i == 1) stream.Append("from refs/heads/main^0\n");
            stream.Append(
                CultureInfo.InvariantCulture,
                $"M 100644 inline shop/all.yaml\ndata {Encoding.UTF8.GetByteCount(text)}\n{text}\n");
        }

        bench.Origin.Write("../" + Path.GetFileName(bench.Origin.Path) + ".stream", stream.ToString());
        try
        {
            bench.Origin.Run(
                "sh", "-c", "git fast-import --quiet --export-marks=.git/burst < \"$0\"", bench.Origin.Path + ".stream");
        }
        finally
        {
            File.Delete(bench.Origin.Path + ".stream");
        }

        var marks = File.ReadAllLines(bench.Origin.At(".git/burst")).Select(static line => line.Split(' '))
            .ToDictionary(static parts => int.Parse(parts[0][1..], CultureInfo.InvariantCulture), static parts => parts[1]);
        return [.. revisions.Select((objects, i) => (marks[i + 1], objects))];
    }
}
