using System.Text;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Git;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Git;

public sealed class GitRevisionTests : IDisposable
{
    private readonly TemporaryFolder repository = new();

    public void Dispose() => repository.Dispose();

    [Fact]
    public void Files_are_read_as_they_lay_at_the_commit()
    {
        repository.Write("e/a.yaml", "old").Write("e/sub/b.yaml", "b").Write("e/.hidden/c.yaml", "c").Write("f/d.yaml", "d");
        var commit = repository.Commit();
        repository.Write("e/a.yaml", "new").Commit();
        using var tree = Open("HEAD~1");

        Assert.Equal(commit, tree.Commit);
        Assert.Equal("HEAD~1", tree.Revision);
        Assert.Equal(["e/a.yaml", "e/sub/b.yaml"], tree.Enumerate("e").Select(f => f.Path));
        Assert.Equal("old", Read(tree, "e/a.yaml"));
        Assert.Equal(PathKind.Folder, tree.Find("e/sub"));
        Assert.Equal(PathKind.File, tree.Find("./f/../f/d.yaml"));
        Assert.Equal(PathKind.Missing, tree.Find("e/su"));
        Assert.Empty(tree.Enumerate("missing"));
    }

    [Fact]
    public void Paths_are_relative_to_the_folder_the_command_runs_in()
    {
        repository.Write("e/a.yaml", "a").Write("other/b.yaml", "b").Commit();
        using var tree = OpenIn(repository.At("e"), "main");

        Assert.Equal("a", Read(tree, "a.yaml"));
        Assert.Equal(["../other/b.yaml"], tree.Enumerate("../other").Select(f => f.Path));
        Assert.Equal(["a.yaml"], tree.Enumerate("").Select(f => f.Path));
        Assert.Equal("b", Read(tree, "../other/b.yaml"));
        Assert.Equal("b", Read(tree, repository.Git("rev-parse", "--show-toplevel").Trim() + "/other/b.yaml"));
        Assert.False(tree.TryRead("../../etc/passwd", out _, out _));
    }

    [Fact]
    public void A_pull_request_is_compared_with_where_it_left_the_target_branch()
    {
        repository.Write("a.yaml", "1");
        var start = repository.Commit();
        repository.Git("checkout", "-q", "-b", "feature");
        repository.Write("b.yaml", "1").Commit();
        repository.Git("checkout", "-q", "main");
        repository.Write("c.yaml", "1").Commit();
        repository.Git("checkout", "-q", "feature");

        Assert.True(GitRevision.OpenMergeBase(repository.Path, "main").TryGet(out var tree));
        using (tree) Assert.Equal(start, tree.Commit);
    }

    [Fact]
    public void Histories_with_nothing_in_common_say_how_to_get_the_rest()
    {
        repository.Write("a.yaml", "1").Commit();
        repository.Git("checkout", "-q", "--orphan", "island");
        repository.Commit("another beginning");

        var problem = Assert.Single(GitRevision.OpenMergeBase(repository.Path, "main").Problems);
        Assert.Contains("no commit in common", problem.Message, StringComparison.Ordinal);
        Assert.Contains("fetch-depth: 0", problem.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("missing")]
    [InlineData("--upload-pack=touch pwned")]
    [InlineData("-h")]
    [InlineData("--all")]
    [InlineData("--git-dir=/")]
    [InlineData("^main")]
    [InlineData("main..main")]
    [InlineData("main:a.yaml")]
    [InlineData("main\n--all")]
    [InlineData("main\0")]
    [InlineData("@{999}")]
    [InlineData("0000000000000000000000000000000000000000")]
    [InlineData("--end-of-options")]
    public void What_is_no_revision_is_refused_and_runs_nothing(string revision)
    {
        repository.Write("a.yaml", "1").Commit();

        var loaded = GitRevision.Open(repository.Path, revision);

        Assert.False(loaded.TryGet(out _));
        Assert.Contains("revision", Assert.Single(loaded.Problems).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(repository.At("pwned")));
    }

    [Theory]
    [InlineData("@{0}")]
    [InlineData("@")]
    [InlineData("refs/heads/main")]
    public void The_usual_spellings_of_a_commit_are_understood(string revision)
    {
        repository.Write("a.yaml", "1").Commit();
        using var tree = Open(revision);

        Assert.Equal("1", Read(tree, "a.yaml"));
    }

    [Fact]
    public void A_tag_that_shadows_the_branch_is_refused()
    {
        repository.Write("a.yaml", "1").Commit();
        repository.Git("tag", "main");

        var problem = Assert.Single(GitRevision.Open(repository.Path, "main").Problems);
        Assert.Contains("more than one thing", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_are_followed_within_the_commit_only()
    {
        repository.Write("base/x.yaml", "x").Link("prod/in.yaml", "../base/x.yaml").Link("prod/out.yaml", "/etc/passwd")
            .Link("prod/up.yaml", "../../../etc/passwd")
                .Link("prod/loop.yaml", "loop.yaml")
                .Link("prod/folder", "../base")
                .Commit();
        using var tree = Open("main");

        Assert.Equal("x", Read(tree, "prod/in.yaml"));
        foreach (var path in new[] { "prod/out.yaml", "prod/up.yaml", "prod/loop.yaml" })
        {
            Assert.False(tree.TryRead(path, out _, out var problem));
            Assert.Contains("leads nowhere inside the repository", problem!.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_repositorys_configuration_and_hooks_run_nothing()
    {
        repository.Write("a.yaml", "1").Write(".gitattributes", "*.yaml filter=x diff=x\n").Commit();
        foreach (var key in new[] { "core.fsmonitor", "filter.x.smudge", "filter.x.clean", "diff.x.textconv", "core.pager",
            "core.sshCommand" })
            repository.Git("config", key, $"touch {repository.At("pwned")}; cat");
        using var tree = Open("main");

        Assert.Equal("1", Read(tree, "a.yaml"));
        Assert.False(File.Exists(repository.At("pwned")));
    }

    [Fact]
    public void A_program_called_git_in_the_judged_folder_is_not_run()
    {
        repository.Write("a.yaml", "1").Write("git", "#!/bin/sh\ntouch pwned\n").Commit();
        repository.Run("chmod", "+x", "git");
        using var tree = Open("main");

        Assert.Equal("1", Read(tree, "a.yaml"));
        Assert.False(File.Exists(repository.At("pwned")));
    }

    [Fact]
    public void A_submodule_is_told_rather_than_passed_over()
    {
        var commit = repository.Write("e/a.yaml", "a").Commit();
        repository.Git("update-index", "--add", "--cacheinfo", $"160000,{commit},e/sub");
        repository.Git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "submodule");
        using var tree = Open("main");

        var refusal = Assert.Single(tree.Enumerate("e"), file => file.Refusal is not null);
        Assert.Equal("e/sub", refusal.Path);
        Assert.False(tree.TryRead("e/sub", out _, out var problem));
        Assert.Contains("submodule", problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_writes_the_files_of_the_commit_and_nothing_beside_its_folder()
    {
        repository.Write("base/x.yaml", "x").Link("prod/in.yaml", "../base/x.yaml").Link("prod/out.yaml", "/etc/passwd").Commit();
        var evil = repository
            .Run(
                "sh", "-c",
                "t=$(git rev-parse HEAD:base); { git ls-tree HEAD; printf '040000 tree %s\\t..\\n' $t; } | git mktree")
            .Trim();
        var commit = repository.Git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit-tree", evil, "-m", "evil")
            .Trim();
        var tree = Open(commit);

        Assert.True(tree.TryExport("prod", out var folder, out _));
        var top = Path.GetDirectoryName(folder)!;
        var files = Directory.GetFiles(top, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(top, file))
            .Order(StringComparer.Ordinal);

        Assert.Equal(["base/x.yaml", "prod/in.yaml"], files);
        Assert.Equal("x", File.ReadAllText(Path.Combine(folder, "in.yaml")));
        Assert.False(File.Exists(Path.Combine(Path.GetTempPath(), "x.yaml")));
        tree.Dispose();
        Assert.False(Directory.Exists(top));
    }

    [Fact]
    public void A_folder_without_a_repository_says_so()
    {
        var problem = Assert.Single(GitRevision.Open(repository.Path, "main").Problems);
        Assert.Contains("no Git repository", problem.Message, StringComparison.Ordinal);
    }

    private GitRevision Open(string revision) => OpenIn(repository.Path, revision);

    private static GitRevision OpenIn(string folder, string revision)
    {
        var loaded = GitRevision.Open(folder, revision);
        return loaded.TryGet(out var tree) ? tree : throw new InvalidOperationException(loaded.Problems[0].ToString());
    }

    private static string Read(FileTree tree, string path) =>
        tree.TryRead(path, out var bytes, out var problem)
            ? Encoding.UTF8.GetString(bytes.Span)
            : throw new InvalidOperationException(problem?.ToString() ?? "no such file: " + path);
}
