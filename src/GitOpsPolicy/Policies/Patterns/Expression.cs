using System.Text.RegularExpressions;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies.Patterns;

/// <summary>Regular expressions that users write outside of scripts. They take time proportional to the text, so none can hang.</summary>
internal static class Expression
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>Reads one, or reports why it is none.</summary>
    public static Regex? Read(Node node, string name, ProblemList problems) =>
        Reads.Text(node, name, problems) is { } text ? Make(text, node, name, problems) : null;

    /// <summary>Makes one of a text that stands at <paramref name="node"/>, or reports why it is none.</summary>
    public static Regex? Make(string text, Node node, string name, ProblemList problems)
    {
        try
        {
            return new(text, Linear);
        }
        catch (RegexParseException e)
        {
            problems.Add(node, $"`{name}` is not a regular expression: {Lower(e.Error.ToString())} at character {e.Offset} of `{text}`");
        }
        catch (NotSupportedException)
        {
            problems.Add(node, $"`{name}` uses a look-around, back-reference or atomic group: `{text}`", "these can hang on hostile text; write it without");
        }

        return null;
    }

    // UnescapedEndingBackslash -> unescaped ending backslash
    private static string Lower(string name) => Regex.Replace(name, "(?<!^)([A-Z])", " $1", RegexOptions.None, TimeSpan.FromSeconds(1)).ToLowerInvariant();
}
