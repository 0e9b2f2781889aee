using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script;

namespace GitOpsPolicy.Policies.Patterns;

/// <summary>
/// Regular expressions that users write outside of scripts: the same language, with the same meaning, as inside.
/// </summary>
internal static class Expression
{
    /// <summary>Reads one, or reports why it is none.</summary>
    public static TextPattern? Read(Node node, string name, ProblemList problems) =>
        Reads.Text(node, name, problems) is { } text ? Make(text, node, name, problems) : null;

    /// <summary>Makes one of a text that stands at <paramref name="node"/>, or reports why it is none.</summary>
    public static TextPattern? Make(string text, Node node, string name, ProblemList problems)
    {
        if (TextPattern.TryMake(text, out var made, out var flaw)) return made;
        var verdict = flaw.IsUnsupported ? "cannot be used" : "is no regular expression";
        var hint = text.StartsWith("(?i)", StringComparison.Ordinal)
            ? "there are no flags inside a pattern, write `[Aa]` or an expression with `/…/i`"
            : null;
        problems.Add(node, $"`{name}` {verdict}, see character {flaw.Offset} of `{text}`: {flaw.Message}", hint);
        return null;
    }
}
