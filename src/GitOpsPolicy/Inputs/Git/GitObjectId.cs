using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GitOpsPolicy.Inputs.Git;

/// <summary>Ids of Git's objects: the hash of their type, their length and their content.</summary>
internal static class GitObjectId
{
    /// <summary>True for 40 hexadecimal digits in lower case (SHA-1), or 64 (SHA-256).</summary>
    public static bool IsOne(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>True when an object of this type and content has this id.</summary>
    [SuppressMessage(
        "Security", "CA5350:Do Not Use Weak Cryptographic Algorithms",
        Justification = "Git's own ids; what this finds is rot, not forgery.")]
    public static bool Names(string id, string type, ReadOnlySpan<byte> content)
    {
        var header = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type} {content.Length}\0"));
        using var hash = IncrementalHash.CreateHash(id.Length == 64 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        hash.AppendData(header);
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset()) == id;
    }
}
