using System.Text;
using GitOpsPolicy.Inputs.Files;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Files;

public sealed class WorkTreeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_are_listed_in_the_order_of_their_paths_without_hidden_folders()
    {
        folder.Write("e/b.yaml", "")
            .Write("e/a/z.yaml", "")
            .Write("e/a.yaml", "")
            .Write("e/.terraform/x.yaml", "")
            .Write("e/.sops.yaml", "");
        using var tree = new WorkTree(folder.Path);

        Assert.Equal(["e/.sops.yaml", "e/a.yaml", "e/a/z.yaml", "e/b.yaml"], tree.Enumerate("e").Select(f => f.Path));
        Assert.Equal(["./e/.sops.yaml", "./e/a.yaml", "./e/a/z.yaml", "./e/b.yaml"], tree.Enumerate("./e/").Select(f => f.Path));
    }

    [Fact]
    public void A_file_is_read_whole()
    {
        folder.Write("a.yaml", "kind: ä\n");
        using var tree = new WorkTree(folder.Path);

        Assert.True(tree.TryRead("a.yaml", out var bytes, out var problem));
        Assert.Null(problem);
        Assert.Equal("kind: ä\n", Encoding.UTF8.GetString(bytes.Span));
    }

    [Fact]
    public void A_file_that_is_not_there_is_no_problem_of_the_tree()
    {
        using var tree = new WorkTree(folder.Path);

        Assert.False(tree.TryRead("missing.yaml", out _, out var problem));
        Assert.Null(problem);
        Assert.Equal(PathKind.Missing, tree.Find("missing.yaml"));
    }

    [Theory]
    [InlineData("/etc/passwd", "leads out of the tree")]
    [InlineData("../../../../../../../../etc/passwd", "leads out of the tree")]
    [InlineData("/dev/zero", "leads out of the tree")]
    [InlineData("/proc/self/environ", "leads out of the tree")]
    [InlineData("missing.yaml", "leads nowhere")]
    [InlineData("link.yaml", "in a circle")]
    [InlineData("../sub", "is a folder")]
    public void A_link_that_leads_to_anything_but_a_file_of_the_tree_is_refused(string target, string reason)
    {
        folder.Write("in/sub/x.yaml", "").Link("in/a/link.yaml", target);
        using var tree = new WorkTree(folder.Path);
        var listed = tree.Enumerate("in").Select(f => f.Path).ToList();

        Assert.False(tree.TryRead("in/a/link.yaml", out _, out var problem));
        Assert.Contains(reason, problem!.Message, StringComparison.Ordinal);
        Assert.StartsWith("in/a/link.yaml: ", problem.ToString(), StringComparison.Ordinal);
        Assert.Contains("in/sub/x.yaml", listed);
    }

    [Fact]
    public void Links_that_lead_to_each_other_are_refused()
    {
        folder.Link("in/a.yaml", "b.yaml").Link("in/b.yaml", "a.yaml");
        using var tree = new WorkTree(folder.Path);

        Assert.False(tree.TryRead("in/a.yaml", out _, out var problem));
        Assert.Contains("in a circle", problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_another_file_of_the_folder_is_read()
    {
        folder.Write("in/base/x.yaml", "kind: A").Link("in/prod/x.yaml", "../base/x.yaml");
        using var tree = new WorkTree(folder.Path);
        _ = tree.Enumerate("in").Count();

        Assert.True(tree.TryRead("in/prod/x.yaml", out var bytes, out _));
        Assert.Equal("kind: A", Encoding.UTF8.GetString(bytes.Span));
    }

    [Fact]
    public void A_link_may_leave_the_folder_given_but_not_the_repository_nor_enter_its_own_files()
    {
        folder.Write("base/x.yaml", "kind: A").Link("prod/x.yaml", "../base/x.yaml").Link("prod/config.yaml", "../.git/config");
        folder.Commit();
        using var tree = new WorkTree(folder.Path);

        Assert.True(tree.TryRead("prod/x.yaml", out _, out _));
        Assert.False(tree.TryRead("prod/config.yaml", out _, out var problem));
        Assert.Contains("the repository's own files", problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_linked_folder_is_not_followed_and_hides_nothing()
    {
        folder.Write("other/x.yaml", "")
            .Write("in/real/y.yaml", "")
            .Link("in/inside", "real")
            .Link("in/up", "..")
            .Link("in/outside", "../other");
        using var tree = new WorkTree(folder.Path);
        var files = tree.Enumerate("in").ToList();

        Assert.Equal(["in/outside", "in/real/y.yaml", "in/up"], files.Select(f => f.Path));
        Assert.NotNull(files[0].Refusal);
        Assert.Null(files[1].Refusal);
        Assert.NotNull(files[2].Refusal);
    }

    [Fact]
    public void A_pipe_is_refused_without_being_opened()
    {
        folder.Write("in/empty.yaml", "").Run("mkfifo", "in/pipe.yaml");
        using var tree = new WorkTree(folder.Path);

        Assert.False(tree.TryRead("in/pipe.yaml", out _, out var problem));
        Assert.Contains("pipe, socket or device", problem!.Message, StringComparison.Ordinal);
        Assert.True(tree.TryRead("in/empty.yaml", out _, out _));
        Assert.False(tree.TryRead("/dev/zero", out _, out problem));
        Assert.Contains("pipe, socket or device", problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_a_huge_hole_is_refused()
    {
        folder.Write("big.yaml", "");
        using (var stream = File.OpenWrite(folder.At("big.yaml"))) stream.SetLength(2L * 1024 * 1024 * 1024);
        using var tree = new WorkTree(folder.Path);

        Assert.False(tree.TryRead("big.yaml", out _, out var problem));
        Assert.Contains("larger than 16 MiB", problem!.Message, StringComparison.Ordinal);
    }
}
