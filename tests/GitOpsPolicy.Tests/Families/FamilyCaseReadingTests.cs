using GitOpsPolicy.Tests.Knowledge;
using Xunit;

namespace GitOpsPolicy.Tests.Families;

/// <summary>A mistake in a case is told, rather than letting the case test less than it seems to.</summary>
public sealed class FamilyCaseReadingTests
{
    [Theory]
    [InlineData("{ name: x, haed: a, expect: [] }", "unknown field `haed`, did you mean `head`?")]
    [InlineData("{ name: x, expect: [] }", "the case has nothing to judge")]
    [InlineData("{ name: x, head: a }", "`expect` is missing")]
    [InlineData("{ name: x, head: a, expect: [denies some-rule Pod a/b] }", "`denies` is no action")]
    [InlineData("{ head: a, expect: [] }", "`name` is missing")]
    public void A_case_that_is_no_case_fails(string written, string said)
    {
        var error = Assert.Throws<FormatException>(() => FamilyCase.Read("prune", Made.Object(written)));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_in_one_text_is_action_rule_and_resource()
    {
        var read = FamilyCase.Read(
            "prune", Made.Object("{ name: x, head: a, expect: [deny some-rule Deployment prod/web, warn some-set-rule] }"));

        Assert.Equal(
            [new("deny", "some-rule", "Deployment prod/web", []), new("warn", "some-set-rule", "", [])], read.Expect.ToArray());
    }

    [Fact]
    public void A_side_may_be_made_of_parts_of_which_some_repeat()
    {
        var read = FamilyCase.Read("prune", Made.Object("{ name: x, head: [a, { repeat: 2, of: 'b${n}' }], expect: [] }"));

        Assert.True(read.Head!.TryRead(CaseFiles.OnlyFile, out var bytes, out _));
        Assert.Equal("a\n---\n---\nb1\n---\nb2\n", System.Text.Encoding.UTF8.GetString(bytes.Span));
    }
}
