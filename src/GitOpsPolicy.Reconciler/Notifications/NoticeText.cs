using System.Text.RegularExpressions;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Notifications;

/// <summary>
/// Texts of others on their way out of the cluster: one line, nothing that is not seen, no accounts of addresses, and not without
/// end.
/// </summary>
internal static partial class NoticeText
{
    /// <summary>Characters of a title.</summary>
    public const int Title = 140;

    /// <summary>Characters of a message.</summary>
    public const int Message = 1_000;

    /// <summary>Characters of a detail.</summary>
    public const int Detail = 300;

    /// <summary>The text as it may go out.</summary>
    public static string Of(string text, int most)
    {
        // What is much too long is cut first, and again when it is safe, which makes it longer.
        var safe = Account().Replace(SafeText.OneLine(Cut(text, most * 4)), "://");
        return Cut(safe, most);
    }

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";

    [GeneratedRegex(@"://[^\s/@]*@", RegexOptions.NonBacktracking)]
    private static partial Regex Account();
}
