using System.Buffers;
using System.Text;

namespace GitOpsPolicy.Reports;

/// <summary>
/// Text from an input, made fit for Markdown: nothing in it is taken for a mention, link, image, HTML or emphasis.
/// </summary>
internal static class MarkdownText
{
    private static readonly SearchValues<char> Signs = SearchValues.Create(@"\*_[]<>&|~$`#!");

    /// <summary>
    /// A code span around any text: its fence is longer than every run of backticks inside (CommonMark, section 6.1).
    /// </summary>
    public static string Code(string text)
    {
        var safe = SafeText.OneLine(text);
        var longest = LongestRun(safe);
        var fence = new string('`', longest + 1);
        var pad = longest > 0 || safe.Length == 0 || safe[0] == ' ' ? " " : "";
        return $"{fence}{pad}{safe}{pad}{fence}";
    }

    /// <summary>
    /// A code span in a table. There a pipe ends the cell even inside a code span, unless a backslash stands before it.
    /// </summary>
    public static string Cell(string text) => Code(text).Replace("|", "\\|");

    /// <summary>A block of code around lines of text, whatever they hold.</summary>
    /// <param name="language">What it is written in.</param>
    /// <param name="text">The lines, the last of them with its end.</param>
    public static string Block(string language, string text)
    {
        var fence = new string('`', Math.Max(3, LongestRun(text) + 1));
        var lines = text.TrimEnd('\n').Split('\n').Select(SafeText.OneLine);
        return $"{fence}{language}\n{string.Join('\n', lines)}\n{fence}\n";
    }

    /// <summary>
    /// Paragraphs of prose, of which only what stands between backticks means more than its letters: it is code.
    /// </summary>
    public static string Prose(string text) =>
        string.Join(
            "\n\n",
            text.ReplaceLineEndings("\n")
                .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(Line));

    /// <summary>The same on one line, fit for a cell of a table.</summary>
    public static string Line(string text)
    {
        var words = string.Join(
            ' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var parts = words.Split('`');
        var line = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            var isCode = i % 2 == 1 && i < parts.Length - 1 && parts[i].Length > 0;
            if (isCode) line.Append(Cell(parts[i]));
            else
                line.Append(i % 2 == 1 ? "\\`" : "")
                    .Append(Escaped(parts[i]))
                    .Append(i % 2 == 1 && i < parts.Length - 1 ? "\\`" : "");
        }

        return Started(line.ToString());
    }

    // Within a word `_` marks nothing, and `snake_case` stays legible in the source.
    private static string Escaped(string text)
    {
        var safe = SafeText.OneLine(text);
        if (safe.AsSpan().IndexOfAny(Signs) < 0) return safe;
        var escaped = new StringBuilder(safe.Length + 8);
        for (var i = 0; i < safe.Length; i++)
        {
            var isWithinWord = safe[i] == '_'
                && i > 0
                && i + 1 < safe.Length
                && char.IsAsciiLetterOrDigit(safe[i - 1])
                && char.IsAsciiLetterOrDigit(safe[i + 1]);
            if (Signs.Contains(safe[i]) && !isWithinWord) escaped.Append('\\');
            escaped.Append(safe[i]);
        }

        return escaped.ToString();
    }

    // What stands at the start of a line may make it a list, a rule or a heading (CommonMark, sections 4 and 5).
    private static string Started(string line)
    {
        if (line is ['-' or '+' or '=', ..]) return "\\" + line;
        var digits = line.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && line[digits] is '.' or ')' ? line.Insert(digits, "\\") : line;
    }

    private static int LongestRun(string text)
    {
        var longest = 0;
        for (int i = 0, run = 0; i < text.Length; i++)
        {
            run = text[i] == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
