using System.Text;

namespace GitOpsPolicy.Documents;

/// <summary>
/// Finds the comment behind a value on its line, where tools leave markers such as Flux's <c># {"$imagepolicy": "…"}</c>. Nothing
/// is kept for it while reading: the line is looked at again when somebody asks.
/// </summary>
public static class LineComment
{
    /// <summary>
    /// The comment on the line where a value starts, without <c>#</c> and the spaces around; null when there is none.
    /// </summary>
    /// <param name="node">A value read from YAML. One that was made, or whose text is no longer at hand, has no comment.</param>
    public static string? Of(Node node)
    {
        if (node.Document?.Source is not TextFile file || !file.TryGetLine(node.Position.Line, out var bytes)) return null;
        var line = Encoding.UTF8.GetString(bytes);
        var start = node.Position.Column - 1;
        if (start < 0 || start > line.Length) return null;
        var sign = FindSign(line, start);
        return sign < 0 ? null : line[(sign + 1)..].Trim();
    }

    /// <summary>The first <c>#</c> from a value's start on that begins a comment; -1 when none does.</summary>
    private static int FindSign(string line, int start)
    {
        for (var at = start; at < line.Length; at++)
        {
            var before = at == 0 ? ' ' : line[at - 1];
            if (line[at] == '#' && (before is ' ' or '\t')) return at;
            if (line[at] is '"' or '\'' && (at == start || before is ' ' or '\t' or '[' or '{' or ',' or ':'))
                at = EndOfQuoted(line, at);
        }

        return -1;
    }

    // The place of the closing quote; the end of the line when the text goes on below. Two single quotes within single quotes are
    // one of the text's own.
    private static int EndOfQuoted(string line, int open)
    {
        for (var at = open + 1; at < line.Length; at++)
        {
            if (line[at] == '\\' && line[open] == '"') at++;
            else if (line[at] == line[open] && at + 1 < line.Length && line[at + 1] == '\'' && line[open] == '\'') at++;
            else if (line[at] == line[open]) return at;
        }

        return line.Length;
    }
}
