using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Inputs.Files;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Diff;

public sealed class GitDiffTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_work_tree_is_compared_with_what_the_branch_started_from()
    {
        folder.Write("prod/a.yaml", ConfigMap("a", "1"))
            .Write("prod/gone.yaml", ConfigMap("gone", "1"))
            .Write("dev/d.yaml", ConfigMap("d", "1"))
            .Commit();
        folder.Git("checkout", "-q", "-b", "feature");
        folder.Git("rm", "-q", "prod/gone.yaml");
        folder.Write("prod/a.yaml", ConfigMap("a", "2")).Commit();
        folder.Git("checkout", "-q", "main");
        folder.Write("prod/later.yaml", ConfigMap("later", "1")).Commit();
        folder.Git("checkout", "-q", "feature");
        folder.Write("prod/not-committed.yaml", ConfigMap("new", "new"));

        var set = Compare("main", "prod");

        Assert.Equal(
            [
                "Update ConfigMap a prod/a.yaml:1:1",
                "Create ConfigMap new prod/not-committed.yaml:1:1",
                "Delete ConfigMap gone prod/gone.yaml:1:1"
            ],
            set.Changes.Select(c => $"{c.Operation} {c.Resource} {c.Location}"));
        Assert.Equal(2, set.CountBefore);
        Assert.Equal("main", set.Changes[2].Before!.Document!.Source.Revision);
        Assert.True(set.Changes[2].Before!.Document!.Source.TryGetExcerpt(2, 1, out var excerpt));
        Assert.Equal("kind: ConfigMap", excerpt.Text);
        Assert.Equal(ChangeCause.Prune, set.Changes[2].Cause);
    }

    [Fact]
    public void A_folder_that_is_not_there_yet_has_an_empty_base_and_one_that_is_gone_an_empty_head()
    {
        folder.Write("old/a.yaml", ConfigMap("a", "1")).Commit();
        folder.Git("rm", "-q", "-r", "old");
        folder.Write("new/b.yaml", ConfigMap("b", "x"));

        Assert.Equal(Operation.Create, Assert.Single(Compare("main", "new").Changes).Operation);
        Assert.Equal(Operation.Delete, Assert.Single(Compare("main", "old").Changes).Operation);
        Assert.Equal(Operation.Delete, Assert.Single(Compare("main", "old/a.yaml").Changes).Operation);
        Assert.Contains(
            "no such file or folder", Assert.Single(Compare("main", "never").Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_matches_what_was_deleted_too()
    {
        folder.Write("prod/a/x.yaml", ConfigMap("a", "1")).Write("prod/b/x.yaml", ConfigMap("b", "2")).Commit();
        folder.Git("rm", "-q", "-r", "prod/b");

        Assert.Equal([Operation.None, Operation.Delete], Compare("main", "prod/*/x.yaml").Changes.Select(c => c.Operation));
    }

    [Theory]
    [InlineData("head", "base", "head/sub/a.yaml")]
    [InlineData("./head/", "./base/", "./head/sub/a.yaml")]
    public void A_folder_can_be_the_base_of_another(string path, string baseName, string file)
    {
        folder.Write("base/sub/a.yaml", ConfigMap("a", "1") + "---\n" + ConfigMap("b", "2"))
            .Write("head/sub/a.yaml", ConfigMap("a", "2"));

        var set = Compare(baseName, path);

        Assert.Equal([Operation.Update, Operation.Delete], set.Changes.Select(c => c.Operation));
        Assert.All(set.Changes, change => Assert.Equal(file, change.File));
        Assert.StartsWith(baseName.TrimEnd('/') + "/sub/a.yaml", set.Changes[1].Location.File, StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_folder_that_mirrors_the_tree_is_compared_path_by_path()
    {
        folder.Write("released/prod/a.yaml", ConfigMap("a", "1"))
            .Write("released/dev/b.yaml", ConfigMap("b", "1"))
            .Write("prod/a.yaml", ConfigMap("a", "1"));

        Assert.Equal(Operation.None, Assert.Single(Compare("released", "prod").Changes).Operation);
    }

    [Fact]
    public void A_folder_named_like_the_revision_is_not_mistaken_for_it()
    {
        folder.Write("prod/a.yaml", ConfigMap("a", "1")).Commit();
        folder.Git("rm", "-q", "prod/a.yaml");
        folder.Write("main/prod/unrelated.yaml", ConfigMap("u", "1"));

        Assert.Equal(["Delete ConfigMap a"], Compare("main", "prod").Changes.Select(c => $"{c.Operation} {c.Resource}"));
        Assert.NotNull(ComparisonBaseOf("./main").Folder);
    }

    [Fact]
    public void A_base_that_is_neither_says_what_is_missing()
    {
        folder.Write("prod/a.yaml", "").Commit();

        Assert.Contains(
            "no revision `origin/main`", Assert.Single(ComparisonBase.Open(folder.Path, "origin/main").Problems).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_file_of_the_base_makes_the_picture_incomplete_and_can_be_mended()
    {
        folder.Write("prod/a.yaml", "kind: [").Commit();
        folder.Write("prod/a.yaml", ConfigMap("a", "1"));

        var set = Compare("main", "prod");

        Assert.Empty(set.Problems);
        Assert.Contains("prod/a.yaml:", Assert.Single(set.Incomplete.AsEnumerable()), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_of_the_base_are_masked_as_those_of_the_head()
    {
        folder.Write("prod/a.yaml", "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringData: { x: old-password }\n")
            .Commit();
        folder.Write("prod/a.yaml", "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringData: { x: new-password }\n");

        var set = Compare("main", "prod");

        Assert.Superset(
            new HashSet<string> { "old-password", "new-password" }, set.SensitiveTexts.ToHashSet(StringComparer.Ordinal));
    }

    private ComparisonBase ComparisonBaseOf(string name)
    {
        var opened = ComparisonBase.Open(folder.Path, name);
        return opened.TryGet(out var found) ? found : throw new InvalidOperationException(opened.Problems[0].ToString());
    }

    private ChangeSet Compare(string baseName, string path)
    {
        using var found = ComparisonBaseOf(baseName);
        using var head = new WorkTree(folder.Path);
        return new DiffInput(head, found).ReadChanges([path]);
    }

    private static string ConfigMap(string name, string value) =>
        $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: {name} }}\ndata: {{ x: \"{value}\", {name}: only }}\n";
}
