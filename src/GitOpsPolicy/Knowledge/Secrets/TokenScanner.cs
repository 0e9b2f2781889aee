using System.Buffers;
using System.Buffers.Text;
using System.Collections.Frozen;
using System.IO.Compression;
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

    /// <summary>What is unpacked of a compressed text, for each of its bytes: user data is text, and a bomb is none.</summary>
    private const int MostUnpacked = 8;

    private static readonly SearchValues<char> Base64Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_\r\n");

    private static readonly Matcher[] Matchers = BuildMatchers();

    // By the slot of the first three characters: of two hundred literals one or two are left to compare.
    private static readonly FrozenDictionary<int, Matcher[]> MatchersByStart =
        Matchers.GroupBy(matcher => Slot(matcher.Literal[0], matcher.Literal[1], matcher.Literal[2])).ToFrozenDictionary(
            group => group.Key, group => group.ToArray());

    // A bit for each three characters that a literal starts with. The vectorised search of the framework is meant for a few
    // literals: with 150 it meets so many false candidates in ordinary text that one look at a table per character is ten times
    // as fast.
    private static readonly ulong[] Starts = BuildStarts();

    /// <summary>The surest token in the text, in clear or base64-encoded; the first of those that are as sure.</summary>
    /// <param name="text">The text.</param>
    /// <param name="key">The name it stands under; null for none.</param>
    public static TokenHit? Find(string text, string? key = null) => Find(text, key, 0);

    /// <summary>
    /// The text that a base64 text stands for, unpacked where it is gzip; null when it is not base64, or stands for something
    /// other than text.
    /// </summary>
    public static string? Decode(string text)
    {
        if (text.Length < ShortestText || text.AsSpan().IndexOfAnyExcept(Base64Characters) >= 0) return null;
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        if (!TryDecode(text, bytes, out var length)) return null;
        var decoded = bytes.AsSpan(0, length);
        if (decoded is [0x1F, 0x8B, ..]) decoded = Unpack(bytes, length);
        return decoded.Length > 0 && IsText(decoded) ? Encoding.UTF8.GetString(decoded) : null;
    }

    private static TokenHit? Find(string text, string? key, int depth)
    {
        if (text.Length < ShortestText) return null;
        if (FindClear(text, key) is { } hit) return hit;
        if (depth == DeepestEncoding || Decode(text) is not { } decoded) return null;
        return Find(decoded, key, depth + 1) is { } inner ? inner with { IsEncoded = true } : null;
    }

    // What may be a default must not hide what is none.
    private static TokenHit? FindClear(string text, string? key)
    {
        TokenHit? best = null;
        var starts = Starts;
        for (var at = 0; at + 2 < text.Length; at++)
        {
            var slot = Slot(text[at], text[at + 1], text[at + 2]);
            if ((starts[slot >> 6] & (1UL << slot)) == 0 || MatchAt(text, at, key, slot) is not { } hit) continue;
            if (hit.Confidence == Confidence.Certain) return hit;
            best ??= hit;
        }

        return best;
    }

    private static TokenHit? MatchAt(string text, int at, string? key, int slot)
    {
        foreach (var (literal, match) in MatchersByStart[slot])
        {
            if (string.CompareOrdinal(text, at, literal, 0, literal.Length) == 0 && match(text, at, key) is { } hit) return hit;
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

    private static Matcher[] BuildMatchers()
    {
        var matchers = new List<Matcher>
        {
            new(
                "PRIVATE KEY",
                PrivateKeys.Pem), new(
                    "LS0tLS1CRUdJTi",
                    PrivateKeys.EncodedPem), new("PuTTY-User-Key-File-", PrivateKeys.Putty), new("\"kty\"", PrivateKeys.Jwk),
            new("eyJ", StructuredTokens.JsonWebToken), new("://", StructuredTokens.UrlWithPassword),
            new("Basic ", StructuredTokens.Authorization), new("Bearer ", StructuredTokens.Authorization),
            new("assword=", ConnectionStrings.Password), new("ASSWORD=", ConnectionStrings.Password),
            new(
                "pwd=",
                ConnectionStrings.Password), new("Pwd=", ConnectionStrings.Password), new("PWD=", ConnectionStrings.Password),
            new("thin:", ConnectionStrings.OracleThin),
        };
        foreach (var detector in DetectorTable.Tokens)
            foreach (var literal in detector.Literals)
                matchers.Add(new(literal, (text, at, key) => detector.Match(text, at, literal.Length, key)));
        return [.. matchers];
    }

    private static bool TryDecode(string text, Span<byte> bytes, out int length)
    {
        if (Convert.TryFromBase64String(text, bytes, out length)) return true;
        return Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out length);
    }

    private static Span<byte> Unpack(byte[] packed, int length)
    {
        var unpacked = new byte[length * MostUnpacked];
        try
        {
            using var stream = new GZipStream(new MemoryStream(packed, 0, length), CompressionMode.Decompress);
            return unpacked.AsSpan(0, stream.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false));
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    // Keys, certificates in DER and images are bytes, not text: anything with control characters or invalid UTF-8 is left alone.
    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
            if (b < 0x20 && b is not ((byte)'\n' or (byte)'\r' or (byte)'\t')) return false;
        return System.Text.Unicode.Utf8.IsValid(bytes);
    }

    /// <summary>What is looked for, and what looks around the place where it is.</summary>
    private readonly record struct Matcher(string Literal, Func<string, int, string?, TokenHit?> Match);
}
