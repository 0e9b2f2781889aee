using System.Collections.Immutable;
using GitOpsPolicy.Reconciler.Dashboard.Markup;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Dashboard.Pages;

/// <summary>Something of a unit.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Entry">What.</param>
/// <typeparam name="T">What kind of thing.</typeparam>
internal sealed record Of<T>(UnitStatus Unit, T Entry);

/// <summary>What a section is called, and what its entries mean.</summary>
/// <param name="Id">Its anchor.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Icon">Its picture.</param>
/// <param name="Lead">What its entries have in common, and what to do about them.</param>
internal sealed record SectionHead(string Id, string Title, string Icon, string Lead);

/// <summary>A section of things that are alike, of one unit or of all; nothing where there are none.</summary>
internal static class Section
{
    /// <summary>Writes it.</summary>
    /// <param name="head">What it is called.</param>
    /// <param name="rows">Its entries, in order.</param>
    /// <param name="columns">What is shown of each.</param>
    /// <param name="room">How many, and how many more there are that nobody kept.</param>
    /// <param name="after">What stands below the table.</param>
    public static Html Write<T>(
        SectionHead head, IReadOnlyList<Of<T>> rows, ImmutableArray<Column<Of<T>>> columns, (int Most, int Omitted) room,
        Html after = default)
    {
        var count = rows.Count + room.Omitted;
        if (count == 0) return Html.None;
        return Html.Of($"""
            <section id="{head.Id}" aria-labelledby="{head.Id}-title">
            <h2 id="{head.Id}-title">{Icon.Of(head.Icon)}{head.Title} <span class="count">{count}</span></h2>
            <p class="lead">{Shown.Prose(head.Lead)}</p>
            {Table.Of(head.Title, columns, rows.Take(room.Most))}{More(count - Math.Min(rows.Count, room.Most))}{after}</section>

            """);
    }

    private static Html More(int missing) =>
        missing == 0
            ? Html.None
            : Html.Of($"<p class=\"more\">{Shown.Count(missing, "more is", "more are")} not shown here. The units' own pages and <a href=\"/api/units\">/api/units</a> have as many as are kept.</p>\n");
}
