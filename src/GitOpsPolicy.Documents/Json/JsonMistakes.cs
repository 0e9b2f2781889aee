namespace GitOpsPolicy.Documents;

/// <summary>Says in the words of this program what <see cref="System.Text.Json"/> found wrong with a text.</summary>
internal static class JsonMistakes
{
    /// <summary>The start of the library's message, what we say, and the remedy; a null message keeps the library's.</summary>
    private static readonly (string Start, string? Message, string? Hint)[] Known =
    [
        ("The input does not contain any JSON", "the text is empty", "an empty text is no JSON value"),
        ("Expected end of string", "the text ends inside a string", "close it with `\"`; the file may have been cut off"),
        ("Expected depth to be zero", "the text ends before every `{` and `[` is closed", "the file may have been cut off"),
        ("The maximum configured depth", "values nest too deeply", "flatten the document"),
        ("The JSON object contains a trailing comma", "`}` after a comma",
            "remove the comma, JSON allows none after the last member"),
        ("The JSON array contains a trailing comma", "`]` after a comma",
            "remove the comma, JSON allows none after the last item"),
        ("'/' is an invalid start", "`/` starts no value", "remove the comment, JSON has none"),
        ("''' is an invalid start", "`'` starts no value", "JSON strings stand in double quotes"),
    ];

    /// <summary>The message and the remedy for an exception's text.</summary>
    public static (string Message, string? Hint) Describe(string thrown)
    {
        foreach (var (start, message, hint) in Known)
            if (thrown.StartsWith(start, StringComparison.Ordinal)) return (message ?? Reworded(thrown), hint);
        return (Reworded(thrown),
            thrown.Contains("after a single JSON value", StringComparison.Ordinal) ? "a file holds one JSON value" : null);
    }

    // The library's sentences name the character in single quotes and end with coordinates of their own.
    private static string Reworded(string thrown)
    {
        var end = thrown.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var sentence = (end < 0 ? thrown : thrown[..end]).TrimEnd('.', ' ')
            .Replace(". Expected", ", expected")
            .Replace(". The", ", the");
        var words = sentence.Replace('\'', '`');
        return Shown.Line(char.ToLowerInvariant(words[0]) + words[1..]);
    }
}
