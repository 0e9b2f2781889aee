namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// The checksum that GitHub's and npm's tokens end in: CRC-32 of the characters before it, as six digits of base 62.
/// See https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/.
/// </summary>
internal static class TokenChecksum
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Length = 6;

    /// <summary>CRC-32 of ISO 3309, reflected.</summary>
    private const uint Polynomial = 0xEDB88320;

    /// <summary>Whether the end of a token is the checksum of the rest.</summary>
    /// <param name="body">The token without its prefix.</param>
    public static bool IsSound(ReadOnlySpan<char> body) =>
        body.Length > Length && Of(body[..^Length]).AsSpan().SequenceEqual(body[^Length..]);

    /// <summary>A token's text with the end that makes it sound.</summary>
    /// <param name="body">The token without its prefix.</param>
    public static string Seal(string body) => body[..^Length] + Of(body.AsSpan(0, body.Length - Length));

    private static string Of(ReadOnlySpan<char> text) => string.Create(Length, Crc(text), static (digits, crc) =>
    {
        for (var i = Length - 1; i >= 0; i--, crc /= 62) digits[i] = Digits[(int)(crc % 62)];
    });

    private static uint Crc(ReadOnlySpan<char> text)
    {
        var crc = uint.MaxValue;
        foreach (var c in text)
        {
            crc ^= (byte)c;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
        }

        return ~crc;
    }
}
