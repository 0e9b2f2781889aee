namespace GitOpsPolicy.Reconciler.Dashboard.Markup;

/// <summary>Pictures that stand before a word, never alone: colour and shape say again what the word says.</summary>
internal static class Icon
{
    /// <summary>All pictures, once in a page; 16 by 16, drawn with the colour of the text.</summary>
    public static readonly Html Sheet = Html.Of($"""
        <svg class="sheet" aria-hidden="true" width="0" height="0"><defs>
        <symbol id="i-check" viewBox="0 0 16 16"><path d="M3 8.5l3.2 3.2L13 4.8"/></symbol>
        <symbol id="i-cross" viewBox="0 0 16 16"><path d="M4 4l8 8M12 4l-8 8"/></symbol>
        <symbol id="i-pause" viewBox="0 0 16 16"><path d="M5.5 3.5v9M10.5 3.5v9"/></symbol>
        <symbol id="i-hand" viewBox="0 0 16 16"><path d="M8 2.5v6.5M8 12.5v1"/></symbol>
        <symbol id="i-ban" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5"/><path d="M4.2 4.2l7.6 7.6"/></symbol>
        <symbol id="i-pulse" viewBox="0 0 16 16"><path d="M1.5 8.5h3l2-5 3 9 2-4h3"/></symbol>
        <symbol id="i-back" viewBox="0 0 16 16"><path d="M6.5 3.5L3 7l3.5 3.5M3.5 7H9a4 4 0 010 6.5"/></symbol>
        <symbol id="i-turn" viewBox="0 0 16 16"><path d="M13 8a5 5 0 11-1.6-3.7M13 2.5v3h-3"/></symbol>
        <symbol id="i-clock" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5"/><path d="M8 4.8V8l2.2 1.6"/></symbol>
        <symbol id="i-drift" viewBox="0 0 16 16"><path d="M2 6h9M8.5 3.5L11 6 8.5 8.500M14 11H5M7.500 8.500L5 11l2.500 2.500"/></symbol>
        <symbol id="i-link" viewBox="0 0 16 16"><path d="M6.500 9.500l3-3M7 4.500l1.200-1.200a3 3 0 014.300 4.300L11.300 8.800M9 11.500l-1.200 1.200a3 3 0 01-4.300-4.300l1.200-1.200"/></symbol>
        <symbol id="i-anchor" viewBox="0 0 16 16"><circle cx="8" cy="3.500" r="1.500"/><path d="M8 5v8.500M3 9.500a5 4.500 0 0010 0M5.500 7.500h5"/></symbol>
        <symbol id="i-list" viewBox="0 0 16 16"><path d="M6 4h7.500M6 8h7.500M6 12h7.500M2.500 4h.5M2.500 8h.5M2.500 12h.5"/></symbol>
        <symbol id="i-note" viewBox="0 0 16 16"><path d="M3 2.500h7l3 3v8H3zM5.500 8h5M5.500 10.500h3"/></symbol>
        </defs></svg>
        """);

    /// <summary>One of them.</summary>
    /// <param name="name">Its name in <see cref="Sheet"/>, without what all have in common.</param>
    public static Html Of(string name) =>
        Html.Of($"<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\" width=\"16\" height=\"16\"><use href=\"#i-{name}\"/></svg>");
}
