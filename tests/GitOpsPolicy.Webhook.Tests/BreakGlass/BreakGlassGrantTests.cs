using Xunit;

namespace GitOpsPolicy.Webhook.Tests.BreakGlass;

/// <summary>Which leave is in order, when it holds, and what it covers.</summary>
public sealed class BreakGlassGrantTests
{
    [Theory]
    [InlineData("approver: bob", "approver: alice", "`alice` cannot approve for themselves")]
    [InlineData("approver: bob", "approver: Alice", "`Alice` cannot approve for themselves")]
    [InlineData("approver: bob", "approver: ' ali ce '", "` ali ce ` cannot approve for themselves")]
    [InlineData("approver: bob", "approver: \"ali\\u200bce\"", "cannot approve for themselves")]
    [InlineData("  approver: bob\n", "", "`approver` is missing")]
    [InlineData("approver: bob", "approver: ''", "`approver` is empty")]
    [InlineData("  who: alice\n", "", "`who` is missing")]
    [InlineData("who: alice", "who: ' '", "`who` is empty")]
    [InlineData("who: alice", "who: [alice, carol]", "`who` must be text, not a list")]
    [InlineData("  reason: the registry is down and the shop with it\n", "", "`reason` is missing")]
    [InlineData("reason: the registry is down and the shop with it", "reason: ''", "`reason` is empty")]
    [InlineData("  incident: INC-7\n", "", "`incident` is missing")]
    [InlineData("  notAfter: 2026-03-01T14:00:00Z\n", "", "`notAfter` is missing")]
    [InlineData(
        "  notBefore: 2026-03-01T12:00:00Z\n", "",
        "`notBefore` is missing (outside of a cluster nothing else tells when it begins)")]
    [InlineData("2026-03-01T14:00:00Z", "2026-03-01T16:00:01Z", "it holds for more than 4 hours")]
    [InlineData("2026-03-01T14:00:00Z", "2026-03-01T14:00:00-04:00", "it holds for more than 4 hours")]
    [InlineData("2026-03-01T14:00:00Z", "2036-03-01T14:00:00Z", "it holds for more than 4 hours")]
    [InlineData("2026-03-01T14:00:00Z", "2026-03-01T12:00:00Z", "it ends before it begins")]
    [InlineData("2026-03-01T14:00:00Z", "2026-03-01T14:00:00", "must be a time such as 2026-03-31T18:00:00Z")]
    [InlineData("2026-03-01T14:00:00Z", "tomorrow", "must be a time such as 2026-03-31T18:00:00Z, not `tomorrow`")]
    [InlineData("scope: {", "scope: []\n  x: {", "`scope` must be a mapping")]
    [InlineData("operations: [create, update]", "operations: []", "`operations` is empty")]
    [InlineData(", operations: [create, update]", "", "`operations` is missing")]
    [InlineData("operations: [create, update]", "operations: [create, read]", "no request does `read`")]
    [InlineData("operations: [create, update]", "operations: ['*']", "unknown `operations` value `*`")]
    [InlineData(
        "namespaces: [shop, \"team-*\"], kinds: [ConfigMap, apps/Deployment], ", "",
        "the scope names neither `namespaces` nor `kinds`")]
    [InlineData("namespaces: [shop, \"team-*\"]", "namespaces: []", "`namespaces` is empty")]
    [InlineData("kinds: [ConfigMap", "kind: [ConfigMap", "unknown field `kind`, did you mean `kinds`?")]
    [InlineData("reason:", "notAfterAll: x\n  reason:", "unknown field `notAfterAll`")]
    [InlineData("kind: BreakGlass", "kind: Waiver", "this is no `BreakGlass`")]
    [InlineData("v1alpha1", "v2", "this is no `BreakGlass`")]
    public void Leave_that_is_not_in_order_is_none(string from, string to, string problem)
    {
        Assert.Contains(from, Grants.Good, StringComparison.Ordinal);
        var (read, problems) = Grants.Read(Grants.Good.Replace(from, to, StringComparison.Ordinal));
        Assert.Empty(read);
        Assert.Contains(problems, told => told.Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(7_199, true)]
    [InlineData(7_200, false)]
    [InlineData(86_400, false)]
    public void Leave_holds_from_its_beginning_to_its_end(int seconds, bool holds) =>
        Assert.Equal(holds, Grants.One(Grants.Good).HoldsAt(Grants.Begin.AddSeconds(seconds)));

    [Theory]
    [InlineData("2026-03-01T16:00:00Z", true)]
    [InlineData("2026-03-01T18:00:00+02:00", true)]
    [InlineData("2026-03-01T16:00:01Z", false)]
    public void In_a_cluster_four_hours_count_from_when_it_was_made(string end, bool isInOrder)
    {
        var made = Grants.Good.Replace(
            "{ name: night-shift }",
            "{ name: night-shift, creationTimestamp: '2026-03-01T12:00:00Z', uid: a, managedFields: [] }",
            StringComparison.Ordinal)
            .Replace("  notBefore: 2026-03-01T12:00:00Z\n", "", StringComparison.Ordinal)
                .Replace("2026-03-01T14:00:00Z", end, StringComparison.Ordinal);
        Assert.Equal(isInOrder ? 1 : 0, Grants.Read(made).Read.Count);
    }

    [Theory]
    [InlineData("CREATE /ConfigMap shop/a by alice", true)]
    [InlineData("UPDATE /ConfigMap shop/a by alice", true)]
    [InlineData("UPDATE apps/Deployment team-a/web by alice", true)]
    [InlineData("DELETE /ConfigMap shop/a by alice", false)]
    [InlineData("CONNECT /ConfigMap shop/a by alice", false)]
    [InlineData("UPDATE /ConfigMap shop/a by bob", false)]
    [InlineData("UPDATE /ConfigMap shop/a by Alice", false)]
    [InlineData("UPDATE /ConfigMap shop/a by alice2", false)]
    [InlineData("UPDATE /ConfigMap shop-2/a by alice", false)]
    [InlineData("UPDATE /ConfigMap team/a by alice", false)]
    [InlineData("UPDATE /Secret shop/a by alice", false)]
    [InlineData("UPDATE extensions/Deployment shop/web by alice", false)]
    [InlineData("UPDATE other/ConfigMap shop/a by alice", true)]
    [InlineData("UPDATE /Namespace /shop by alice", false)]
    [InlineData("UPDATE /Node /worker by alice", false)]
    public void What_fits_every_line_of_the_scope_is_covered(string request, bool isCovered) =>
        Assert.Equal(isCovered, Grants.One(Grants.Good).Covers(Grants.Request(request), ["a"]));

    [Theory]
    [InlineData("{ operations: [delete], namespaces: ['*'] }", "DELETE /ConfigMap shop/a by alice", true)]
    [InlineData("{ operations: [delete], namespaces: ['*'] }", "DELETE /Namespace /shop by alice", false)]
    [InlineData("{ operations: [delete], namespaces: ['*'] }", "DELETE /Node /worker by alice", false)]
    [InlineData("{ operations: [delete], namespaces: [shop], kinds: [Namespace] }", "DELETE /Namespace /shop by alice", true)]
    [InlineData("{ operations: [delete], namespaces: [shop], kinds: [Namespace] }", "DELETE /Namespace /other by alice", false)]
    [InlineData("{ operations: [delete], kinds: [Node] }", "DELETE /Node /worker by alice", true)]
    [InlineData("{ operations: [delete], namespaces: ['*'], kinds: [Node] }", "DELETE /Node /worker by alice", false)]
    [InlineData("{ operations: [update], kinds: ['*'] }", "UPDATE /Node /worker by alice", true)]
    [InlineData("{ operations: [create], kinds: ['*'] }", "CREATE gitopspolicy.dev/BreakGlass /more by alice", false)]
    [InlineData(
        "{ operations: [update], kinds: [gitopspolicy.dev/BreakGlass] }",
        "UPDATE gitopspolicy.dev/BreakGlass /night-shift by alice", false)]
    [InlineData(
        "{ operations: [connect], namespaces: [shop], kinds: [PodExecOptions] }", "CONNECT /PodExecOptions shop/web-1 by alice",
        true)]
    public void Objects_outside_of_namespaces_are_covered_only_where_their_kind_is_named_and_leave_itself_never(
        string scope, string request, bool isCovered) =>
        Assert.Equal(isCovered, Grants.One(Grants.WithScope(scope)).Covers(Grants.Request(request), ["a"]));

    [Theory]
    [InlineData("a", true)]
    [InlineData("a,b", true)]
    [InlineData("c", false)]
    [InlineData("a,c", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Leave_for_some_rules_covers_no_other(string? broken, bool isCovered)
    {
        var grant = Grants.One(Grants.WithScope("{ operations: [update], namespaces: [shop], rules: [a, b] }"));
        Assert.Equal(
            isCovered,
            grant.Covers(
                Grants.Request("UPDATE /ConfigMap shop/a by alice"),
                broken is null ? null : [.. broken.Split(',', StringSplitOptions.RemoveEmptyEntries)]));
    }

    [Fact]
    public void Of_two_of_one_name_only_the_first_counts()
    {
        var (read, problems) = Grants.Read(
            Grants.Good + "---\n" + Grants.Good.Replace("alice", "carol", StringComparison.Ordinal));
        Assert.Equal("alice", Assert.Single(read).Who);
        Assert.Contains("there is another BreakGlass `night-shift`", Assert.Single(problems), StringComparison.Ordinal);
    }
}
