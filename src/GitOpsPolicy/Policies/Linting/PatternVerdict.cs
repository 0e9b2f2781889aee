using System.Text.RegularExpressions;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>
/// Tells regular expressions that match everything or nothing, as far as a look at the text does. What it cannot tell it leaves
/// alone.
/// </summary>
internal static partial class PatternVerdict
{
    /// <summary>True for one that matches every text, false for one that matches none, null for any other.</summary>
    public static bool? Of(string pattern, string flags) =>
        MatchesNothingOfEverything().IsMatch(pattern) ? true
        : !pattern.Contains('|') && !flags.Contains('m') && HasAnchorInside(pattern) ? false
        : null;

    // One optional atom that nothing anchors is found everywhere, if only as no text at all.
    [GeneratedRegex(
        @"^\^?(?:\(?(?:\.|\\[dDwWsS]|\[[^\]]+\]|[\w -])[*?]\)?)?\$?$(?<!\*\)?\$)(?<!\?\)?\$)", RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex MatchesNothingOfEverything();

    // `$` before a character that has to follow, `^` behind one that has to come first.
    private static bool HasAnchorInside(string pattern)
    {
        var inClass = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '\\': at++; break;
                case '[': inClass = true; break;
                case ']': inClass = false; break;
                case '$' when !inClass && Requires(pattern, at + 1): return true;
                case '^' when !inClass && at > 0 && char.IsLetterOrDigit(pattern[at - 1]) && !IsEscaped(pattern, at - 1):
                    return true;
                default: break;
            }
        }

        return false;
    }

    // A letter, digit or the like that nothing makes optional.
    private static bool Requires(string pattern, int at) =>
        at < pattern.Length
            && char.IsLetterOrDigit(pattern[at])
            && !(at + 1 < pattern.Length && pattern[at + 1] is '*' or '?' or '{');

    private static bool IsEscaped(string pattern, int at) => at > 0 && pattern[at - 1] == '\\';
}
