using System.Buffers;
using System.Buffers.Text;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>Secrets whose structure is more than a prefix and a run of characters.</summary>
internal static class StructuredTokens
{
    /// <summary>The smallest private key (Ed25519 in PKCS #8) is 64 characters of base64.</summary>
    private const int ShortestKeyMaterial = 60;

    private static readonly SearchValues<char> UserInfoEnd = SearchValues.Create("/?# \t\r\n\"'`<>\\");
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly HashSet<string> WellKnownPasswords = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "pass", "passwd", "pwd", "secret", "user", "username", "admin", "root", "guest", "test", "postgres", "mysql", "redis", "rabbitmq",
        "default", "token", "pw", "toor", "12345", "123456", "foo", "bar", "x", "name",
    };

    /// <summary>A PEM private key with its key material; the armour alone, as documentation shows it, is none.</summary>
    public static TokenHit? PrivateKey(string text, int at)
    {
        var begin = text.LastIndexOf("-----BEGIN ", at, StringComparison.Ordinal);
        if (begin < 0 || at - begin > 40) return null;
        var armour = text.IndexOf("-----", at, StringComparison.Ordinal);
        if (armour < 0 || armour - at > 20) return null;
        var body = text.AsSpan(armour + 5);
        var end = body.IndexOf("-----END");
        if (end >= 0) body = body[..end];
        return CountKeyMaterial(body) >= ShortestKeyMaterial && !Placeholders.IsSample(body)
            ? new TokenHit("private-key", "a private key", Confidence.Certain, false)
            : null;
    }

    /// <summary>A signed JSON Web Token: a header that is JSON, a payload that is JSON, a signature.</summary>
    public static TokenHit? JsonWebToken(string text, int at)
    {
        if (at > 0 && (TokenCharacters.Contains(text[at - 1]) || text[at - 1] == '.')) return null;
        var header = TakeToken(text, at);
        var payloadAt = at + header.Length + 1;
        if (header.Length < 12 || payloadAt >= text.Length || text[payloadAt - 1] != '.') return null;
        var payload = TakeToken(text, payloadAt);
        if (payload.Length < 12 || !payload.StartsWith("eyJ")) return null;
        var signatureAt = payloadAt + payload.Length + 1;
        if (signatureAt >= text.Length || text[signatureAt - 1] != '.') return null;
        if (TakeToken(text, signatureAt).Length < 16 || !HasAlgorithm(header)) return null;
        return new TokenHit("json-web-token", "a JSON Web Token", Confidence.Certain, false);
    }

    /// <summary>A URL with a password in it: <c>postgres://app:s3cret@db/app</c>.</summary>
    public static TokenHit? UrlWithPassword(string text, int at)
    {
        if (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) return null;
        var rest = text.AsSpan(at + 3);
        var end = rest.IndexOfAny(UserInfoEnd);
        var authority = end < 0 ? rest : rest[..end];
        var user = authority.LastIndexOf('@');
        if (user <= 0 || user == authority.Length - 1) return null;
        var colon = authority[..user].IndexOf(':');
        if (colon < 0) return null;
        var password = authority[(colon + 1)..user].ToString();
        if (password.Length == 0 || Placeholders.IsPlaceholder(password) || password[0] == '%') return null;
        var confidence = WellKnownPasswords.Contains(password) || password.Length < 6 ? Confidence.Possible : Confidence.Certain;
        return new TokenHit("url-with-password", "a URL with a password in it", confidence, false);
    }

    private static ReadOnlySpan<char> TakeToken(string text, int at)
    {
        var rest = text.AsSpan(at);
        var end = rest.IndexOfAnyExcept(TokenCharacters);
        return end < 0 ? rest : rest[..end];
    }

    private static bool HasAlgorithm(ReadOnlySpan<char> header)
    {
        Span<byte> decoded = stackalloc byte[512];
        return header.Length <= 600 && Base64Url.IsValid(header) && Base64Url.TryDecodeFromChars(header, decoded, out var length) && decoded[..length].IndexOf("\"alg\""u8) >= 0;
    }

    // Lines with a colon are headers of an encrypted key, and `\n` may be written out where the key lies in JSON.
    private static int CountKeyMaterial(ReadOnlySpan<char> body)
    {
        var count = 0;
        foreach (var line in body.EnumerateLines())
        {
            if (line.Contains(':')) continue;
            foreach (var c in line)
                if (char.IsAsciiLetterOrDigit(c) || c is '+' or '/') count++;
        }

        return count;
    }
}
