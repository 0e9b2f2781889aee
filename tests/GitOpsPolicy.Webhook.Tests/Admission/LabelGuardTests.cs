using System.Text;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Webhook.Admission;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Admission;

/// <summary>The label that takes a namespace out of sight is changed only by those who may.</summary>
public sealed class LabelGuardTests
{
    private const string Key = "policy.example.com/exempt";

    private static readonly LabelGuard Guard = new(Key, ["alice", "platform-admins"]);

    [Theory]
    [InlineData("CREATE", null, "yes", "mallory", false)]
    [InlineData("CREATE", null, "", "mallory", false)]
    [InlineData("CREATE", null, null, "mallory", true)]
    [InlineData("CREATE", null, "yes", "alice", true)]
    [InlineData("CREATE", null, "yes", "Alice", false)]
    [InlineData("UPDATE", null, "yes", "mallory", false)]
    [InlineData("UPDATE", "yes", null, "mallory", false)]
    [InlineData("UPDATE", "yes", "no", "mallory", false)]
    [InlineData("UPDATE", "yes", "", "mallory", false)]
    [InlineData("UPDATE", "yes", "yes", "mallory", true)]
    [InlineData("UPDATE", null, null, "mallory", true)]
    [InlineData("UPDATE", "yes", null, "alice", true)]
    [InlineData("DELETE", "yes", null, "mallory", true)]
    public void The_label_is_set_changed_and_removed_only_by_those_named(
        string operation, string? before, string? after, string user, bool isAllowed) =>
        Assert.Equal(isAllowed, Judge(operation, before, after, user).IsAllowed);

    [Fact]
    public void A_group_may_be_named_as_well() =>
        Assert.True(Judge("UPDATE", null, "yes", "bob", groups: "platform-admins").IsAllowed);

    [Theory]
    [InlineData("status")]
    [InlineData("finalize")]
    public void It_is_guarded_through_subresources_too(string subresource) =>
        Assert.False(Judge("UPDATE", null, "yes", "mallory", subresource: subresource).IsAllowed);

    [Fact]
    public void A_denial_says_who_may_not_do_what() => Assert.Equal(
        "changes `policy.example.com/exempt` from `yes` to `no`, which takes a namespace out of the rules' sight: `mallory` may not do that",
        Judge("UPDATE", "yes", "no", "mallory").Message);

    [Fact]
    public void Other_labels_are_not_its_concern() =>
        Assert.True(Guard.Judge(Read(Namespace("UPDATE", """{"a":"b"}""", """{"a":"c"}""", "mallory"))).IsAllowed);

    [Fact]
    public void What_cannot_be_told_is_denied()
    {
        var review = Read(Namespace("UPDATE", "{}", "{}", "mallory"));
        Assert.False(Guard.Judge(review with { Object = null }).IsAllowed);
        Assert.False(Guard.Judge(review with { Resource = review.Resource with { Kind = "Pod" } }).IsAllowed);
    }

    private static Answer Judge(
        string operation, string? before, string? after, string user, string groups = "system:authenticated",
        string subresource = "") =>
        Guard.Judge(Read(Namespace(
            operation, Labels(before), operation == "DELETE" ? null : Labels(after), user, groups, subresource)));

    private static string Labels(string? value) => value is null ? "{}" : $$"""{"{{Key}}":"{{value}}"}""";

    private static AdmissionReview Read(string text)
    {
        Assert.True(AdmissionReviewReader.Read(Encoding.UTF8.GetBytes(text)).TryGet(out var review));
        return review;
    }

    private static string Namespace(
        string operation, string before, string? after, string user, string groups = "system:authenticated",
        string subresource = "")
    {
        static string Of(string? labels) =>
            labels is null
                ? "null"
                : $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop","labels":{{{labels}}}}}""";
        return $$$"""
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","kind":{"group":"","version":"v1","kind":"Namespace"},"name":"shop","namespace":"shop",
            "subResource":"{{{subresource}}}","operation":"{{{operation}}}","userInfo":{"username":"{{{user}}}","groups":["{{{groups}}}"]},
            "object":{{{Of(after)}}},"oldObject":{{{(operation == "CREATE" ? "null" : Of(before))}}}}}
            """;
    }
}
