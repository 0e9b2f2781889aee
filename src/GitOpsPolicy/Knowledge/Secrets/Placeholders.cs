using System.Buffers;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>Texts that stand for a secret without being one: references that a tool resolves later, samples, and words to be replaced.</summary>
internal static class Placeholders
{
    private static readonly SearchValues<string> SampleWords = SearchValues.Create(
        [
            "placeholder", "changeme", "change-me", "change_me", "replaceme", "replace-me", "replace_me", "redacted", "your-", "your_",
            "xxxxxx", "******", "dummy", "insert-", "insert_", "todo", "fixme", "<insert", "000000000000", "111111111111", "1234567890abcdef", "notsecret", "not-secret",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> ReferenceMarks = SearchValues.Create(
        ["${", "$(", "{{", "}}", "<%", "%>", "((", "#{"], StringComparison.Ordinal);

    private static readonly string[] ReferenceStarts =
    [
        "vault:", "ref+", "op://", "secretref:", "secretref+", "awssm:", "gcpsm:", "azurekv:", "sops:", "akv://", "bao:", "doppler://", "keyring:", "env:",
        "arn:", "projects/", "/subscriptions/", "file:", "k8s:", "keyvault:", "!vault", "@Microsoft.KeyVault(", "data.", "var.", "local.", "module.", "$",
    ];

    /// <summary>
    /// A text that a tool replaces by a secret later, or a word that a person has to replace: <c>${TOKEN}</c>, <c>{{ .Values.x }}</c>,
    /// <c>&lt;path:kv/data/db#password&gt;</c>, <c>vault:secret/data/x#y</c>, <c>ref+vault://x</c>, <c>op://vault/item/field</c>, <c>ENC[AES256_GCM,…]</c>, <c>changeme</c>.
    /// </summary>
    public static bool IsPlaceholder(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty || IsReference(text)) return true;
        return trimmed.Length <= 40 && (trimmed.ContainsAny(SampleWords) || SaysExample(trimmed) || IsOneCharacter(trimmed));
    }

    /// <summary>A text that a tool replaces later.</summary>
    public static bool IsReference(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed is ['<', .., '>']) return true;
        return trimmed.ContainsAny(ReferenceMarks) || StartsAsReference(trimmed) || Sops.LooksEncrypted(text);
    }

    /// <summary>A token from documentation: it says so, or hardly varies.</summary>
    public static bool IsSample(ReadOnlySpan<char> token)
    {
        if (token.ContainsAny(SampleWords) || token.Contains("example", StringComparison.OrdinalIgnoreCase)) return true;
        return token.Length >= 16 && CountDistinct(token) < 8;
    }

    private static bool StartsAsReference(ReadOnlySpan<char> text)
    {
        foreach (var start in ReferenceStarts)
            if (text.StartsWith(start, StringComparison.Ordinal)) return true;
        return false;
    }

    // `db.example.com` is a host of documentation, not a word to be replaced.
    private static bool SaysExample(ReadOnlySpan<char> text) =>
        text.Contains("example", StringComparison.OrdinalIgnoreCase) && !text.Contains("example.", StringComparison.OrdinalIgnoreCase);

    private static bool IsOneCharacter(ReadOnlySpan<char> text) => text.Length > 2 && !text.ContainsAnyExcept(text[0]);

    private static int CountDistinct(ReadOnlySpan<char> text)
    {
        UInt128 seen = 0;
        foreach (var c in text)
            if (c < 128) seen |= UInt128.One << c;
        return (int)UInt128.PopCount(seen);
    }
}
