using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Tests.Policies;
using Xunit;

namespace GitOpsPolicy.Tests.Evaluation;

public sealed class VerdictTests
{
    [Theory]
    [InlineData(FindingAction.Deny, Enforcement.Deny, FindingAction.Deny)]
    [InlineData(FindingAction.Deny, Enforcement.Warn, FindingAction.Warn)]
    [InlineData(FindingAction.Deny, Enforcement.Audit, FindingAction.Audit)]
    [InlineData(FindingAction.Warn, Enforcement.Deny, FindingAction.Warn)]
    [InlineData(FindingAction.Warn, Enforcement.Warn, FindingAction.Warn)]
    [InlineData(FindingAction.Warn, Enforcement.Audit, FindingAction.Audit)]
    [InlineData(FindingAction.Audit, Enforcement.Deny, FindingAction.Audit)]
    [InlineData(FindingAction.Audit, Enforcement.Warn, FindingAction.Audit)]
    [InlineData(FindingAction.Audit, Enforcement.Audit, FindingAction.Audit)]
    public void The_weaker_of_rule_and_enforcement_counts_and_a_waiver_stops_both(
        FindingAction wanted, Enforcement limit, FindingAction expected)
    {
        Assert.Equal(expected, Verdict.ActionOf(wanted, limit, isWaived: false));
        Assert.Equal(FindingAction.Audit, Verdict.ActionOf(wanted, limit, isWaived: true));
    }

    [Fact]
    public void A_rule_that_is_off_has_no_findings() =>
        Assert.Throws<ArgumentException>(() => Verdict.ActionOf(FindingAction.Deny, Enforcement.Off, isWaived: false));

    [Theory]
    [InlineData(null, false, false, Outcome.Allow)]
    [InlineData(FindingAction.Audit, false, false, Outcome.Allow)]
    [InlineData(FindingAction.Warn, false, false, Outcome.Warn)]
    [InlineData(FindingAction.Deny, false, false, Outcome.Deny)]
    [InlineData(null, true, false, Outcome.Undetermined)]
    [InlineData(FindingAction.Warn, true, false, Outcome.Undetermined)]
    [InlineData(null, false, true, Outcome.Undetermined)]
    [InlineData(FindingAction.Deny, true, true, Outcome.Deny)]
    public void The_worst_counts_and_no_answer_is_never_allowed(
        FindingAction? worst, bool isUndetermined, bool hasFailed, Outcome expected) =>
        Assert.Equal(expected, Verdict.OutcomeOf(worst, isUndetermined, hasFailed));

    // action of the one finding, undetermined, failed, unreadable input, fail on, allow undetermined => exit code
    [Theory]
    [InlineData(null, false, false, false, FindingAction.Deny, false, 0)]
    [InlineData(FindingAction.Audit, false, false, false, FindingAction.Warn, false, 0)]
    [InlineData(FindingAction.Warn, false, false, false, FindingAction.Deny, false, 0)]
    [InlineData(FindingAction.Warn, false, false, false, FindingAction.Warn, false, 1)]
    [InlineData(FindingAction.Deny, false, false, false, FindingAction.Deny, false, 1)]
    [InlineData(FindingAction.Deny, true, false, false, FindingAction.Deny, false, 1)]
    [InlineData(null, true, false, false, FindingAction.Deny, false, 3)]
    [InlineData(null, true, false, false, FindingAction.Deny, true, 0)]
    [InlineData(FindingAction.Deny, false, true, false, FindingAction.Deny, true, 3)]
    [InlineData(FindingAction.Deny, false, false, true, FindingAction.Deny, true, 3)]
    [InlineData(null, false, false, true, FindingAction.Deny, true, 3)]
    public void The_exit_code_says_whether_the_answer_can_be_trusted(
        FindingAction? action, bool isUndetermined, bool hasFailed, bool isUnreadable, FindingAction failOn,
        bool allowUndetermined, int expected)
    {
        var place = new SourceLocation("a.yaml", 1, 1);
        var decision = new Decision
        {
            Outcome = Outcome.Allow,
            Id = "",
            RuleSetDigest = "",
            ChangeSet = new() { Changes = [], Problems = isUnreadable ? [new(place, "broken")] : [] },
            Findings = action is { } a ? [Finding(a, place)] : [],
            Undetermined = isUndetermined ? [new("r", null, [], place)] : [],
            Failures = hasFailed ? [new("r", null, "it threw", place)] : [],
        };
        Assert.Equal(expected, ExitCode.For(decision, failOn, allowUndetermined));
    }

    // enforcement in the configuration, of the rule itself => what a denial does in CI and in an audit
    [Theory]
    [InlineData("{}", "deny", FindingAction.Deny, FindingAction.Audit)]
    [InlineData("{}", "warn", FindingAction.Warn, FindingAction.Audit)]
    [InlineData("{ ci: warn, audit: deny }", "deny", FindingAction.Warn, FindingAction.Deny)]
    [InlineData("{ rules: { r: warn } }", "deny", FindingAction.Warn, FindingAction.Audit)]
    [InlineData("{ rules: { r: deny } }", "audit", FindingAction.Deny, FindingAction.Audit)]
    [InlineData("{ ci: warn, rules: { r: deny } }", "deny", FindingAction.Warn, FindingAction.Audit)]
    [InlineData("{ ci: warn, rules: { r: { ci: deny, audit: warn } } }", "audit", FindingAction.Deny, FindingAction.Warn)]
    [InlineData("{ rules: { r: { ci: off } } }", "deny", null, FindingAction.Audit)]
    public void The_configuration_says_how_much_a_rule_may_do_where(
        string configured, string own, FindingAction? ci, FindingAction? audit)
    {
        var repository = new Repository().WithRule("r", $"enforcement: '{own}'\nforbid: {{ kind: Pod }}")
            .WithConfig($"enforcement: {configured}");
        var changes = Repository.Manifests("apiVersion: v1\nkind: Pod\nmetadata: { name: a }");
        var audited = changes with { Changes = [changes.Changes[0] with { Surface = Surface.Audit }] };
        Assert.Equal(ci, repository.Judge(changes).Findings.SingleOrDefault()?.Action);
        Assert.Equal(audit, repository.Judge(audited).Findings.SingleOrDefault()?.Action);
    }

    private static Finding Finding(FindingAction action, SourceLocation place) => new()
    {
        Rule = "r",
        Title = "r",
        Severity = Severity.High,
        Action = action,
        Message = "m",
        Location = place,
        Fingerprint = "",
    };
}
