using System.Text;
using GitOpsPolicy.Inputs.Promotion;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Promotion;

public sealed class ApprovalsFileTests
{
    [Fact]
    public void Author_approvers_and_teams_are_read()
    {
        var read = ApprovalsFile.Read(
            "a.json",
            Encoding.UTF8.GetBytes("""{ "author": "ann", "approvedBy": ["bob"], "teams": { "@acme/ops": ["bob", "cid"] } }"""));

        Assert.True(read.TryGet(out var approvals));
        Assert.Equal(
            ("ann", "bob", "bob cid"),
            (approvals.Author, string.Join(' ', approvals.By), string.Join(' ', approvals.Teams["@acme/ops"])));
    }

    [Theory]
    [InlineData("[]", "a.json:1:1: this is no mapping (`{ \"author\": …, \"approvedBy\": […] }`)")]
    [InlineData("{}", "a.json:1:1: `approvedBy` is missing")]
    [InlineData("{ approvedBy: [], approvdBy: [] }", "a.json:1:19: unknown field `approvdBy`, did you mean `approvedBy`?")]
    [InlineData("{ approvedBy: [1] }", "a.json:1:16: `approvedBy` must be text, not the number `1` (write it in quotes)")]
    public void A_mistake_is_told_with_its_place(string text, string said)
    {
        var read = ApprovalsFile.Read("a.json", Encoding.UTF8.GetBytes(text));

        Assert.False(read.TryGet(out _));
        Assert.StartsWith(said, string.Join("\n", read.Problems), StringComparison.Ordinal);
    }
}
