using GitOpsPolicy.Kubernetes.Tests;
using GitOpsPolicy.Reconciler.Units;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Units;

/// <summary>What is wrong with a unit's source is told when the unit is read, at its place, and not when Git is asked.</summary>
public sealed class UnitSourceTests
{
    private const string Before = "apiVersion: gitopspolicy.dev/v1alpha1\nkind: Reconciliation\nmetadata: { name: shop }\nspec:\n  source:\n";

    [Theory]
    [InlineData("url: ftp://git.example.com/shop", 6, 10, "the address begins with none of `https://`, `http://`, `ssh://`, `git://`, `file://` or `/`; write `ssh://git@host/path` for `git@host:path`")]
    [InlineData("url: git@git.example.com:shop", 6, 10, "the address begins with none of `https://`, `http://`, `ssh://`, `git://`, `file://` or `/`; write `ssh://git@host/path` for `git@host:path`")]
    [InlineData("url: https://kim:hunter2@git.example.com/shop", 6, 10, "the address holds an account or a password; put them into a Secret")]
    [InlineData("url: https://git.example.com/shop/../other", 6, 10, "the path of the address holds characters, or steps such as `..`, that are not accepted")]
    [InlineData("url: ssh://git@git.example.com/shop", 6, 10, "an `ssh` address needs a `secretRef`")]
    [InlineData("url: /shop\n    branch: a b", 7, 13, "`branch` is none that can be followed")]
    [InlineData("url: /shop\n    branch: a..b", 7, 13, "`branch` is none that can be followed")]
    [InlineData("url: /shop\n    branch: a.lock", 7, 13, "`branch` is none that can be followed")]
    [InlineData("url: /shop\n    branch: feature/", 7, 13, "`branch` is none that can be followed")]
    [InlineData("url: /shop\n    branch: 'a@{1}'", 7, 13, "`branch` is none that can be followed")]
    [InlineData("url: /shop\n    branch: refs/heads/main", 7, 13, "`branch` is none that can be followed")]
    [InlineData("url: /shop\n    tag: v1~2", 7, 10, "`tag` is none that can be followed")]
    [InlineData("url: /shop\n    commit: HEAD", 7, 13, "`commit` is none that can be followed")]
    [InlineData("url: /shop\n    commit: refs/heads/main", 7, 13, "`commit` is none that can be followed")]
    [InlineData("url: /shop\n    ref: main", 7, 10, "`ref` is none that can be followed")]
    [InlineData("url: /shop\n    ref: refs/pull/1/head", 7, 10, "`ref` is none that can be followed")]
    public void A_source_that_cannot_be_asked_is_a_mistake_in_the_unit(string source, int line, int column, string message)
    {
        var problem = Assert.Single(UnitReader.Read(Sample.Object(Before + "    " + source + "\n")).Problems);

        Assert.Equal((line, column, message), (problem.Location.Line, problem.Location.Column, problem.Message));
        Assert.DoesNotContain("hunter2", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("url: /shop", "refs/heads/main")]
    [InlineData("url: ./fleet", "refs/heads/main")]
    [InlineData("url: ..", "refs/heads/main")]
    [InlineData("url: /shop\n    branch: feature/one.two", "refs/heads/feature/one.two")]
    [InlineData("url: /shop\n    branch: '@'", "refs/heads/@")]
    [InlineData("url: /shop\n    tag: v1.0.0+build", "refs/tags/v1.0.0+build")]
    [InlineData("url: /shop\n    ref: refs/tags/v1", "refs/tags/v1")]
    [InlineData("url: /shop\n    ref: '0123456789012345678901234567890123456789'", "0123456789012345678901234567890123456789")]
    [InlineData("url: 'ssh://git@git.example.com/shop'\n    secretRef: { name: git }", "refs/heads/main")]
    public void What_can_be_followed_is_read(string source, string reference)
    {
        var read = UnitReader.Read(Sample.Object(Before + "    " + source + "\n"));
        Assert.True(read.TryGet(out var unit), string.Join('\n', read.Problems));
        Assert.Equal(reference, unit.Source.Ref);
    }

    [Theory]
    [InlineData("now", "now")]
    [InlineData("", null)]
    public void A_unit_asks_for_another_try_by_an_annotation(string said, string? asked)
    {
        var read = UnitReader.Read(Sample.Object(
            $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: Reconciliation\nmetadata: {{ name: shop, annotations: {{ gitopspolicy.dev/retry: '{said}' }} }}\nspec: {{ source: {{ url: /shop }} }}\n"));
        Assert.Equal(asked, read.TryGet(out var unit) ? unit.Retry : "not read");
    }
}
