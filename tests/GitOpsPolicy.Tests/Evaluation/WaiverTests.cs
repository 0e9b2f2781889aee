using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Tests.Policies;
using Xunit;

namespace GitOpsPolicy.Tests.Evaluation;

public sealed class WaiverTests
{
    private const string Good = "rule: no-web\nresource: Service prod/web\nowner: team\napprover: security\nticket: OPS-1\nreason: it is old\nexpires: 2026-02-01";
    private const string Services = """
        apiVersion: v1
        kind: Service
        metadata: { name: web, namespace: prod }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: web, namespace: dev }
        """;

    private static Repository Rules() => new Repository().WithRule("no-web", "forbid: { metadata: { name: web } }");

    private static Decision Judge(string waiver) => Rules().WithDocument("waivers/w.yaml", "Waiver", "w", waiver).Judge(Services);

    private static string[] Told(Decision decision) =>
        [.. decision.Findings.Select(
            f => $"{f.Action} {f.Rule}: {(f.Waiver is null ? "" : $"[{f.Waiver}: {f.WaiverReason}] ")}{f.Message}")];

    [Fact]
    public void A_waiver_excuses_its_resource_and_nothing_else()
    {
        var decision = Judge(Good);
        Assert.Equal(
            ["Audit no-web: [w: it is old] `metadata.name` must not be `web`", "Deny no-web: `metadata.name` must not be `web`"],
            Told(decision));
        Assert.Equal(Outcome.Deny, decision.Outcome);
    }

    [Fact]
    public void A_change_whose_findings_are_all_waived_is_allowed() =>
        Assert.Equal(Outcome.Allow, Judge(Good.Replace("prod/web", "*/web")).Outcome);

    // change to the good waiver => why it does not hold
    [Theory]
    [InlineData("owner: team", "owner: ''", "has no owner")]
    [InlineData("approver: security", "approver: ''", "has no approver")]
    [InlineData("approver: security", "approver: Team", "is approved by its own owner")]
    [InlineData("ticket: OPS-1\n", "", "has no ticket")]
    [InlineData("reason: it is old\n", "", "gives no reason")]
    [InlineData("expires: 2026-02-01", "", "has no expiry date")]
    [InlineData("expires: 2026-02-01", "expires: 2026-01-14", "expired on 2026-01-14")]
    [InlineData("expires: 2026-02-01", "expires: 2026-04-16", "expires on 2026-04-16, more than 90 days ahead")]
    [InlineData("rule: no-web", "rule: no-wbe", "names the rule `no-wbe`, which does not exist")]
    public void A_waiver_that_does_not_hold_excuses_nothing_and_is_told(string from, string to, string flaw)
    {
        var decision = Judge(Good.Replace(from, to));
        Assert.Contains($"Warn waiver: the waiver `w` does not hold: it {flaw}", Told(decision));
        Assert.Equal(2, decision.Findings.Count(f => f.Action == FindingAction.Deny));
    }

    [Theory]
    [InlineData("2026-01-15")]
    [InlineData("2026-04-15")]
    public void A_waiver_holds_through_its_last_day_and_up_to_ninety_days_ahead(string expires) =>
        Assert.Single(Judge(Good.Replace("2026-02-01", expires)).Findings, f => f.Waiver == "w");

    [Fact]
    public void A_rule_may_refuse_waivers()
    {
        var decision = new Repository().WithRule("no-web", "waivable: false\nforbid: { metadata: { name: web } }")
            .WithDocument("waivers/w.yaml", "Waiver", "w", Good).Judge(Services);
        Assert.Contains(
            "Warn waiver: the waiver `w` does not hold: it names the rule `no-web`, which may not be waived", Told(decision));
    }

    [Fact]
    public void A_waiver_for_a_finding_that_is_gone_is_told() =>
        Assert.Contains(
            "Warn waiver: the waiver `w` is not needed: `no-web` finds nothing to excuse about `Service prod/web`",
            Told(Rules().WithDocument("waivers/w.yaml", "Waiver", "w", Good + "\nfingerprint: f000000000000000")
                .Judge(Services)));

    [Fact]
    public void A_waiver_for_a_resource_that_is_not_there_is_told_quietly() =>
        Assert.Contains(
            "Audit waiver: the waiver `w` is unused: there is no `Service prod/other` here",
            Told(Judge(Good.Replace("prod/web", "prod/other"))));

    [Fact]
    public void Two_waivers_never_add_up_to_one()
    {
        var fingerprint = Rules().Judge(Services).Findings[0].Fingerprint;
        var decision = Rules()
            .WithDocument("waivers/a.yaml", "Waiver", "a", Good.Replace("prod/web", "dev/web") + $"\nfingerprint: {fingerprint}")
            .WithDocument("waivers/b.yaml", "Waiver", "b", Good + "\nfingerprint: f000000000000000")
            .Judge(Services);
        Assert.Equal(2, decision.Findings.Count(f => f.Action == FindingAction.Deny));
    }

    [Theory]
    [InlineData("Service prod/*", 1)]
    [InlineData("Service */web", 2)]
    [InlineData("k8s:/Service/prod/web", 1)]
    [InlineData("* prod/web", 1)]
    [InlineData("Service *", 0)]
    [InlineData("Service prod/we", 0)]
    [InlineData("set", 0)]
    public void A_star_stands_for_text_without_a_slash(string resource, int waived) =>
        Assert.Equal(waived, Judge(Good.Replace("Service prod/web", $"'{resource}'")).Findings.Count(f => f.Waiver is not null));
}
