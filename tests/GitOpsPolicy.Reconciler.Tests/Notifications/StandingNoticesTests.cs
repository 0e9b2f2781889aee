using GitOpsPolicy.Reconciler.Notifications;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Status;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Notifications;

/// <summary>What there is to be told of a unit.</summary>
public sealed class StandingNoticesTests
{
    private static readonly DriftEntry Frozen = new(
        "Secret shop/key", "modified", "freeze", "data.key differs", Statuses.Now.AddMinutes(-5), "sha256:1")
    {
        Manager = "kubectl-edit",
    };

    public static TheoryData<string, UnitStatus> Cases => new()
    {
        { "", Statuses.Synced("web") },
        { "", Statuses.Synced("web") with { Phase = UnitPhase.Progressing } },
        { "", Statuses.Synced("web") with { Phase = UnitPhase.Suspended, Paused = new("suspended", "ada", "", null) } },
        { "", Statuses.Synced("web") with { Drift = [Frozen with { Class = "correct" }] } },
        { "failed", Statuses.Synced("web") with { Phase = UnitPhase.Failed } },
        { "blocked", Statuses.Synced("web") with { Phase = UnitPhase.Blocked } },
        { "unhealthy", Statuses.Synced("web") with { Phase = UnitPhase.Unhealthy } },
        { "rolledBack", Statuses.Synced("web") with { Phase = UnitPhase.RolledBack } },
        { "held", Statuses.Synced("web") with { Phase = UnitPhase.Held, Drift = [Frozen with { Class = "alert" }] } },
        { "driftFrozen", Statuses.Synced("web") with { Phase = UnitPhase.Held, Drift = [Frozen] } },
        { "driftFrozen fight", Statuses.Synced(
            "web") with { Drift = [Frozen, Frozen with { Class = "correct", IsFight = true }] } },
        { "approval approval", Statuses.Synced("web") with
        {
            Phase = UnitPhase.Held,
            Approvals = [new("prune", "sha256:1", "", Statuses.Now), new("plan", "sha256:2", "", Statuses.Now)],
        } },
        { "rolledBack fight approval", Statuses.Full() },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_state_is_told_by_its_subjects(string subjects, UnitStatus unit) =>
        Assert.Equal(subjects, string.Join(' ', StandingNotices.Of(unit).Select(static notice => notice.Subject)));

    [Fact]
    public void The_same_trouble_in_other_words_is_the_same_notice()
    {
        var first = Statuses.Synced("web") with
        {
            Phase = UnitPhase.Failed,
            Message = "timed out after 60 s",
            Trouble = new("fetch", "timed out after 60 s", Statuses.Now),
        };
        var again = first with
        {
            Message = "timed out after 61 s",
            Trouble = new("fetch", "timed out after 61 s", Statuses.Now.AddMinutes(1)),
            LastAttempt = Statuses.Now.AddMinutes(1),
        };
        Assert.Equal(StandingNotices.Of(first)[0].Digest, StandingNotices.Of(again)[0].Digest);
        Assert.NotEqual(
            StandingNotices.Of(first)[0].Digest,
            StandingNotices.Of(first with { Trouble = new("render", "", Statuses.Now) })[0].Digest);
    }

    [Fact]
    public void What_is_much_is_told_in_ten_lines()
    {
        var unit = Statuses.Synced("web") with
        {
            Phase = UnitPhase.Held,
            Drift = [.. Enumerable.Range(
                0, 500).Select(i => Frozen with { Resource = $"Secret shop/{i}", Message = new string('m', 5_000) })],
        };
        var notice = Assert.Single(StandingNotices.Of(unit));
        Assert.Equal(10, notice.Details.Length);
        Assert.Equal("and 491 more", notice.Details[^1]);
        Assert.All(notice.Details, static detail => Assert.InRange(detail.Length, 1, 300));
    }

    [Fact]
    public void Accounts_of_addresses_and_what_is_not_seen_stay_inside()
    {
        var unit = Statuses.Synced("web") with
        {
            Phase = UnitPhase.Failed,
            Message = "https://ada:hunter2@git.example.com/x.git\u202e\nanswered 403",
        };
        Assert.Equal("https://git.example.com/x.git\\u{202e}\\u{a}answered 403", StandingNotices.Of(unit)[0].Message);
    }
}
