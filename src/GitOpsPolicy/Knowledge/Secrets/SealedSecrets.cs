using System.Buffers.Binary;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>Bitnami SealedSecrets: whether a value is ciphertext.</summary>
internal static class SealedSecrets
{
    private const int GcmTag = 16;

    /// <summary>
    /// What is wrong with a value of <c>spec.encryptedData</c>; null when its structure is sound: a 16-bit length of the session
    /// key, that many bytes of RSA ciphertext, and at least a GCM tag.
    /// </summary>
    public static string? FindProblem(Node value)
    {
        if (value.AsText() is not { } text || Placeholders.IsPlaceholder(text)) return null;
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) return "is not base64, so it is not sealed";
        if (length < 2) return "is too short to be sealed";
        var keyLength = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return keyLength is 256 or 384 or 512 or 1024 && length >= 2 + keyLength + GcmTag
            ? null
            : "does not have the structure of sealed data";
    }
}
