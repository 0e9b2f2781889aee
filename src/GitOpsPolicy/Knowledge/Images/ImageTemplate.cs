using System.Buffers;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>
/// References that another tool completes: <c>ghcr.io/acme/app:${TAG}</c>, <c>{{ .Values.image }}</c>, <c>$(params.image)</c>.
/// </summary>
internal static class ImageTemplate
{
    private static readonly SearchValues<string> Openings = SearchValues.Create(
        ["${", "$(", "{{", "<%", "((", "#{", "__"], StringComparison.Ordinal);

    /// <summary>The text is completed by another tool, or is to be written by a person: <c>&lt;image&gt;</c>.</summary>
    public static bool IsOne(string text) => Start(text) >= 0 || text is ['<', .., '>'];

    /// <summary>The repository of a reference of which only tag or digest is filled in; null for any other text.</summary>
    public static string? KnownPart(string text)
    {
        var open = Start(text);
        if (open <= 0) return null;
        var slash = text.LastIndexOf('/', open);
        var sign = text.AsSpan(slash + 1, open - slash - 1).IndexOfAny(':', '@');
        return sign > 0 ? text[..(slash + 1 + sign)] : null;
    }

    // `__TAG__` stands for itself within a word: `a__b` is a path.
    private static int Start(string text)
    {
        var at = text.AsSpan().IndexOfAny(Openings);
        if (at < 0 || text[at] != '_') return at;
        return text.Length > at + 4 && char.IsAsciiLetterUpper(text[at + 2]) && text.EndsWith("__", StringComparison.Ordinal)
            ? at
            : -1;
    }
}
