using System.Collections.Immutable;
using GitOpsPolicy.Reconciler.Dashboard.Markup;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Dashboard.Pages;

/// <summary>The sections that say what needs somebody: those of one unit on its page, those of all on the first one.</summary>
/// <param name="context">What the page is made from.</param>
/// <param name="units">The units.</param>
/// <param name="isOverview">Each entry says which unit it belongs to.</param>
internal sealed class Sections(PageContext context, ImmutableArray<UnitStatus> units, bool isOverview)
{
    private const int MostOfAll = 20;
    private const int MostOfOne = 200;

    /// <summary>All that have something to say, in the order in which the on-call reads them.</summary>
    public Html Write() => Html.Of($"{Paused()}{Approvals()}{Drift()}{Unhealthy()}{Troubles()}{Blocked()}{Orphans()}");

    private Html Paused() => Section.Write(
        new("paused", "Paused", "pause", "Nothing is written: somebody suspended it, broke the glass over it, or a freeze window is open. Until that ends drift is not corrected either."),
        List<Pause>(static unit => unit.Paused is { } pause ? [pause] : []),
        Columns<Pause>(
            new("Because", static row => Chip.OfPause(row.Entry.Because).Show()) { IsPlain = true },
            new("Who", static row => Html.Of($"{(row.Entry.By.Length == 0 ? "–" : row.Entry.By)}")),
            new("Why", static row => Shown.Prose(row.Entry.Reason)),
            new("Until", row => row.Entry.Until is { } until ? context.Moment.Until(until) : Html.Of($"somebody ends it"))),
        Room(static _ => 0));

    private Html Approvals() => Section.Write(
        new("approvals", "Waiting for approval", "hand", "These things are done only once somebody agrees to exactly them."),
        [.. List(static unit => unit.Approvals).OrderBy(static row => row.Entry.Since)],
        Columns<PendingApproval>(
            new("What", static row => Html.Of($"<strong>{Subject(row.Entry.Subject)}</strong>{Agreement(row.Entry)}")) { IsPlain = true },
            new("Blast radius", static row => Html.Of($"<strong>{(row.Entry.BlastRadius.Length == 0 ? Shown.Count(Math.Max(row.Entry.Count, row.Entry.Resources.Length), "object") : row.Entry.BlastRadius)}</strong>")),
            new("Since", row => context.Moment.Ago(row.Entry.Since))),
        Room(static omitted => omitted.Approvals));

    private Html Drift() => Section.Write(
        new("drift", "Drift", "drift", "Somebody changed what lives. Frozen drift and alerts wait for a decision: adopt it into Git, revert it, or tolerate it with an acknowledgement."),
        [.. List(static unit => unit.Drift).OrderBy(static row => row.Entry.Class switch { "freeze" => 0, "alert" => 1, "correct" => 2, _ => 3 }).ThenBy(static row => row.Entry.Since)],
        Columns<DriftEntry>(
            new("Class", static row => Html.Of($"{Chip.OfDrift(row.Entry.Class).Show()}{(row.Entry.IsFight ? Html.Of($" <span class=\"chip bad\">{Icon.Of("turn")}Fight</span>") : Html.None)}")) { IsPlain = true },
            new("Object", static row => Html.Of($"<code>{row.Entry.Resource}</code><span class=\"below\">{row.Entry.Kind}: {Shown.Prose(row.Entry.Message)}</span>")) { IsPlain = true },
            new("By", static row => Html.Of($"{row.Entry.Manager ?? "unknown"}{Place(row.Entry.Location)}")),
            new("Since", row => context.Moment.Ago(row.Entry.Since))),
        Room(static omitted => omitted.Drift));

    private Html Unhealthy() => Section.Write(
        new("unhealthy", "Not healthy", "pulse", "Objects that did not get, or did not stay, ready."),
        [.. List(static unit => unit.Unhealthy).OrderBy(static row => row.Entry.Since)],
        Columns<UnhealthyObject>(
            new("Object", static row => Html.Of($"<code>{row.Entry.Resource}</code><span class=\"below\">{row.Entry.State}: {Shown.Prose(row.Entry.Message)}</span>")) { IsPlain = true },
            new("Since revision", static row => Shown.Commit(row.Entry.Revision)),
            new("Since", row => context.Moment.Ago(row.Entry.Since))),
        Room(static omitted => omitted.Unhealthy));

    private Html Troubles() => Section.Write(
        new("sources", "Git trouble", "link", "The last good state stays. What Git says now is not known."),
        [.. List<SourceTrouble>(static unit => unit.Trouble is { } trouble ? [trouble] : []).OrderBy(static row => row.Entry.Since)],
        Columns<SourceTrouble>(
            new("Stage", static row => Html.Of($"{row.Entry.Stage}")),
            new("Why", static row => Shown.Prose(row.Entry.Message)) { IsPlain = true },
            new("Since", row => context.Moment.Ago(row.Entry.Since))),
        Room(static _ => 0));

    private Html Blocked() => Section.Write(
        new("blocked", "Forbidden by rules", "ban", "Changes that Git has and the rules deny. A revision that holds one is not applied at all."),
        [.. List(static unit => unit.Blocked).OrderByDescending(static row => row.Entry.Since)],
        Columns<BlockedChange>(
            new("Change", static row => Html.Of($"{row.Entry.Operation} <code>{(row.Entry.Resource.Length == 0 ? "all changes together" : row.Entry.Resource)}</code>{Place(row.Entry.Location)}")) { IsPlain = true },
            new("Rule", row => Html.Of($"{Chip.OfSeverity(row.Entry.Severity).Show()} {context.LinkRule(row.Entry.Rule)}")) { IsPlain = true },
            new("Why, and what to do", row => Html.Of($"{Shown.Prose(row.Entry.Message)}{Advice(row.Entry)}")) { IsPlain = true },
            new("Since", row => row.Entry.Since == default ? Html.None : context.Moment.Ago(row.Entry.Since))),
        Room(static omitted => omitted.Blocked));

    private Html Orphans() => Section.Write(
        new("orphans", "Protected orphans", "anchor", "They left Git and live on, since they must not be deleted without a word. Take them back into Git, or acknowledge their deletion."),
        [.. List(static unit => unit.Orphans).OrderBy(static row => row.Entry.Since)],
        Columns<Orphan>(
            new("Object", static row => Html.Of($"<code>{row.Entry.Resource}</code><span class=\"below\">{Shown.Prose(row.Entry.Message)}</span>")) { IsPlain = true },
            new("Left Git", row => context.Moment.Ago(row.Entry.Since))),
        Room(static omitted => omitted.Orphans));

    private Html Advice(BlockedChange blocked)
    {
        var advice = blocked.Remediation.Length > 0 ? blocked.Remediation : context.Rule(blocked.Rule)?.Remediation ?? "";
        return advice.Length == 0 ? Html.None : Html.Of($"<span class=\"below\">{Shown.Prose(advice)}</span>");
    }

    private static string Subject(string subject) => subject switch
    {
        "prune" => "Deletion",
        "plan" => "Terraform plan",
        "drift" => "Frozen drift",
        "rewrite" => "Branch written anew",
        _ => subject,
    };

    private static Html Agreement(PendingApproval approval) => Html.Of($"""
        <span class="below">{Shown.Prose(approval.Message)}</span><details><summary>Digest and {Shown.Count(approval.Resources.Length, "object")}</summary>
        <p>Digest to agree to: <code>{approval.Digest}</code></p><ul>{approval.Resources.Select(static resource => Html.Of($"<li><code>{resource}</code></li>"))}</ul></details>
        """);

    private static Html Place(string? location) => location is null or "" ? Html.None : Html.Of($"<span class=\"below\">{location}</span>");

    private List<Of<T>> List<T>(Func<UnitStatus, ImmutableArray<T>> entries) => [.. units.SelectMany(unit => entries(unit).Select(entry => new Of<T>(unit, entry)))];

    private ImmutableArray<Column<Of<T>>> Columns<T>(params ReadOnlySpan<Column<Of<T>>> own) =>
        isOverview ? [new("Unit", row => context.Link(row.Unit)) { IsHead = true }, .. own] : [own[0] with { IsHead = true }, .. own[1..]];

    private (int Most, int Omitted) Room(Func<OmittedEntries, int> omitted) =>
        (isOverview ? MostOfAll : MostOfOne, units.Sum(unit => omitted(unit.Omitted ?? OmittedEntries.None)));
}
