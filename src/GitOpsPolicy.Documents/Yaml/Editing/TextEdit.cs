using System.Text;

namespace GitOpsPolicy.Documents;

/// <summary>One stretch of a text that another takes the place of.</summary>
/// <param name="Start">Where it starts, in UTF-16 units.</param>
/// <param name="End">Where it ends; equal to the start for what is only put in.</param>
/// <param name="Text">What takes its place.</param>
public readonly record struct TextEdit(int Start, int End, string Text)
{
    // Of two blocks that end at one place the inner one goes on first: a line of the outer one would close it.
    private int Indentation => Text.TrimStart('\r', '\n') is var line ? line.Length - line.TrimStart(' ').Length : 0;

    /// <summary>The edits in the order of the text, each once; null when two of them want the same stretch.</summary>
    public static TextEdit[]? InOrder(IEnumerable<TextEdit> edits)
    {
        TextEdit[] ordered = [.. edits.Distinct()
            .OrderBy(static edit => edit.Start)
            .ThenBy(static edit => edit.End)
            .ThenByDescending(static edit => edit.Indentation)];
        for (var i = 1; i < ordered.Length; i++)
            if (ordered[i].Start < ordered[i - 1].End) return null;
        return ordered;
    }

    /// <summary>The text with all edits made.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ordered">The edits in order, none of which overlap.</param>
    public static string Apply(string text, IReadOnlyList<TextEdit> ordered)
    {
        var result = new StringBuilder(text.Length);
        var at = 0;
        foreach (var edit in ordered)
        {
            result.Append(text, at, edit.Start - at).Append(edit.Text);
            at = edit.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
