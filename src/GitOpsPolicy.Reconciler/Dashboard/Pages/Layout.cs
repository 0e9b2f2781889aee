using GitOpsPolicy.Reconciler.Dashboard.Markup;

namespace GitOpsPolicy.Reconciler.Dashboard.Pages;

/// <summary>What all pages have around them.</summary>
internal static class Layout
{
    private const string Product = "GitOpsPolicy";

    /// <summary>A whole page.</summary>
    /// <param name="context">What it is made from.</param>
    /// <param name="path">Its own address, without what it asks for.</param>
    /// <param name="title">What stands in the browser's tab.</param>
    /// <param name="body">What it says.</param>
    public static Html Of(PageContext context, string path, string title, Html body) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        {Refresh(context)}<title>{title} – {Product}</title>
        <link rel="icon" type="image/svg+xml" href="{Assets.Icon.Path}">
        <link rel="stylesheet" href="{Assets.Style.Path}">
        </head>
        <body>
        <a class="skip" href="#main">Skip to the content</a>
        {Icon.Sheet}<header class="bar">
        <nav aria-label="Pages"><a class="brand" href="/{context.Keep}">{Icon.Of("anchor")}{Product}</a> <a href="/{context.Keep}#units">Units</a> <a href="/rules{context.Keep}">Rules</a></nav>
        <p class="when">{Switch(context, path)}</p>
        </header>
        <main id="main" tabindex="-1">
        {Notice(context)}{body}</main>
        <footer>
        <p>Read-only. The same as JSON: <a href="/api/units">/api/units</a>.{Digest(context)}</p>
        </footer>
        </body>
        </html>

        """);

    private static Html Refresh(PageContext context) =>
        context.Query.Refreshes
            ? Html.Of($"<meta http-equiv=\"refresh\" content=\"{((int)context.Options.Refresh.TotalSeconds).ToString()}\">\n")
            : Html.None;

    // The words say what happens, and the link what a click changes.
    private static Html Switch(PageContext context, string path)
    {
        var other = path + (context.Query with { Refreshes = !context.Query.Refreshes });
        return context.Query.Refreshes
            ? Html.Of($"As of {Moment.At(context.Now)}, anew every {Moment.Words(context.Options.Refresh)}. <a href=\"{other}\">Stop refreshing</a>")
            : Html.Of($"As of {Moment.At(context.Now)}, not refreshed. <a href=\"{other}\">Refresh again</a>");
    }

    private static Html Notice(PageContext context) =>
        context.Options.Notice?.Invoke() is { Length: > 0 } notice
            ? Html.Of($"<p class=\"notice\" role=\"note\">{notice}</p>\n")
            : Html.None;

    private static Html Digest(PageContext context) =>
        context.Rules is { } rules
            ? Html.Of($" Rules in force: {Shown.Digest(rules.Digest)}.")
            : Html.Of($" No rules are in force yet.");
}
