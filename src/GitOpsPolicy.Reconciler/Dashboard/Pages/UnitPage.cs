using System.Collections.Immutable;
using GitOpsPolicy.Reconciler.Dashboard.Markup;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Dashboard.Pages;

/// <summary>The page of one unit: everything that is known of it.</summary>
/// <param name="context">What it is made from.</param>
/// <param name="unit">The unit.</param>
internal sealed class UnitPage(PageContext context, UnitStatus unit)
{
    /// <summary>Writes it.</summary>
    public Html Write()
    {
        var sections = new Sections(context, [unit], isOverview: false).Write();
        var calm = sections.IsNone
            ? Html.Of(
                $"<p class=\"lead\">Nothing waits: no drift, no orphans, nothing that is forbidden, unhealthy or paused.</p>\n")
            : sections;
        return Layout.Of(
            context, Shown.PathOf(unit.Unit), $"{Chip.Of(unit.Phase).Word}: {unit.Unit}",
            Html.Of($"{Headline()}{Facts()}{calm}{History()}"));
    }

    private Html Headline()
    {
        var chip = Chip.Of(unit.Phase);
        return Html.Of($"<div class=\"headline {chip.Tone}\">{Icon.Of(chip.Icon)}<div><h1>{unit.Unit.Namespace}<wbr>/{unit.Unit.Name}</h1><p><strong>{chip.Word}.</strong> {Shown.Prose(unit.Message)}</p></div></div>\n");
    }

    private Html Facts()
    {
        (string Word, Html Value)[] facts =
        [
            ("Wanted by Git", Shown.Whole(unit.Attempted)),
            ("Applied",
                Html.Of($"{Shown.Whole(unit.Applied)}{(unit.Attempted == unit.Applied ? Html.Of($" <span class=\"below\">as wanted</span>") : Html.None)}")),
            ("Last good", Shown.Whole(unit.LastGood)),
            ("Last success", Time(unit.LastSuccess)),
            ("Last pass",
                Html.Of($"{Time(unit.LastAttempt)}{(context.Attention.IsStale(unit) ? Html.Of($" <span class=\"chip warn\">{Icon.Of("clock")}Silent</span>") : Html.None)}")),
            ("Objects", Html.Of($"{unit.Objects}")),
            ("Environment", Html.Of($"{unit.Environment ?? "none"}")),
            ("Source", Shown.Source(unit.Source)),
            ("Rules",
                unit.RuleSetDigest.Length == 0
                    ? Html.Of($"<span class=\"quiet\">not judged yet</span>")
                    : Html.Of($"{Shown.Digest(unit.RuleSetDigest)}{OtherRules()}")),
            .. unit.Refused.IsEmpty
                ? ((string, Html)[])[]
                : [
                    ("Refused, since they did not get healthy",
                        Html.Of($"{unit.Refused.Select(static commit => Html.Of($"{Shown.Whole(commit)} "))}"))
                ],
        ];
        return Html.Of($"<dl class=\"facts\">{facts.Select(static fact => Html.Of($"<div><dt>{fact.Word}</dt><dd>{fact.Value}</dd></div>"))}</dl>\n");
    }

    private Html OtherRules() =>
        context.Rules is { } rules && rules.Digest != unit.RuleSetDigest
            ? Html.Of($" <span class=\"below\">others are in force now</span>")
            : Html.None;

    private Html Time(DateTimeOffset? time) =>
        time is { } known
            ? Html.Of($"{context.Moment.Ago(known)} <span class=\"below\">{Moment.At(known)}</span>")
            : Html.Of($"<span class=\"quiet\">never</span>");

    private Html History() => unit.History.IsEmpty ? Html.None : Html.Of($"""
        <section id="history" aria-labelledby="history-title">
        <h2 id="history-title">{Icon.Of("clock")}History</h2>
        <p class="lead">Passes that wrote something or failed, the newest first.</p>
        {Table.Of("History", Columns(), unit.History)}</section>

        """);

    private static Html PutBack(Correction one) =>
        Html.Of($"<span class=\"below\">Put back: <code>{one.Resource}</code>: {Shown.Prose(one.Message)}</span>");

    private ImmutableArray<Column<HistoryEntry>> Columns() =>
    [
        new("When", row => context.Moment.Ago(row.At)) { IsHead = true },
        new("Revision", static row => Shown.Commit(row.Revision)),
        new(
            "Outcome",
            static row => Html.Of($"{Chip.OfOutcome(row.Outcome).Show()}<span class=\"below\">{Shown.Prose(row.Message)}</span>{row.Corrections.Select(PutBack)}"))
        {
            IsPlain = true,
        },
        new("Created", static row => Html.Of($"{row.Created}")) { IsNumber = true },
        new("Updated", static row => Html.Of($"{row.Updated}")) { IsNumber = true },
        new("Corrected", static row => Html.Of($"{row.Corrected}")) { IsNumber = true },
        new("Deleted", static row => Html.Of($"{row.Pruned}")) { IsNumber = true },
    ];
}
