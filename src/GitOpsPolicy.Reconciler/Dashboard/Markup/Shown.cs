using System.Buffers;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Dashboard.Markup;

/// <summary>Small things that every page shows alike.</summary>
internal static class Shown
{
    private const int ShortLength = 8;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>A commit by its beginning, with all of it for those who ask; a dash for none.</summary>
    public static Html Commit(string? commit) => commit switch
    {
        null or "" => Html.Of($"<span class=\"quiet\">none</span>"),
        { Length: > ShortLength } when !commit.AsSpan().ContainsAnyExcept(Hex) =>
            Html.Of($"<code title=\"{commit}\">{commit[..ShortLength]}</code>"),
        _ => Html.Of($"<code>{commit}</code>"),
    };

    /// <summary>A commit in full, to be copied; a dash for none.</summary>
    public static Html Whole(string? commit) => commit is null or "" ? Commit(commit) : Html.Of($"<code>{commit}</code>");

    /// <summary>A sentence; what stands in a pair of backticks is what somebody wrote.</summary>
    public static Html Prose(string text)
    {
        var parts = text.Split('`');
        return parts.Length % 2 == 0
            ? Html.Of($"{text}")
            : Html.Of(
                $"{parts.Select(static (part, index) => index % 2 == 0 ? Html.Of($"{part}") : Html.Of($"<code>{part}</code>"))}");
    }

    /// <summary>A digest by its beginning, with all of it for those who ask.</summary>
    public static Html Digest(string digest) =>
        digest.Length > 19 ? Html.Of($"<code title=\"{digest}\">{digest[..19]}…</code>") : Html.Of($"<code>{digest}</code>");

    /// <summary>A repository: a link where that is the web, without what stands before the host; else its text.</summary>
    public static Html Source(string source)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out var address)) return Html.Of($"<code>{source}</code>");
        var shown = address.UserInfo.Length == 0 ? source : source.Replace(address.UserInfo + "@", "", StringComparison.Ordinal);
        return address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp
            ? Html.Of($"<a href=\"{shown}\" rel=\"noreferrer\">{shown}</a>")
            : Html.Of($"<code>{shown}</code>");
    }

    /// <summary>The address of a unit's page.</summary>
    public static string PathOf(UnitKey unit) =>
        $"/units/{Uri.EscapeDataString(unit.Namespace)}/{Uri.EscapeDataString(unit.Name)}";

    /// <summary>The address of a rule's page.</summary>
    public static string PathOfRule(string rule) => $"/rules/{Uri.EscapeDataString(rule)}";

    /// <summary>A number with its word: <c>1 object</c>, <c>2 objects</c>.</summary>
    public static string Count(int count, string one, string? many = null) =>
        FormattableString.Invariant($"{count:#,0} {(count == 1 ? one : many ?? one + "s")}");
}
