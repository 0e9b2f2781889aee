using System.Collections.Immutable;

namespace GitOpsPolicy.Reconciler.Dashboard.Markup;

/// <summary>A column of a table.</summary>
/// <param name="Title">What stands above it, and before each value where the table is shown as a list.</param>
/// <param name="Cell">What stands in it.</param>
/// <typeparam name="T">What a row is about.</typeparam>
internal sealed record Column<T>(string Title, Func<T, Html> Cell)
{
    /// <summary>It says what the row is about.</summary>
    public bool IsHead { get; init; }

    /// <summary>Numbers, which stand to the right.</summary>
    public bool IsNumber { get; init; }

    /// <summary>
    /// It speaks for itself: where the table is shown as a list, it stands there without its title, over the whole width.
    /// </summary>
    public bool IsPlain { get; init; }
}

/// <summary>
/// Writes tables. Each has a caption, heads that say what they belong to, and roles: on a narrow screen the style sheet shows
/// rows as lists, and some browsers would then forget that it is a table.
/// </summary>
internal static class Table
{
    /// <summary>Writes a table.</summary>
    /// <param name="caption">What it is about, for those who come upon it out of its section.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">Its rows.</param>
    public static Html Of<T>(string caption, ImmutableArray<Column<T>> columns, IEnumerable<T> rows) => Html.Of($"""
        <table role="table">
        <caption class="quiet">{caption}</caption>
        <thead role="rowgroup"><tr role="row">{columns.Select(Head)}</tr></thead>
        <tbody role="rowgroup">
        {rows.Select(row => Row(columns, row))}</tbody>
        </table>

        """);

    private static Html Head<T>(Column<T> column) => column.IsNumber
        ? Html.Of($"<th scope=\"col\" role=\"columnheader\" class=\"number\">{column.Title}</th>")
        : Html.Of($"<th scope=\"col\" role=\"columnheader\">{column.Title}</th>");

    private static Html Row<T>(ImmutableArray<Column<T>> columns, T row) =>
        Html.Of($"<tr role=\"row\">{columns.Select(column => Cell(column, row))}</tr>\n");

    private static Html Cell<T>(Column<T> column, T row)
    {
        var value = column.Cell(row);
        if (column.IsHead) return Html.Of($"<th scope=\"row\" role=\"rowheader\">{value}</th>");
        if (value.IsNone) return Html.Of($"<td role=\"cell\" class=\"none\">–</td>");
        return (column.IsNumber, column.IsPlain) switch
        {
            (true, _) => Html.Of($"<td role=\"cell\" class=\"number\" data-label=\"{column.Title}\">{value}</td>"),
            (_, true) => Html.Of($"<td role=\"cell\">{value}</td>"),
            _ => Html.Of($"<td role=\"cell\" data-label=\"{column.Title}\"><div>{value}</div></td>"),
        };
    }
}
