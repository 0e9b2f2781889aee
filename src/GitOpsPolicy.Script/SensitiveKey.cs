using System.Security.Cryptography;
using System.Text;

namespace GitOpsPolicy.Script;

/// <summary>
/// The key that secrets are fingerprinted under. Within one report equal secrets get equal fingerprints, so a reader can tell
/// that two places hold the same one; without the key the four digits tell nothing else.
/// </summary>
public sealed class SensitiveKey
{
    /// <summary>
    /// Shorter texts get no fingerprint. A secret taken apart into characters would show which of them are equal, and one made of
    /// digits is soon found out beside others of its kind.
    /// </summary>
    public const int ShortestToTellApart = 6;

    private readonly byte[] key;

    /// <summary>Makes a key from bytes that nobody else can know.</summary>
    /// <param name="key">At least 16 bytes.</param>
    /// <exception cref="ArgumentException">There are fewer than 16 bytes.</exception>
    public SensitiveKey(ReadOnlySpan<byte> key) =>
        this.key = key.Length >= 16 ? key.ToArray() : throw new ArgumentException("A key has at least 16 bytes.", nameof(key));

    /// <summary>
    /// What stands for a secret in any text that leaves the evaluator, such as <c>(sensitive #1f3a)</c>; <c>(sensitive)</c> for a
    /// short one.
    /// </summary>
    public string Mask(string secret)
    {
        if (secret.Length < ShortestToTellApart) return "(sensitive)";
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(secret), hash);
        return $"(sensitive #{Convert.ToHexStringLower(hash[..2])})";
    }
}
