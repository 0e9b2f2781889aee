using System.Text.RegularExpressions;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>What a SOPS file's structure says about its encryption. Without the key the MAC cannot be checked, so this is all there is to see.</summary>
/// <param name="IsPresent">There is SOPS metadata.</param>
/// <param name="Plain">Values in clear that the file's own rules, or the kind Secret, want encrypted.</param>
/// <param name="Problems">What is wrong with the metadata or with an encrypted value, with the place.</param>
internal sealed record SopsState(bool IsPresent, IReadOnlyList<Node> Plain, IReadOnlyList<(Node Node, string Problem)> Problems)
{
    /// <summary>There is metadata, it is whole, and every value that has to be encrypted is.</summary>
    public bool IsEncrypted => IsPresent && Plain.Count == 0 && Problems.Count == 0;
}

/// <summary>SOPS: recognises encrypted values and checks a file leaf by leaf.</summary>
internal static class Sops
{
    private const string Start = "ENC[AES256_GCM,data:";
    /// <summary>What people write is a few names.</summary>
    private const int LongestPattern = 500;

    // Making one takes about half a millisecond.
    private const int MakingPattern = 2_000;
    private const int MakingPatternCharacter = 40;

    /// <summary>The files of a repository mostly have the same one. Steps are charged as if it were made each time.</summary>
    private static volatile Regex? lastPattern;

    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(200);
    private static readonly string[] RecipientLists = ["kms", "gcp_kms", "hckms", "azure_kv", "hc_vault", "age", "pgp", "key_groups"];

    /// <summary>The text starts like an encrypted value, sound or not.</summary>
    public static bool LooksEncrypted(string text) => text.StartsWith("ENC[AES256_GCM,", StringComparison.Ordinal);

    /// <summary>The text is an encrypted value with sound parts: base64 data, 32 bytes of IV, 16 bytes of tag.</summary>
    public static bool IsEncrypted(string text)
    {
        if (!text.StartsWith(Start, StringComparison.Ordinal) || text[^1] != ']') return false;
        var parts = text[Start.Length..^1].Split(',');
        return parts.Length == 4
            && IsBase64(parts[0], null)
            && parts[1].StartsWith("iv:", StringComparison.Ordinal) && IsBase64(parts[1][3..], 32)
            && parts[2].StartsWith("tag:", StringComparison.Ordinal) && IsBase64(parts[2][4..], 16)
            && parts[3] is "type:str" or "type:int" or "type:float" or "type:bytes" or "type:bool" or "type:comment";
    }

    /// <summary>Checks a whole document.</summary>
    public static SopsState Check(Node? root)
    {
        var plain = new List<Node>();
        var problems = new List<(Node, string)>();
        if (root is not MappingNode mapping || mapping["sops"] is not MappingNode metadata) return new SopsState(false, plain, problems);
        CheckMetadata(metadata, problems);
        var isSecret = mapping.TextAt("kind") == "Secret";
        var selects = Selector(metadata, problems);
        foreach (ref readonly var entry in mapping.Entries)
        {
            if (entry.Key == "sops") continue;
            Walk(entry.Value, selects(entry.Key, false) || (isSecret && entry.Key is "data" or "stringData"), selects, plain, problems);
        }

        return new SopsState(true, plain, problems);
    }

    private static void CheckMetadata(MappingNode metadata, List<(Node, string)> problems)
    {
        if (string.IsNullOrEmpty(metadata.TextAt("mac"))) problems.Add((metadata, "has no MAC"));
        else if (!IsEncrypted(metadata.TextAt("mac")!)) problems.Add((metadata["mac"]!, "has a MAC that is not an encrypted value"));
        if (metadata["lastmodified"] is null) problems.Add((metadata, "does not say when it was encrypted"));
        if (!RecipientLists.Any(list => metadata[list] is SequenceNode { Count: > 0 })) problems.Add((metadata, "names no recipient"));
    }

    // SOPS encrypts what its rule selects: one rule a file, matched against each key on the way down.
    private static Func<string, bool, bool> Selector(MappingNode metadata, List<(Node, string)> problems)
    {
        if (metadata.TextAt("encrypted_suffix") is { Length: > 0 } suffix) return (key, above) => above || key.EndsWith(suffix, StringComparison.Ordinal);
        if (Pattern(metadata["encrypted_regex"], problems) is { } encrypted) return (key, above) => above || Fits(encrypted, key, otherwise: true);
        if (Pattern(metadata["unencrypted_regex"], problems) is { } unencrypted) return (key, _) => !Fits(unencrypted, key, otherwise: false);
        var clear = metadata.TextAt("unencrypted_suffix") is { Length: > 0 } written ? written : "_unencrypted";
        return (key, _) => !key.EndsWith(clear, StringComparison.Ordinal);
    }

    /// <summary>What making the pattern that a file selects its keys with costs, in steps: far more than all the rest; 0 when there is none.</summary>
    public static int PatternSteps(Node? root) =>
        (root.At("sops").At("encrypted_regex").AsText() ?? root.At("sops").At("unencrypted_regex").AsText()) is { Length: > 0 } text
            ? MakingPattern + (MakingPatternCharacter * Math.Min(text.Length, LongestPattern))
            : 0;

    // A pattern made to take for ever excuses nothing from being encrypted.
    private static bool Fits(Regex pattern, string key, bool otherwise)
    {
        try
        {
            return pattern.IsMatch(key);
        }
        catch (RegexMatchTimeoutException)
        {
            return otherwise;
        }
    }

    private static Regex? Pattern(Node? node, List<(Node, string)> problems)
    {
        if (node.AsText() is not { Length: > 0 } text) return null;
        if (lastPattern is { } last && last.ToString() == text) return last;
        try
        {
            if (text.Length > LongestPattern) throw new NotSupportedException("The pattern is too long.");
            return lastPattern = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            problems.Add((node!, "has a pattern that cannot be read"));
            return null;
        }
    }

    private static void Walk(Node node, bool mustBeEncrypted, Func<string, bool, bool> selects, List<Node> plain, List<(Node, string)> problems)
    {
        foreach (var item in node.ItemsOf()) Walk(item, mustBeEncrypted, selects, plain, problems);
        foreach (ref readonly var entry in node.EntriesOf())
        {
            // A key that ends in the clear suffix stays in clear even below an encrypted one, which a Secret's data never may.
            var below = IsSecretData(node) || (mustBeEncrypted ? selects(entry.Key, true) : selects(entry.Key, false));
            Walk(entry.Value, below, selects, plain, problems);
        }

        if (node is not ScalarNode { Kind: not NodeKind.Null } leaf || !mustBeEncrypted || leaf is { Kind: NodeKind.String, Text: "" }) return;
        if (leaf.AsText() is { } text && LooksEncrypted(text))
        {
            if (!IsEncrypted(text)) problems.Add((leaf, "looks encrypted but is not: its parts are not base64 of the right length"));
            return;
        }

        plain.Add(leaf);
    }

    private static bool IsSecretData(Node node) =>
        node.Parent is MappingNode parent && parent.TextAt("kind") == "Secret" && (ReferenceEquals(parent["data"], node) || ReferenceEquals(parent["stringData"], node));

    private static bool IsBase64(string text, int? bytes)
    {
        if (text.Length == 0) return bytes is null;
        var buffer = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(text, buffer, out var length) && (bytes is null || length == bytes);
    }
}
