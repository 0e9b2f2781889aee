using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>Secrets whose structure is more than a prefix and a run of characters.</summary>
internal static class StructuredTokens
{
    /// <summary>A header, a payload: longer ones than this no server takes.</summary>
    private const int LongestPart = 16 * 1024;

    private const int LongestAuthority = 2048;

    private static readonly SearchValues<char> UserInfoEnd = SearchValues.Create("/?# \t\r\n\"'`<>\\");
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly SearchValues<char> CredentialCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+/=");

    /// <summary>A signed JSON Web Token: a header that is JSON, a payload that is JSON, a signature.</summary>
    public static TokenHit? JsonWebToken(string text, int at, string? key)
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

    /// <summary>A URL with a password in it, at its <c>://</c>: <c>postgres://app:s3cret@db/app</c>.</summary>
    public static TokenHit? UrlWithPassword(string text, int at, string? key)
    {
        if (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) return null;
        var rest = text.AsSpan(at + 3, Math.Min(text.Length - at - 3, LongestAuthority));
        var end = rest.IndexOfAny(UserInfoEnd);
        var authority = end < 0 ? rest : rest[..end];
        var user = authority.LastIndexOf('@');
        var hostIsReference = end >= 0 && rest[end] == '<';
        if (user <= 0 || (user == authority.Length - 1 && !hostIsReference)) return null;
        var colon = authority[..user].IndexOf(':');
        if (colon < 0) return null;
        var password = authority[(colon + 1)..user].ToString();
        return password.Length == 0 || password[0] == '%'
            ? null
            : Passwords.Judge(password, "url-with-password", "a URL with a password in it");
    }

    /// <summary>
    /// An <c>Authorization</c> header's credentials, at its scheme <c>Basic </c> or <c>Bearer </c> (RFC 7617, RFC 6750).
    /// </summary>
    public static TokenHit? Authorization(string text, int at, string? key)
    {
        var start = text.IndexOf(' ', at) + 1;
        var rest = text.AsSpan(start, Math.Min(text.Length - start, LongestPart));
        var length = rest.IndexOfAnyExcept(CredentialCharacters);
        var credentials = length < 0 ? rest : rest[..length];
        if (credentials.Length < 8 || Placeholders.IsSample(credentials)) return null;
        if (text[at + 1] == 'a')
            return DecodesToPair(credentials)
                ? new TokenHit("basic-credentials", "credentials of HTTP Basic", Confidence.Certain, false)
                : null;
        var isRandom = credentials.Length >= 20
            && credentials.ContainsAnyInRange('0', '9')
            && ValueShape.Entropy(credentials) >= 3.5;
        return isRandom ? new TokenHit("bearer-token", "a bearer token", Confidence.Certain, false) : null;
    }

    /// <summary>The text is base64 of <c>user:password</c>, as <c>auth</c> of a registry and HTTP Basic have it.</summary>
    public static bool DecodesToPair(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[512];
        if (text.Length is < 8 or > 600 || !Convert.TryFromBase64Chars(text, bytes, out var length)) return false;
        var colon = bytes[..length].IndexOf((byte)':');
        if (colon <= 0 || colon == length - 1 || bytes[..length].ContainsAnyExceptInRange((byte)0x20, (byte)0x7E)) return false;
        return !Placeholders.IsPlaceholder(Encoding.ASCII.GetString(bytes[(colon + 1)..length]));
    }

    private static ReadOnlySpan<char> TakeToken(string text, int at)
    {
        var rest = text.AsSpan(at, Math.Min(text.Length - at, LongestPart));
        var end = rest.IndexOfAnyExcept(TokenCharacters);
        return end < 0 ? rest : rest[..end];
    }

    private static bool HasAlgorithm(ReadOnlySpan<char> header)
    {
        Span<byte> decoded = stackalloc byte[512];
        return header.Length <= 600
            && Base64Url.IsValid(header)
            && Base64Url.TryDecodeFromChars(header, decoded, out var length)
            && decoded[..length].IndexOf("\"alg\""u8) >= 0;
    }
}
