using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests;
using GitOpsPolicy.Reconciler.Status;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Status;

/// <summary>What a <c>Reconciliation</c> shows of its unit.</summary>
public sealed class StatusObjectTests
{
    [Theory]
    [InlineData(UnitPhase.Pending, "Unknown", "True", "False")]
    [InlineData(UnitPhase.Synced, "True", "False", "False")]
    [InlineData(UnitPhase.Progressing, "Unknown", "True", "False")]
    [InlineData(UnitPhase.Held, "False", "False", "True")]
    [InlineData(UnitPhase.Suspended, "False", "False", "False")]
    [InlineData(UnitPhase.Blocked, "False", "False", "True")]
    [InlineData(UnitPhase.Unhealthy, "False", "False", "True")]
    [InlineData(UnitPhase.RolledBack, "False", "False", "True")]
    [InlineData(UnitPhase.Failed, "False", "False", "True")]
    public void Conditions_say_whether_it_is_ready_gets_there_by_itself_or_needs_somebody(
        UnitPhase phase, string ready, string reconciling, string stalled)
    {
        var status = StatusObject.Of(
            Statuses.Synced("web") with { Phase = phase, ObservedGeneration = 3 }, isTriedAgain: false, null, Statuses.Now)!;
        Assert.Equal(
            [("Ready", ready, 3), ("Reconciling", reconciling, 3), ("Stalled", stalled, 3)],
            status.Mappings("conditions")
                .Select(static one => (one.Text("type"), one.Text("status"), one.Integer("observedGeneration") ?? 0)));
    }

    [Fact]
    public void What_failed_and_is_tried_again_needs_nobody()
    {
        var status = StatusObject.Of(
            Statuses.Synced("web") with { Phase = UnitPhase.Failed }, isTriedAgain: true, null, Statuses.Now)!;
        Assert.Equal(["False", "True", "False"], status.Mappings("conditions").Select(static one => one.Text("status")));
    }

    [Fact]
    public void A_pass_that_found_nothing_new_leaves_the_status_as_it_stands()
    {
        var before = Statuses.Full();
        var stands = Sample.Object(NodeWriter.ToJson(StatusObject.Of(before, isTriedAgain: false, null, Statuses.Now)!));
        var later = before with { LastAttempt = Statuses.Now.AddHours(1), LastSuccess = before.LastSuccess?.AddMinutes(59) };
        Assert.Null(StatusObject.Of(later, isTriedAgain: false, stands, Statuses.Now.AddHours(1)));
    }

    [Fact]
    public void When_a_unit_was_last_well_is_written_every_hour()
    {
        var before = Statuses.Full();
        var stands = StatusObject.Of(before, isTriedAgain: false, null, Statuses.Now)!;
        var later = before with { LastSuccess = before.LastSuccess?.AddHours(1) };
        Assert.NotEqual(
            stands.Text("lastSuccess"),
            StatusObject.Of(later, isTriedAgain: false, stands, Statuses.Now.AddHours(1))!.Text("lastSuccess"));
    }

    [Fact]
    public void A_condition_that_holds_on_keeps_its_time_and_another_gets_the_time_it_is()
    {
        var stands = StatusObject.Of(
            Statuses.Synced("web") with { Phase = UnitPhase.Progressing }, isTriedAgain: false, null, Statuses.Now)!;
        var status = StatusObject.Of(Statuses.Synced("web"), isTriedAgain: false, stands, Statuses.Now.AddMinutes(5))!;
        Assert.Equal(
            [("Ready", "2026-11-21T20:05:00Z"), ("Reconciling", "2026-11-21T20:05:00Z"), ("Stalled", "2026-11-21T20:00:00Z")],
            status.Mappings("conditions").Select(static one => (one.Text("type"), one.Text("lastTransitionTime"))));
    }

    [Fact]
    public void Lists_and_texts_of_any_length_fit()
    {
        var status = Statuses.Full() with
        {
            Message = new string('m', 100_000),
            Blocked = [.. Enumerable.Repeat(Statuses.Full().Blocked[0], 500)],
            Approvals = [.. Enumerable.Repeat(Statuses.Full().Approvals[0], 500)],
        };
        Assert.InRange(
            NodeWriter.ToJson(StatusObject.Of(status, isTriedAgain: false, null, Statuses.Now)!).Length, 1_000, 50_000);
    }
}
