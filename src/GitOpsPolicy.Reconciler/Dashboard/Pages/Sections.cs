using System.Collections.Immutable;
using GitOpsPolicy.Reconciler.Adopting;
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

    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    /// <summary>All that have something to say, in the order in which the on-call reads them.</summary>
    public Html Write() =>
        Html.Of($"{Paused()}{Approvals()}{Notes()}{Drift()}{PutBack()}{Unhealthy()}{Orphans()}{Troubles()}{Blocked()}");

    private Html Paused() => Section.Write(
        new(
            "paused", "Paused", "pause",
            "Nothing is written: somebody suspended it, broke the glass over it, or a freeze window is open. Until that ends drift is not corrected either."),
        List<Pause>(static unit => unit.Paused is { } pause ? [pause] : []),
        Columns<Pause>(
            new("Because", static row => Chip.OfPause(row.Entry.Because).Show()) { IsPlain = true },
            new("Who", static row => Html.Of($"{(row.Entry.By.Length == 0 ? "–" : row.Entry.By)}")),
            new("Why", static row => Shown.Prose(row.Entry.Reason)),
            new("Until", row => row.Entry.Until is { } until ? context.Moment.Until(until) : Html.Of($"somebody ends it"))),
        Room(static _ => 0));

    private Html Approvals() => Section.Write(
        new(
            "approvals", "Waiting for a decision", "hand",
            "Each is done only once somebody agrees to exactly this. What changes meanwhile is asked about anew."),
        [.. List(static unit => unit.Approvals).OrderBy(static row => row.Entry.Since)],
        Columns<PendingApproval>(
            new("What", static row => Decision.What(row.Entry)) { IsPlain = true },
            new(
                "Objects",
                row => Decision.Objects(
                    row.Unit, row.Entry, isOverview ? Shown.PathOf(row.Unit.Unit) + context.Keep + "#approvals" : null))
            {
                IsPlain = true,
            },
            new(
                "Blast radius",
                static row => Html.Of($"<strong>{(row.Entry.BlastRadius.Length == 0 ? Shown.Count(Math.Max(row.Entry.Count, row.Entry.Resources.Length), "object") : row.Entry.BlastRadius)}</strong>")),
            new("Since", row => context.Moment.Ago(row.Entry.Since))),
        Room(static omitted => omitted.Approvals),
        Files(Decision.Files));

    private Html Notes() => Section.Write(
        new("notes", "Notes", "note", "What else somebody should know, such as an acknowledgement that does not count."),
        List(static unit => unit.Notes),
        Columns<string>(new Column<Of<string>>("Note", static row => Shown.Prose(row.Entry)) { IsPlain = true }),
        Room(static _ => 0));

    private Html Drift() => Section.Write(
        new(
            "drift", "Drift", "drift",
            $"What lives is not what Git says. Frozen: nothing is written to the object until somebody decides. Alert: it stays as it is until Git says the same, or somebody puts it back. Correct: it is put back.{Adoption()}"),
        [.. List(static unit => unit.Drift)
            .OrderBy(static row => row.Entry.Class switch { "freeze" => 0, "alert" => 1, "correct" => 2, _ => 3 })
            .ThenBy(static row => row.Entry.Since)],
        Columns<DriftEntry>(
            new(
                "Class",
                static row => Html.Of($"{Chip.OfDrift(row.Entry.Class).Show()}{(row.Entry.IsFight ? Html.Of($" <span class=\"chip bad\">{Icon.Of("turn")}Fight</span>") : Html.None)}"))
            {
                IsPlain = true,
            },
            new(
                "Object",
                static row => Html.Of($"<code>{row.Entry.Resource}</code><span class=\"below\">{row.Entry.Kind}: {Shown.Prose(row.Entry.Message)}</span>{GitSays(row.Entry.Location)}"))
            {
                IsPlain = true,
            },
            new("By", static row => Html.Of($"{row.Entry.Manager ?? "not known"}")),
            new("Since", row => context.Moment.Ago(row.Entry.Since))),
        Room(static omitted => omitted.Drift),
        Files(Decision.FilesOfDrift));

    // A unit's own page has them in its history.
    private Html PutBack() => !isOverview ? Html.None : Section.Write(
        new(
            "putback", "Put back", "turn",
            "Drift of the last day that was corrected, the latest first. What comes back again and again becomes a fight, and is left alone."),
        [.. List(Corrections).OrderByDescending(static row => row.Entry.At)],
        Columns<(DateTimeOffset At, Correction One)>(
            new(
                "Object",
                static row => Html.Of($"<code>{row.Entry.One.Resource}</code><span class=\"below\">{row.Entry.One.Kind}: {Shown.Prose(row.Entry.One.Message)}</span>"))
            {
                IsPlain = true,
            },
            new("By", static row => Html.Of($"{row.Entry.One.Manager ?? "not known"}")),
            new("When", row => context.Moment.Ago(row.Entry.At))),
        Room(static _ => 0));

    private ImmutableArray<(DateTimeOffset At, Correction One)> Corrections(UnitStatus unit) =>
        [.. unit.History.Where(pass => context.Now - pass.At < OneDay)
            .SelectMany(static pass => pass.Corrections.Select(one => (pass.At, one)))];

    // On the page of a unit the command itself: whoever reads it is on call.
    private string Adoption() =>
        units.Select(unit => AdoptHint.CommandFor(unit, context.Options.FileOf(unit.Unit)))
            .FirstOrDefault(static command => command is not null) is not { } command ? ""
            : isOverview ? " The page of a unit has the command that writes the patch for Git."
                : $" As a patch for Git: `{command}`";

    private Html Unhealthy() => Section.Write(
        new(
            "unhealthy", "Not healthy", "pulse",
            "Objects that did not get, or did not stay, ready, and the commit since which they are not."),
        [.. List(static unit => unit.Unhealthy).OrderBy(static row => row.Entry.Since)],
        Columns<UnhealthyObject>(
            new(
                "Object",
                static row => Html.Of($"<code>{row.Entry.Resource}</code><span class=\"below\">{row.Entry.State}: {Shown.Prose(row.Entry.Message)}</span>"))
            {
                IsPlain = true,
            },
            new("Since revision", static row => Shown.Commit(row.Entry.Revision)),
            new("Since", row => context.Moment.Ago(row.Entry.Since))),
        Room(static omitted => omitted.Unhealthy));

    private Html Troubles() => Section.Write(
        new(
            "sources", "Git trouble", "link",
            "What Git says now is not known. What is applied stays as it is, and nothing is deleted."),
        [.. List<SourceTrouble>(static unit => unit.Trouble is { } trouble ? [trouble] : []).OrderBy(
            static row => row.Entry.Since)],
        Columns<SourceTrouble>(
            new("Stage", static row => Html.Of($"{row.Entry.Stage}")),
            new("Why", static row => Shown.Prose(row.Entry.Message)) { IsPlain = true },
            new("Since", row => context.Moment.Ago(row.Entry.Since))),
        Room(static _ => 0));

    private Html Blocked() => Section.Write(
        new(
            "blocked", "Forbidden", "ban",
            "Changes that Git has, and that the rules deny or the cluster refuses. A revision that holds one is not applied at all."),
        [.. List<BlockedChange>(static unit => [.. ToldOnce.Blocked(unit)]).OrderByDescending(static row => row.Entry.Since)],
        Columns<BlockedChange>(
            new(
                "Change",
                static row => Html.Of($"{row.Entry.Operation} <code>{(row.Entry.Resource.Length == 0 ? "all changes together" : row.Entry.Resource)}</code>{Place(row.Entry.Location)}"))
            {
                IsPlain = true,
            },
            new("Rule", row => Html.Of($"{Chip.OfSeverity(row.Entry.Severity).Show()} {context.LinkRule(row.Entry.Rule)}"))
            {
                IsPlain = true,
            },
            new("Why, and what to do", row => Html.Of($"{Shown.Prose(row.Entry.Message)}{Advice(row.Entry)}")) { IsPlain = true },
            new("Since", row => row.Entry.Since == default ? Html.None : context.Moment.Ago(row.Entry.Since))),
        Room(static omitted => omitted.Blocked));

    private Html Orphans() => Section.Write(
        new(
            "orphans", "Protected orphans", "anchor",
            "They left Git and live on, since they must not be deleted without a word. Take them back into Git, or acknowledge their deletion."),
        [.. List<Orphan>(static unit => [.. ToldOnce.Orphans(unit)]).OrderBy(static row => row.Entry.Since)],
        Columns<Orphan>(
            new(
                "Object",
                static row => Html.Of(
                    $"<code>{row.Entry.Resource}</code><span class=\"below\">{Shown.Prose(row.Entry.Message)}</span>"))
            {
                IsPlain = true,
            },
            new("Left Git", row => context.Moment.Ago(row.Entry.Since))),
        Room(static omitted => omitted.Orphans));

    private Html Advice(BlockedChange blocked)
    {
        var advice = blocked.Remediation.Length > 0 ? blocked.Remediation : context.Rule(blocked.Rule)?.Remediation ?? "";
        return advice.Length == 0 ? Html.None : Html.Of($"<span class=\"below\">{Shown.Prose(advice)}</span>");
    }

    private static Html GitSays(string? location) =>
        location is null or ""
            ? Html.None
            : Html.Of($"<span class=\"below\">Git says otherwise at <code>{location}</code></span>");

    private static Html Place(string? location) =>
        location is null or "" ? Html.None : Html.Of($"<span class=\"below\">{location}</span>");

    private Html Files(Func<UnitStatus, IEnumerable<Html>> files) =>
        isOverview ? Html.None : Html.Of($"{units.SelectMany(files)}");

    private List<Of<T>> List<T>(Func<UnitStatus, ImmutableArray<T>> entries) =>
        [.. units.SelectMany(unit => entries(unit).Select(entry => new Of<T>(unit, entry)))];

    private ImmutableArray<Column<Of<T>>> Columns<T>(params ReadOnlySpan<Column<Of<T>>> own) =>
        isOverview
            ? [new("Unit", row => context.Link(row.Unit)) { IsHead = true }, .. own]
            : [own[0] with { IsHead = true }, .. own[1..]];

    private (int Most, int Omitted) Room(Func<OmittedEntries, int> omitted) =>
        (isOverview ? MostOfAll : MostOfOne, units.Sum(unit => omitted(unit.Omitted ?? OmittedEntries.None)));
}
