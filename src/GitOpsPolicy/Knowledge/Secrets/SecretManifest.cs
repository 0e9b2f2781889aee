using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>What one value of a Secret is.</summary>
internal enum SecretValueKind
{
    /// <summary>In clear, or base64, which is the same.</summary>
    Plain,

    /// <summary>A configuration file in clear in which nothing secret is recognised.</summary>
    Configuration,

    /// <summary>Encrypted, a reference that a tool resolves, a placeholder, public by nature, or empty.</summary>
    Harmless,
}

/// <summary>One value of a Secret's <c>data</c> or <c>stringData</c>.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Node">The value.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct SecretValue(string Key, Node Node, SecretValueKind Kind);

/// <summary>The values of a <c>kind: Secret</c>.</summary>
internal static class SecretManifest
{
    /// <summary>The values of <c>data</c> and <c>stringData</c>; none for an object of another kind.</summary>
    public static List<SecretValue> Values(Node? root)
    {
        var values = new List<SecretValue>();
        if (root.TextAt("kind") != "Secret" || root.TextAt("apiVersion") != "v1") return values;
        foreach (ref readonly var entry in root.At("data").EntriesOf())
            values.Add(new SecretValue(entry.Key, entry.Value, Classify(entry.Key, entry.Value, isEncoded: true)));
        foreach (ref readonly var entry in root.At("stringData").EntriesOf())
            values.Add(new SecretValue(entry.Key, entry.Value, Classify(entry.Key, entry.Value, isEncoded: false)));
        return values;
    }

    private static SecretValueKind Classify(string key, Node value, bool isEncoded)
    {
        if (value is not ScalarNode { Kind: not NodeKind.Null, IsUnknown: false } scalar) return SecretValueKind.Harmless;
        return scalar.Kind == NodeKind.String ? KindOf(key, scalar.Text, isEncoded) : SecretValueKind.Plain;
    }

    /// <summary>What a text is as a value of a Secret.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="written">The text as it is written.</param>
    /// <param name="isEncoded">It stands in <c>data</c>, in base64.</param>
    public static SecretValueKind KindOf(string key, string written, bool isEncoded)
    {
        if (Sops.LooksEncrypted(written)) return Sops.IsEncrypted(written) ? SecretValueKind.Harmless : SecretValueKind.Plain;
        var text = isEncoded ? DecodeOrSelf(written) : written;
        if (SopsStores.IsEncrypted(text) is { } encrypted) return encrypted ? SecretValueKind.Harmless : SecretValueKind.Plain;
        if (text.Length == 0 || IsReference(written) || IsReference(text) || IsPublic(key, text)) return SecretValueKind.Harmless;
        return IsHarmlessConfiguration(text) ? SecretValueKind.Configuration : SecretValueKind.Plain;
    }

    private static string DecodeOrSelf(string text)
    {
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(text.ReplaceLineEndings(""), bytes, out var length)
            ? System.Text.Encoding.UTF8.GetString(bytes, 0, length)
            : text;
    }

    private static bool IsReference(string text) =>
        text.Length < 4096
            && !text.Contains('\n')
            && (Placeholders.IsPlaceholder(text) || Placeholders.IsFilledByVaultPlugin(text));

    private static bool IsPublic(string key, string text)
    {
        var start = text.AsSpan().TrimStart();
        if (start.StartsWith("ssh-rsa ") || start.StartsWith("ssh-ed25519 ") || start.StartsWith("ecdsa-sha2-")) return true;
        if (key is "known_hosts" or "username" or "user" or "url" or "type" or "namespace" or "project" or "name" or "server")
            return TokenScanner.Find(text) is null;
        return start.StartsWith("-----BEGIN ") && !text.Contains("PRIVATE KEY", StringComparison.Ordinal);
    }

    // A file of settings (several lines, or JSON) in which neither a token nor a name gives a secret away.
    private static bool IsHarmlessConfiguration(string text)
    {
        var body = text.AsSpan().Trim();
        var isFile = (body.Contains('\n') && body.ContainsAny(':', '=')) || (body is ['{', ..] && body.Contains(':'));
        return isFile && TokenScanner.Find(text) is null && EmbeddedNames.Find(text) is null;
    }
}
