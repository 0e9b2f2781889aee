using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace GitOpsPolicy.Replaying;

/// <summary>
/// Texts that stand for secrets in a record: detectors and rules see in one what they saw in the secret, equal secrets have equal
/// ones, and nothing else of the secret is in it, not even its length.
/// </summary>
/// <param name="key">What they are made with; whoever has it can try whether a text is the secret.</param>
/// <threadsafety>Safe from any thread.</threadsafety>
internal sealed class StandIns(byte[] key)
{
    /// <summary>A made-up token says "dummy" about as often as a true one does; another one is made then.</summary>
    private const int Attempts = 3;

    /// <summary>Secrets that come again and again; what is kept are digests and stand-ins, never a secret.</summary>
    private const int MaxKept = 4_096;

    private readonly ConcurrentDictionary<string, string> kept = new(StringComparer.Ordinal);

    /// <summary>With a key of this process that nobody else has.</summary>
    public static StandIns WithRandomKey() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>The text that stands for a secret.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="key">The name it stands under; null for none.</param>
    /// <param name="isEncoded">It is in base64, as in the <c>data</c> of a Secret.</param>
    public string For(string secret, string? key = null, bool isEncoded = false)
    {
        if (string.IsNullOrWhiteSpace(secret)) return secret;
        var known = $"{Print(secret, 0)} {isEncoded} {key}";
        if (kept.TryGetValue(known, out var standIn)) return standIn;
        standIn = Make(secret, key, isEncoded);
        if (kept.Count < MaxKept) kept[known] = standIn;
        return standIn;
    }

    /// <summary>What stands for a secret within a longer text.</summary>
    public string Within(string secret) => $"redacted-{Print(secret, 0)[..8]}";

    private string Make(string secret, string? key, bool isEncoded)
    {
        var wanted = ValueProfile.Of(secret, key, isEncoded);
        for (var attempt = 0; attempt < Attempts; attempt++)
            foreach (var candidate in Candidates(wanted, Print(secret, attempt), isEncoded || LooksEncoded(secret)))
                if (ValueProfile.Of(candidate, key, isEncoded) == wanted) return candidate;
        return isEncoded ? Encode(Print(secret, 0)) : Print(secret, 0);
    }

    private static IEnumerable<string> Candidates(ValueProfile wanted, string print, bool isEncoded)
    {
        var shapes = StandInShapes.For(wanted, print);
        return isEncoded
            ? shapes.Select(Encode).Concat(shapes.Select(static shape => Encode(Encode(shape)))).Concat(shapes)
            : shapes.Concat(shapes.Select(Encode));
    }

    private static bool LooksEncoded(string text) => Base64.IsValid(text) && text.Length % 4 == 0;

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // 43 letters and digits.
    private string Print(string secret, int attempt)
    {
        var digest = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{attempt} {secret}"));
        return Base64Url.EncodeToString(digest).Replace('-', 'a').Replace('_', 'Z');
    }
}
