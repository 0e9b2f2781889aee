using System.Buffers;
using System.Buffers.Text;
using System.Collections.Frozen;
using System.Text;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>A token found in a text.</summary>
/// <param name="Detector">Name of what found it.</param>
/// <param name="Title">What it is, as the end of a sentence.</param>
/// <param name="Confidence">How sure that is.</param>
/// <param name="IsEncoded">It was found after base64 decoding.</param>
internal readonly record struct TokenHit(string Detector, string Title, Confidence Confidence, bool IsEncoded);

/// <summary>
/// Looks for tokens in one text: all literals of the table at once, then the shape around the literal that was met. Most texts
/// hold no literal and cost one vectorised pass.
/// </summary>
internal static class TokenScanner
{
    /// <summary>Shorter than any token.</summary>
    private const int ShortestText = 16;

    /// <summary>Base64 within base64 is what a Secret made from an encoded file holds; deeper is no one's habit.</summary>
    private const int DeepestEncoding = 2;

    private static readonly SearchValues<char> Base64Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_\r\n");

    private static readonly (string Literal, Func<string, int, TokenHit?> Match)[] Matchers = BuildMatchers();

    private static readonly FrozenDictionary<char, (string Literal, Func<string, int, TokenHit?> Match)[]> MatchersByStart =
        Matchers.GroupBy(matcher => matcher.Literal[0]).ToFrozenDictionary(group => group.Key, group => group.ToArray());

    // Up to 80 values are searched by a vectorised algorithm; the table is cut in two to stay below.
    private static readonly SearchValues<string>[] Prefilters = Matchers.Select(matcher => matcher.Literal).Distinct(StringComparer.Ordinal).Chunk(75)
        .Select(literals => SearchValues.Create(literals, StringComparison.Ordinal)).ToArray();

    /// <summary>The first token in the text, in clear or base64-encoded.</summary>
    public static TokenHit? Find(string text) => Find(text, 0);

    /// <summary>The text that a base64 text stands for; null when it is not base64, or stands for something other than text.</summary>
    public static string? Decode(string text)
    {
        if (text.Length < ShortestText || text.AsSpan().IndexOfAnyExcept(Base64Characters) >= 0) return null;
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        if (!TryDecode(text, bytes, out var length)) return null;
        var decoded = bytes.AsSpan(0, length);
        return Encoding.UTF8.GetCharCount(decoded) > 0 && IsText(decoded) ? Encoding.UTF8.GetString(decoded) : null;
    }

    private static TokenHit? Find(string text, int depth)
    {
        if (text.Length < ShortestText) return null;
        foreach (var prefilter in Prefilters)
            if (FindClear(text, prefilter) is { } hit) return hit;
        if (depth == DeepestEncoding || Decode(text) is not { } decoded) return null;
        return Find(decoded, depth + 1) is { } inner ? inner with { IsEncoded = true } : null;
    }

    private static TokenHit? FindClear(string text, SearchValues<string> prefilter)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var next = text.AsSpan(at).IndexOfAny(prefilter);
            if (next < 0) return null;
            at += next;
            foreach (var (literal, match) in MatchersByStart[text[at]])
            {
                if (string.CompareOrdinal(text, at, literal, 0, literal.Length) == 0 && match(text, at) is { } hit) return hit;
            }
        }

        return null;
    }

    private static (string, Func<string, int, TokenHit?>)[] BuildMatchers()
    {
        var matchers = new List<(string, Func<string, int, TokenHit?>)>
        {
            ("PRIVATE KEY", StructuredTokens.PrivateKey),
            ("eyJ", StructuredTokens.JsonWebToken),
            ("://", StructuredTokens.UrlWithPassword),
        };
        foreach (var detector in DetectorTable.All)
            foreach (var literal in detector.Literals)
                matchers.Add((literal, (text, at) => Match(detector, literal, text, at)));
        return [.. matchers];
    }

    private static TokenHit? Match(Detector detector, string literal, string text, int at) =>
        detector.Matches(text, at, literal.Length, out _) ? new TokenHit(detector.Name, detector.Title, Confidence.Certain, false) : null;

    private static bool TryDecode(string text, Span<byte> bytes, out int length)
    {
        if (Convert.TryFromBase64String(text, bytes, out length)) return true;
        return Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out length);
    }

    // Keys, certificates in DER and images are bytes, not text: anything with control characters or invalid UTF-8 is left alone.
    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
            if (b < 0x20 && b is not ((byte)'\n' or (byte)'\r' or (byte)'\t')) return false;
        return System.Text.Unicode.Utf8.IsValid(bytes);
    }
}
