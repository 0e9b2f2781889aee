using GitOpsPolicy.Reconciler.Dashboard.Markup;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Dashboard.Pages;

/// <summary>The first page: what needs somebody, the units, and everything that waits.</summary>
/// <param name="context">What it is made from.</param>
internal sealed class OverviewPage(PageContext context)
{
    private readonly int needed = context.Units.Count(context.Attention.IsNeededBy);

    /// <summary>Writes it.</summary>
    public Html Write() => Layout.Of(
        context, "/", Title(),
        Html.Of($"{Headline()}{Tiles()}{new UnitList(context).Write()}{new Sections(context, context.Units, isOverview: true).Write()}"));

    private string Title() => (context.Units.Length, needed) switch
    {
        (0, _) => "No units yet",
        (_, 0) => "Nothing needs you",
        _ => $"{Shown.Count(needed, "unit needs", "units need")} you",
    };

    private Html Headline()
    {
        var (tone, icon) = (context.Units.Length, needed) switch
        {
            (0, _) => ("calm", "clock"),
            (_, 0) => ("good", "check"),
            _ => ("bad", "hand"),
        };
        var told = (context.Units.Length, needed) switch
        {
            (0, _) => "As soon as a pass begins its unit is listed here.",
            (_, 0) => $"{Shown.Count(context.Units.Length, "unit is", "units are")} as they should be, or on the way.",
            _ when needed == context.Units.Length => $"{Reasons()}.",
            _ when needed == context.Units.Length - 1 => $"{Reasons()}. The other one is as it should be, paused, or on the way.",
            _ => $"{Reasons()}. The other {context.Units.Length - needed} are as they should be, paused, or on the way.",
        };
        return Html.Of($"<div class=\"headline {tone}\">{Icon.Of(icon)}<div><h1>{Title()}</h1><p>{told}</p></div></div>\n");
    }

    private string Reasons()
    {
        var needy = context.Units.Where(context.Attention.IsNeededBy).OrderBy(context.Attention.RankOf);
        var reasons = needy
            .CountBy(unit => context.Attention.IsStale(unit) ? "silent" : Chip.Of(unit.Phase).Word.ToLowerInvariant())
            .Select(static reason => $"{reason.Value} {reason.Key}");
        return string.Join(", ", reasons);
    }

    private Html Tiles()
    {
        (string Id, string Word, string Icon, string Tone, int Count)[] tiles =
        [
            ("paused", "Paused", "pause", "warn", Sum(static unit => unit.Paused is null ? 0 : 1)),
            ("approvals", "Waiting", "hand", "warn", Sum(static unit => unit.Approvals.Length + (unit.Omitted?.Approvals ?? 0))),
            ("drift", "Drift", "drift", "warn", Sum(static unit => unit.Drift.Length + (unit.Omitted?.Drift ?? 0))),
            ("unhealthy", "Not healthy", "pulse", "bad",
                Sum(static unit => unit.Unhealthy.Length + (unit.Omitted?.Unhealthy ?? 0))),
            ("orphans", "Orphans", "anchor", "info",
                Sum(static unit => ToldOnce.Orphans(unit).Count() + (unit.Omitted?.Orphans ?? 0))),
            ("sources", "Git trouble", "link", "bad", Sum(static unit => unit.Trouble is null ? 0 : 1)),
            ("blocked", "Forbidden", "ban", "bad",
                Sum(static unit => ToldOnce.Blocked(unit).Count() + (unit.Omitted?.Blocked ?? 0))),
        ];
        return Html.Of($"<ul class=\"tiles\" aria-label=\"What waits\">{tiles.Select(static tile => Tile(tile))}</ul>\n");
    }

    private static Html Tile((string Id, string Word, string Icon, string Tone, int Count) tile)
    {
        var said = Html.Of(
            $"<span class=\"number\">{tile.Count}</span><span class=\"word\">{Icon.Of(tile.Icon)}{tile.Word}</span>");
        return tile.Count == 0
            ? Html.Of($"<li class=\"none\">{said}</li>")
            : Html.Of($"<li class=\"{tile.Tone}\"><a href=\"#{tile.Id}\">{said}</a></li>");
    }

    private int Sum(Func<UnitStatus, int> count) => context.Units.Sum(count);
}
