using System.Text;
using System.Text.RegularExpressions;

namespace GitOpsPolicy.Inputs.Files;

/// <summary>
/// A path with wildcards: <c>*</c> and <c>?</c> within one name, <c>**</c> across folders, <c>{a,b}</c> for either.
/// </summary>
internal sealed class PathGlob
{
    private readonly Regex expression;

    /// <summary>Reads a pattern; every text is one.</summary>
    public PathGlob(string pattern)
    {
        var firstWildcard = pattern.AsSpan().IndexOfAny("*?{");
        var lastSlash = firstWildcard < 0 ? pattern.LastIndexOf('/') : pattern.LastIndexOf('/', firstWildcard);
        Folder = lastSlash < 0 ? "" : pattern[..Math.Max(lastSlash, 1)];
        expression = new(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    /// <summary>The folder below which every match lies; empty for the current one.</summary>
    public string Folder { get; }

    /// <summary>True for a text that holds a wildcard.</summary>
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny("*?{");

    /// <summary>True when the whole path fits.</summary>
    public bool Matches(string path) => expression.IsMatch(path);

    private static string Translate(string pattern)
    {
        var text = new StringBuilder("^");
        var open = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when pattern.AsSpan(i).StartsWith("**/"):
                    text.Append("(?:.*/)?");
                    i += 2;
                    break;
                case '*' when pattern.AsSpan(i).StartsWith("**"):
                    text.Append(".*");
                    i++;
                    break;
                case '*':
                    text.Append("[^/]*");
                    break;
                case '?':
                    text.Append("[^/]");
                    break;
                case '{' when pattern.IndexOf('}', i) > 0:
                    open++;
                    text.Append("(?:");
                    break;
                case '}' when open > 0:
                    open--;
                    text.Append(')');
                    break;
                case ',' when open > 0:
                    text.Append('|');
                    break;
                case var c:
                    text.Append(Regex.Escape(c.ToString()));
                    break;
            }
        }

        return text.Append(')', open).Append('$').ToString();
    }
}
