using GitOpsPolicy.Reconciler.Sources;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Sources;

public sealed class GitMirrorTests : IDisposable
{
    private readonly MirrorFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task The_files_of_a_branch_are_there_as_they_were_committed()
    {
        var commit = Commit("app/a.yaml", "one");
        var fetched = await fixture.FetchAsync();
        using var tree = fetched.Tree;

        Assert.Equal((commit, Relation.First), (fetched.Commit, fetched.Relation));
        Assert.Equal(["app/a.yaml"], tree.Enumerate("").Select(static file => file.Path));
        Assert.Equal("one", MirrorFixture.Read(tree, "app/a.yaml"));
    }

    [Fact]
    public async Task A_mirror_follows_its_branch_and_still_opens_what_was_there_before()
    {
        var first = Commit("a.yaml", "one");
        (await fixture.FetchAsync()).Tree.Dispose();
        var second = Commit("a.yaml", "two");
        var fetched = await fixture.FetchAsync(first);

        using (fetched.Tree) Assert.Equal((second, Relation.Descendant), (fetched.Commit, fetched.Relation));
        Assert.True(fixture.Mirror.Open(fixture.Source, first).TryGet(out var before));
        using (before) Assert.Equal("one", MirrorFixture.Read(before, "a.yaml"));
    }

    [Fact]
    public async Task Of_two_commits_that_were_fetched_it_is_known_which_comes_after_the_other()
    {
        var first = Commit("a.yaml", "one");
        var second = Commit("a.yaml", "two");
        (await fixture.FetchAsync()).Tree.Dispose();
        Assert.Equal(Relation.Same, await BetweenAsync(first, first));
        Assert.Equal(Relation.Descendant, await BetweenAsync(second, first));
        Assert.Equal(Relation.Behind, await BetweenAsync(first, second));
        Assert.Null(await BetweenAsync(first, new string('a', 40)));

        Task<Relation?> BetweenAsync(string commit, string other) =>
            fixture.Mirror.RelationAsync(fixture.Source, commit, other, default);
    }

    [Fact]
    public async Task An_unchanged_branch_is_the_same()
    {
        var commit = Commit("a.yaml", "one");

        Assert.Equal(Relation.Same, await RelationToAsync(commit));
    }

    [Fact]
    public async Task A_branch_that_was_put_back_is_behind()
    {
        var first = Commit("a.yaml", "one");
        var second = Commit("a.yaml", "two");
        (await fixture.FetchAsync()).Tree.Dispose();
        fixture.Origin.Git("reset", "-q", "--hard", first);

        Assert.Equal(Relation.Behind, await RelationToAsync(second));
    }

    [Fact]
    public async Task A_branch_that_was_written_anew_is_unrelated_to_what_it_was()
    {
        Commit("a.yaml", "one");
        var second = Commit("a.yaml", "two");
        (await fixture.FetchAsync()).Tree.Dispose();
        fixture.Origin.Git("reset", "-q", "--hard", "HEAD~1");
        Commit("a.yaml", "other");

        Assert.Equal(Relation.Unrelated, await RelationToAsync(second));
    }

    [Fact]
    public async Task A_history_that_begins_anew_is_unrelated()
    {
        var first = Commit("a.yaml", "one");
        (await fixture.FetchAsync()).Tree.Dispose();
        fixture.Origin.Git("checkout", "-q", "--orphan", "fresh");
        Commit("a.yaml", "fresh");
        fixture.Origin.Git("branch", "-q", "-M", "fresh", "main");

        Assert.Equal(Relation.Unrelated, await RelationToAsync(first));
    }

    [Fact]
    public async Task An_applied_commit_that_no_mirror_knows_is_unrelated()
    {
        Commit("a.yaml", "one");

        Assert.Equal(Relation.Unrelated, await RelationToAsync(new string('a', 40)));
    }

    [Fact]
    public async Task A_lost_cache_gets_the_applied_commit_back_where_the_server_still_has_it()
    {
        fixture.Origin.Write("a.yaml", "one").Commit();
        var second = Commit("a.yaml", "two");
        (await fixture.FetchAsync()).Tree.Dispose();
        fixture.Origin.Git("reset", "-q", "--hard", "HEAD~1");
        fixture.Origin.Git("config", "uploadpack.allowAnySHA1InWant", "true");
        Directory.Delete(fixture.Folder, recursive: true);

        Assert.Equal(Relation.Behind, await RelationToAsync(second));
    }

    [Fact]
    public async Task A_deleted_branch_is_named_and_not_taken_for_an_empty_one()
    {
        Commit("a.yaml", "one");
        (await fixture.FetchAsync()).Tree.Dispose();
        fixture.Origin.Git("branch", "-q", "-m", "main", "other");
        var failed = await fixture.FailAsync();

        Assert.Equal((FetchFault.BranchDeleted, "history"), (failed.Fault, failed.Stage));
        Assert.Equal("the branch `refs/heads/main` is gone from the repository; what it named stays as it is", failed.Message);
    }

    [Fact]
    public async Task A_branch_that_never_was_is_missing()
    {
        Commit("a.yaml", "one");
        var failed = await fixture.FailAsync(fixture.Source with { Ref = "refs/heads/mian" });

        Assert.Equal(
            (FetchFault.RefMissing, "the repository has no such branch or tag: `refs/heads/mian`"),
            (failed.Fault, failed.Message));
    }

    [Fact]
    public async Task A_tag_that_was_moved_says_so_for_as_long_as_the_old_commit_is_applied()
    {
        var tagged = fixture.Source with { Ref = "refs/tags/v1" };
        var first = Commit("a.yaml", "one");
        fixture.Origin.Git("tag", "v1");
        (await fixture.FetchAsync(source: tagged)).Tree.Dispose();
        var second = Commit("a.yaml", "two");
        fixture.Origin.Git("tag", "-f", "v1");

        for (var i = 0; i < 2; i++)
        {
            var moved = await fixture.FetchAsync(first, tagged);
            moved.Tree.Dispose();
            Assert.Equal((second, Relation.Descendant, true), (moved.Commit, moved.Relation, moved.IsTagMoved));
        }

        var after = await fixture.FetchAsync(second, tagged);
        after.Tree.Dispose();
        Assert.Equal((Relation.Same, false), (after.Relation, after.IsTagMoved));
    }

    [Fact]
    public async Task A_deleted_tag_is_named()
    {
        Commit("a.yaml", "one");
        fixture.Origin.Git("tag", "-a", "-m", "one", "v1");
        (await fixture.FetchAsync(source: fixture.Source with { Ref = "refs/tags/v1" })).Tree.Dispose();
        fixture.Origin.Git("tag", "-d", "v1");

        Assert.Equal(FetchFault.TagDeleted, (await fixture.FailAsync(fixture.Source with { Ref = "refs/tags/v1" })).Fault);
    }

    [Fact]
    public async Task A_commit_can_be_followed_by_its_id()
    {
        var first = Commit("a.yaml", "one");
        Commit("a.yaml", "two");
        fixture.Origin.Git("config", "uploadpack.allowAnySHA1InWant", "true");
        var fetched = await fixture.FetchAsync(source: fixture.Source with { Ref = first });

        using (fetched.Tree) Assert.Equal("one", MirrorFixture.Read(fetched.Tree, "a.yaml"));
    }

    [Fact]
    public async Task Of_a_thousand_commits_only_the_newest_is_given()
    {
        fixture.Origin.Write("a.yaml", "0").Commit();
        (await fixture.FetchAsync()).Tree.Dispose();
        fixture.Origin.Write("burst", string.Concat(Enumerable.Range(1, 1000).Select(static i =>
            $"commit refs/heads/main\ncommitter t <t@example.com> {1_700_000_000 + i} +0000\ndata 1\nm\n{(i == 1 ? "from refs/heads/main^0\n" : "")}M 100644 inline a.yaml\ndata {$"{i}".Length}\n{i}\n")));
        fixture.Origin.Run("sh", "-c", "git fast-import --quiet < burst");
        var fetched = await fixture.FetchAsync();

        using (fetched.Tree) Assert.Equal("1000", MirrorFixture.Read(fetched.Tree, "a.yaml"));
    }

    [Fact]
    public async Task Many_units_of_one_repository_share_one_mirror_and_few_fetches()
    {
        Commit("a.yaml", "one");
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => fixture.FetchAsync()));
        foreach (var result in results)
            using (result.Tree)
                Assert.Equal("one", MirrorFixture.Read(result.Tree, "a.yaml"));

        Assert.Single(Directory.GetDirectories(Path.Combine(fixture.CacheFolder, "mirrors")));
    }

    [Fact]
    public async Task Branches_of_one_repository_are_never_mixed_up()
    {
        Commit("a.yaml", "main");
        fixture.Origin.Git("checkout", "-q", "-b", "other");
        Commit("a.yaml", "other");
        var names = Enumerable.Range(0, 30).Select(static i => i % 2 == 0 ? "main" : "other").ToArray();
        var results = await Task.WhenAll(names.Select(name => fixture.FetchAsync(source: fixture.Source with { Ref = "refs/heads/"
            + name })));

        foreach (var (name, result) in names.Zip(results))
            using (result.Tree)
                Assert.Equal(name, MirrorFixture.Read(result.Tree, "a.yaml"));
    }

    [Fact]
    public async Task A_repository_that_is_larger_than_a_mirror_may_be_is_given_up()
    {
        var noise = new byte[3 << 20];
        new Random(1).NextBytes(noise);
        Commit("a.yaml", Convert.ToBase64String(noise));
        using var mirror = fixture.Open(static settings => settings with { MaxMirrorBytes = 1 << 20 });
        var failed = Assert.IsType<FetchResult.Failed>(await mirror.FetchAsync(
            fixture.Source, null, null, CancellationToken.None));

        Assert.Equal((FetchFault.TooLarge, "the repository takes more than 1 MiB"), (failed.Fault, failed.Message));
        Assert.Empty(Directory.GetDirectories(Path.Combine(fixture.CacheFolder, "mirrors")));
    }

    [Fact]
    public async Task Packs_are_put_together_and_the_last_good_revision_stays_though_no_branch_holds_it()
    {
        var first = Commit("a.yaml", "0");
        var lost = Commit("a.yaml", "lost");
        (await fixture.FetchAsync()).Tree.Dispose();
        fixture.Origin.Git("reset", "-q", "--hard", first);
        for (var i = 0; i < 55; i++)
        {
            Commit("a.yaml", $"{i}");
            (await fixture.FetchAsync()).Tree.Dispose();
        }

        Assert.InRange(Directory.GetFiles(Path.Combine(fixture.Folder, "objects", "pack"), "*.pack").Length, 1, 50);
        Assert.True(fixture.Mirror.Open(fixture.Source, lost).TryGet(out var tree));
        using (tree) Assert.Equal("lost", MirrorFixture.Read(tree, "a.yaml"));
    }

    [Fact]
    public async Task Nothing_that_the_repository_brings_is_run()
    {
        var marker = fixture.Origin.At("ran");
        fixture.Origin.Write(".gitattributes", "* filter=evil diff=evil\n")
            .Write("a.yaml", "one")
            .Write(".lfsconfig", "[lfs]\n\turl = http://127.0.0.1:1/\n")
            .Write(".gitmodules", "[submodule \"x\"]\n\tpath = x\n\turl = ext::sh -c touch% " + marker + "\n").Commit();
        foreach (var hook in (string[])[
            "post-checkout", "reference-transaction", "post-merge", "pre-auto-gc", "post-rewrite", "fsmonitor-watchman"
        ])
            fixture.Origin.Write(".git/hooks/" + hook, $"#!/bin/sh\ntouch {marker}\n").Run("chmod", "+x", ".git/hooks/" + hook);
        fixture.Origin.Git("config", "uploadpack.packObjectsHook", $"touch {marker};");
        fixture.Origin.Git("config", "filter.evil.smudge", $"touch {marker}");
        fixture.Origin.Git("config", "core.fsmonitor", $"touch {marker}");
        var fetched = await fixture.FetchAsync();

        using (fetched.Tree) Assert.Equal("one", MirrorFixture.Read(fetched.Tree, "a.yaml"));
        Assert.False(File.Exists(marker));
    }

    [Fact]
    public async Task A_fetch_that_is_not_wanted_any_more_ends()
    {
        Commit("a.yaml", "one");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.Mirror.FetchAsync(
            fixture.Source, null, null, cancelled.Token));
    }

    [Fact]
    public async Task A_cache_folder_that_the_engine_makes_is_for_nobody_else_to_read()
    {
        if (OperatingSystem.IsWindows()) return;
        Commit("a.yaml", "one");
        var folder = Path.Combine(fixture.CacheFolder, "of", "its", "own");
        using var mirror = fixture.Open(settings => settings with { CacheFolder = folder });
        Assert.IsType<FetchResult.Fetched>(await mirror.FetchAsync(fixture.Source, null, null, CancellationToken.None));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public async Task A_cache_folder_that_cannot_be_made_is_told_as_such()
    {
        Commit("a.yaml", "one");
        File.WriteAllText(Path.Combine(fixture.CacheFolder, "mirrors"), "a file where a folder should be");

        Assert.Equal(FetchFault.CacheUnusable, (await fixture.FailAsync()).Fault);
    }

    private string Commit(string path, string text) => fixture.Origin.Write(path, text).Commit();

    private async Task<Relation> RelationToAsync(string applied)
    {
        var fetched = await fixture.FetchAsync(applied);
        fetched.Tree.Dispose();
        return fetched.Relation;
    }
}
