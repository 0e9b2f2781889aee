using System.Buffers;
using System.Buffers.Text;
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
/// hold no literal and cost one pass.
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

    // By the first character of the literal, all of which are ASCII.
    private static readonly (string Literal, Func<string, int, TokenHit?> Match)[]?[] MatchersByStart = BuildMatchersByStart();

    // A bit for each three characters that a literal starts with. The vectorised search of the framework is meant for a few literals:
    // with 150 it meets so many false candidates in ordinary text that one look at a table per character is ten times as fast.
    private static readonly ulong[] Starts = BuildStarts();

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
        if (FindClear(text) is { } hit) return hit;
        if (depth == DeepestEncoding || Decode(text) is not { } decoded) return null;
        return Find(decoded, depth + 1) is { } inner ? inner with { IsEncoded = true } : null;
    }

    private static TokenHit? FindClear(string text)
    {
        var starts = Starts;
        for (var at = 0; at + 2 < text.Length; at++)
        {
            var slot = Slot(text[at], text[at + 1], text[at + 2]);
            if ((starts[slot >> 6] & (1UL << slot)) != 0 && MatchAt(text, at) is { } hit) return hit;
        }

        return null;
    }

    private static TokenHit? MatchAt(string text, int at)
    {
        if (text[at] >= MatchersByStart.Length || MatchersByStart[text[at]] is not { } matchers) return null;
        foreach (var (literal, match) in matchers)
        {
            if (string.CompareOrdinal(text, at, literal, 0, literal.Length) == 0 && match(text, at) is { } hit) return hit;
        }

        return null;
    }

    private static int Slot(char first, char second, char third) => (first ^ (second << 5) ^ (third << 9)) & 0xFFFF;

    private static ulong[] BuildStarts()
    {
        var bits = new ulong[(0xFFFF >> 6) + 1];
        foreach (var (literal, _) in Matchers)
        {
            var slot = Slot(literal[0], literal[1], literal[2]);
            bits[slot >> 6] |= 1UL << slot;
        }

        return bits;
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

    private static (string Literal, Func<string, int, TokenHit?> Match)[]?[] BuildMatchersByStart()
    {
        var byStart = new (string, Func<string, int, TokenHit?>)[]?[128];
        foreach (var matcher in Matchers)
        {
            ref var slot = ref byStart[matcher.Literal[0]];
            slot = slot is null ? [matcher] : [.. slot, matcher];
        }

        return byStart;
    }

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
