using System.Buffers;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>How strongly a name says that its value is secret.</summary>
internal enum NameClass
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>It may also hold a reference or a setting: <c>token</c>, <c>auth</c>.</summary>
    Weak,

    /// <summary>It holds the secret itself: <c>password</c>, <c>client_secret</c>.</summary>
    Strong,
}

/// <summary>Which names of keys, variables and options say that their value is secret, whatever their spelling.</summary>
internal static class SecretNames
{
    private static readonly SearchValues<string> Hints = SearchValues.Create(
        ["pass", "pwd", "secret", "token", "key", "credential", "dsn", "auth", "webhook", "bearer", "sas", "connection"], StringComparison.OrdinalIgnoreCase);

    // A name counts by its end, so `passwordFile`, `secretName`, `tokenTTL` and `kms_key_id` do not.
    private static readonly string[] StrongEnds =
    [
        "password", "passwd", "passphrase", "apikey", "secretkey", "privatekey", "clientsecret", "secretaccesskey", "authtoken", "accesstoken", "bearertoken",
        "refreshtoken", "apitoken", "connectionstring", "signingkey", "encryptionkey", "masterkey", "accountkey", "sharedkey", "jwtsecret", "cookiesecret",
        "webhooksecret", "apisecret", "appsecret", "bottoken", "sastoken", "sessionsecret", "rootpassword", "secrettoken",
    ];

    private static readonly string[] WeakEnds = ["secret", "token", "credential", "credentials", "webhookurl", "accesskey", "authkey", "licensekey"];

    private static readonly string[] WeakWords = ["auth", "dsn", "sas", "bearer", "pwd", "pass", "pw"];

    // They end like a secret and never are one.
    private static readonly string[] HarmlessEnds =
        ["publickey", "imagepullsecret", "existingsecret", "serviceaccounttoken", "nexttoken", "continuetoken", "csrftoken", "partitionkey", "projectedtoken", "pulltoken", "tlssecret", "forcepassword"];

    /// <summary>Longer names seldom repeat.</summary>
    private const int LongestKept = 64;

    /// <summary>What was found out about names, by <see cref="SlotOf"/>: a manifest asks about the same few hundred again and again.</summary>
    private static readonly Known?[] Seen = new Known?[1024];

    /// <summary>Classifies a name; case and separators do not matter.</summary>
    public static NameClass Classify(string name)
    {
        if (name.Length is < 2 or > LongestKept) return Judge(name);
        ref var slot = ref Seen[SlotOf(name)];
        if (slot is { } known && known.Name == name) return known.Class;
        var found = Judge(name);
        slot = new(name, found);
        return found;
    }

    private static NameClass Judge(string name)
    {
        if (name.Length is < 2 or > 120 || !name.AsSpan().ContainsAny(Hints) && !IsWeakWord(name)) return NameClass.None;
        Span<char> buffer = stackalloc char[name.Length];
        var compact = Compact(name, buffer);
        if (EndsWithAny(compact, HarmlessEnds)) return NameClass.None;
        if (EndsWithAny(compact, StrongEnds)) return NameClass.Strong;
        return EndsWithAny(compact, WeakEnds) || IsWeakWord(name) ? NameClass.Weak : NameClass.None;
    }

    // Names made to collide only push each other out.
    private static uint SlotOf(string name) =>
        (((uint)name.Length * 0x9E3779B1) + (name[0] * 0x85EBCA6Bu) + (name[name.Length / 2] * 0xC2B2AE35u) + (name[^1] * 0x27D4EB2Fu)) >> 22;

    private static ReadOnlySpan<char> Compact(string name, Span<char> buffer)
    {
        var length = 0;
        foreach (var c in name)
            if (char.IsAsciiLetterOrDigit(c)) buffer[length++] = char.ToLowerInvariant(c);
        return buffer[..length];
    }

    private static bool EndsWithAny(ReadOnlySpan<char> name, string[] ends)
    {
        foreach (var end in ends)
            if (name.EndsWith(end, StringComparison.Ordinal)) return true;
        return false;
    }

    // The short ones count only as a word of their own: `dbPwd` and `REDIS_AUTH`, not `oauth` or `author`.
    private static bool IsWeakWord(string name)
    {
        foreach (var word in WeakWords)
        {
            if (!name.EndsWith(word, StringComparison.OrdinalIgnoreCase)) continue;
            var start = name.Length - word.Length;
            if (start == 0 || !char.IsAsciiLetter(name[start - 1]) || (char.IsAsciiLetterUpper(name[start]) && char.IsAsciiLetterLower(name[start - 1]))) return true;
        }

        return false;
    }

    private sealed record Known(string Name, NameClass Class);
}
