using System.Collections.Immutable;
using GitOpsPolicy.Reconciler.Dashboard.Markup;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Dashboard.Pages;

/// <summary>The table of units: those that the address asks for, a page at a time, those first that need somebody.</summary>
/// <param name="context">What it is made from.</param>
internal sealed class UnitList(PageContext context)
{
    private readonly UnitQuery query = context.Query;

    /// <summary>Writes it; nothing where there are no units at all.</summary>
    public Html Write()
    {
        if (context.Units.IsEmpty) return Html.None;
        var chosen = query.Choose(context.Units, context.Attention);
        var pages = Math.Max(1, (chosen.Length + UnitQuery.PageSize - 1) / UnitQuery.PageSize);
        var page = Math.Min(query.Page, pages);
        var shown = chosen.Skip((page - 1) * UnitQuery.PageSize).Take(UnitQuery.PageSize).ToList();
        return Html.Of($"""
            <section id="units" aria-labelledby="units-title">
            <h2 id="units-title">{Icon.Of("list")}Units <span class="count">{context.Units.Length}</span></h2>
            {Phases()}{Form()}{(shown.Count == 0 ? Html.Of($"<p class=\"lead\">No unit fits. <a href=\"/{context.Keep}#units\">Show all</a></p>\n") : Table.Of(Caption(chosen.Length, page, pages), Columns(), shown))}{Pager(page, pages)}</section>

            """);
    }

    private string Caption(int count, int page, int pages) =>
        $"{Shown.Count(count, query.IsFiltered ? "unit that fits" : "unit", query.IsFiltered ? "units that fit" : "units")}, those first that need somebody{(pages == 1 ? "" : $"; page {page} of {pages}")}";

    private Html Phases()
    {
        var counts = context.Units.CountBy(static unit => unit.Phase).ToDictionary();
        var needed = context.Units.Count(context.Attention.IsNeededBy);
        var links = Chip.Order.Where(
            counts.ContainsKey).Select(phase => Phase(UnitPhases.Word(phase), Chip.Of(phase), counts[phase]));
        return Html.Of($"""
            <nav class="phases" aria-label="Units by how they are doing"><ul>
            {Phase("", new("All", "list", "calm"), context.Units.Length)}{(needed == 0 ? Html.None : Phase(UnitQuery.NeedsSomebody, new("Need you", "hand", "bad"), needed))}{links}</ul></nav>

            """);
    }

    private Html Phase(string word, Chip chip, int count)
    {
        var address = "/" + (query with { Phase = word, Page = 1 }) + "#units";
        var said = Html.Of($"{Icon.Of(chip.Icon)}{chip.Word} <span class=\"number\">{count}</span>");
        return query.Phase == word
            ? Html.Of($"<li><a class=\"chip {chip.Tone}\" href=\"{address}\" aria-current=\"true\">{said}</a></li>")
            : Html.Of($"<li><a class=\"chip {chip.Tone}\" href=\"{address}\">{said}</a></li>");
    }

    private Html Form() => Html.Of($"""
        <form class="filter" method="get" action="/#units" role="search" aria-label="Filter units">
        <p><label for="q">Text</label><input id="q" name="q" type="search" value="{query.Text}" maxlength="100" autocomplete="off"></p>
        <p><label for="namespace">Namespace</label><select id="namespace" name="namespace"><option value="">all</option>{Namespaces()}</select></p>
        {Hidden("phase", query.Phase)}{Hidden("refresh", query.Refreshes ? "" : "off")}<p><button type="submit">Filter</button>{(query.IsFiltered ? Html.Of($" <a href=\"/{context.Keep}#units\">Show all</a>") : Html.None)}</p>
        </form>

        """);

    private IEnumerable<Html> Namespaces() =>
        context.Units.Select(static unit => unit.Unit.Namespace).Distinct(StringComparer.Ordinal).Select(place =>
            place == query.Namespace
                ? Html.Of($"<option value=\"{place}\" selected>{place}</option>")
                : Html.Of($"<option value=\"{place}\">{place}</option>"));

    private static Html Hidden(string name, string value) =>
        value.Length == 0 ? Html.None : Html.Of($"<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");

    private ImmutableArray<Column<UnitStatus>> Columns() =>
    [
        new(
            "Unit",
            unit => Html.Of($"{context.Link(unit)}{(unit.Environment is { } environment ? Html.Of($"<span class=\"beside\">{environment}</span>") : Html.None)}"))
        {
            IsHead = true,
        },
        new("State", unit => Html.Of($"{Chip.Of(unit.Phase).Show()}{Stale(unit)}{Message(unit)}")) { IsPlain = true },
        new("Wanted → applied", Revisions),
        new(
            "Last success",
            unit => unit.LastSuccess is { } last ? context.Moment.Ago(last) : Html.Of($"<span class=\"quiet\">never</span>")),
        new("Waiting", Waits),
    ];

    // That a commit is applied the next column says.
    private static Html Message(UnitStatus unit) =>
        unit.Phase == UnitPhase.Synced && Waits(unit).IsNone
            ? Html.None
            : Html.Of($"<span class=\"below clamp\">{Shown.Prose(unit.Message)}</span>");

    private Html Stale(UnitStatus unit) =>
        context.Attention.IsStale(unit)
            ? Html.Of($" <span class=\"chip warn\">{Icon.Of("clock")}No pass since {context.Moment.Ago(unit.LastAttempt!.Value)}</span>")
            : Html.None;

    private static Html Revisions(UnitStatus unit) => unit.Attempted == unit.Applied
        ? Shown.Commit(unit.Applied)
        : Html.Of($"{Shown.Commit(unit.Attempted)} <span aria-hidden=\"true\">→</span><span class=\"hidden\">is wanted, applied is</span> {Shown.Commit(unit.Applied)}");

    private static Html Waits(UnitStatus unit)
    {
        (int Count, string One, string Many)[] waits =
        [
            (unit.Approvals.Length, "decision", "decisions"), (unit.Drift.Length, "drifted", "drifted"),
            (unit.Unhealthy.Length, "unhealthy", "unhealthy"),
            (ToldOnce.Blocked(unit).Count(), "forbidden", "forbidden"), (ToldOnce.Orphans(unit).Count(), "orphan", "orphans"),
        ];
        var said = string.Join(
            ", ", waits.Where(static wait => wait.Count > 0).Select(static wait => Shown.Count(wait.Count, wait.One, wait.Many)));
        return said.Length == 0 ? Html.None : Html.Of($"{said}");
    }

    private Html Pager(int page, int pages) => pages == 1 ? Html.None : Html.Of($"""
        <nav class="pager" aria-label="Pages of units">
        {Turn(page - 1, page > 1, "Previous", "prev")} <span>Page {page} of {pages}</span> {Turn(page + 1, page < pages, "Next", "next")}
        </nav>

        """);

    private Html Turn(int to, bool isThere, string word, string relation) =>
        isThere
            ? Html.Of($"<a rel=\"{relation}\" href=\"/{(query with { Page = to }).ToString()}#units\">{word}</a>")
            : Html.Of($"<span class=\"quiet\">{word}</span>");
}
