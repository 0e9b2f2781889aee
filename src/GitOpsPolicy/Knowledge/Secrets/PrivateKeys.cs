using System.Buffers;
using System.Text;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// Private keys in their written forms. Each looks only so far around the place it was called for, so that a text full of
/// beginnings stays cheap.
/// </summary>
internal static class PrivateKeys
{
    /// <summary>The smallest private key (Ed25519 in PKCS #8) is 64 characters of base64.</summary>
    private const int ShortestMaterial = 60;

    /// <summary>
    /// What stands between <c>-----BEGIN </c> and <c>PRIVATE KEY</c>, or behind it: <c>OPENSSH </c>, <c> BLOCK</c>.
    /// </summary>
    private const int LongestWord = 20;

    /// <summary>An RSA key of 16,384 bits has 12,700 characters.</summary>
    private const int LongestKey = 16 * 1024;

    private const int LongestJwk = 2048;
    private const string Begin = "-----BEGIN ";

    private static readonly SearchValues<char> Base64Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    /// <summary>
    /// A PEM private key with its key material, at the words <c>PRIVATE KEY</c>; the armour alone, as documentation shows it, is
    /// none.
    /// </summary>
    public static TokenHit? Pem(string text, int at, string? key)
    {
        var from = Math.Max(0, at - Begin.Length - LongestWord);
        var begin = text.AsSpan(from, at - from).LastIndexOf(Begin);
        if (begin < 0) return null;
        var behind = text.AsSpan(at, Math.Min(text.Length - at, LongestKey));
        var armour = behind.IndexOf("-----");
        if (armour < 0 || armour > LongestWord) return null;
        var body = behind[(armour + 5)..];
        var end = body.IndexOf("-----");
        if (end >= 0) body = body[..end];
        if (CountMaterial(body) < ShortestMaterial || Placeholders.IsSample(body)) return null;
        return IsEncrypted(text.AsSpan(from, at - from), body)
            ? new TokenHit("private-key", "a private key, encrypted", Confidence.Possible, false)
            : Hit(text, from);
    }

    /// <summary>The base64 of a PEM, at its beginning, as <c>client-key-data</c> of a kubeconfig has it.</summary>
    public static TokenHit? EncodedPem(string text, int at, string? key)
    {
        if (at > 0 && Base64Characters.Contains(text[at - 1]) && text[at - 1] != '=') return null;
        var run = text.AsSpan(at, Math.Min(text.Length - at, LongestKey));
        var length = run.IndexOfAnyExcept(Base64Characters);
        if (length >= 0) run = run[..length];
        var bytes = new byte[run.Length];
        if (!Convert.TryFromBase64Chars(run, bytes, out var count)) return null;
        var pem = Encoding.ASCII.GetString(bytes, 0, count);
        var words = pem.IndexOf("PRIVATE KEY", StringComparison.Ordinal);
        return words >= 0 && Pem(pem, words, key) is { } hit ? hit with { IsEncoded = true } : null;
    }

    /// <summary>A PuTTY key file with its private lines.</summary>
    public static TokenHit? Putty(string text, int at, string? key)
    {
        var file = text.AsSpan(at, Math.Min(text.Length - at, LongestKey));
        var lines = file.IndexOf("Private-Lines:");
        return lines >= 0 && CountMaterial(file[lines..]) >= ShortestMaterial
            ? new TokenHit("putty-key", "a PuTTY private key", Confidence.Certain, false)
            : null;
    }

    /// <summary>
    /// A private JSON Web Key (RFC 7517), at its <c>"kty"</c>: an object that also has <c>d</c>, or <c>k</c> for a shared one.
    /// </summary>
    public static TokenHit? Jwk(string text, int at, string? key)
    {
        var open = text.AsSpan(Math.Max(0, at - LongestJwk), Math.Min(at, LongestJwk)).LastIndexOf('{');
        if (open < 0) return null;
        var start = Math.Max(0, at - LongestJwk) + open;
        var body = text.AsSpan(start, Math.Min(text.Length - start, LongestJwk));
        var end = body[1..].IndexOfAny('{', '}');
        if (end >= 0) body = body[..(end + 1)];
        return HasMember(body, "\"d\"") || HasMember(body, "\"k\"")
            ? new TokenHit("json-web-key", "a private JSON Web Key", Confidence.Certain, false)
            : null;
    }

    private static TokenHit Hit(string text, int from) =>
        text.AsSpan(Math.Max(0, from - 500), Math.Min(from, 500)).Contains("service_account", StringComparison.Ordinal)
            ? new TokenHit("gcp-service-account-key", "a key of a Google service account", Confidence.Certain, false)
            : new TokenHit("private-key", "a private key", Confidence.Certain, false);

    private static bool IsEncrypted(ReadOnlySpan<char> begin, ReadOnlySpan<char> body) =>
        begin.Contains("ENCRYPTED", StringComparison.Ordinal)
            || body.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal);

    private static bool HasMember(ReadOnlySpan<char> json, string name)
    {
        var at = json.IndexOf(name);
        if (at < 0) return false;
        var value = json[(at + name.Length)..].TrimStart(" \t\r\n:").TrimStart('"');
        var length = value.IndexOf('"');
        return length >= 20 && !Placeholders.IsPlaceholder(value[..length].ToString());
    }

    // Lines with a colon are headers of an encrypted key, and `\n` may be written out where the key lies in JSON.
    private static int CountMaterial(ReadOnlySpan<char> body)
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
