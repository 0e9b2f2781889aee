using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GitOpsPolicy.Webhook.Certificates;

/// <summary>Reads who may call.</summary>
public static class CallersFile
{
    /// <summary>Holders of a certificate of the authority in a file.</summary>
    /// <param name="authorityPath">Certificates of the authority, in PEM.</param>
    /// <param name="names">Common names that may call; empty for any.</param>
    /// <exception cref="CertificateException">The file cannot be read or holds no certificate.</exception>
    public static AllowedCallers Read(string authorityPath, ImmutableArray<string> names)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(authorityPath);
            return authorities.Count > 0
                ? new(authorities, names)
                : throw new CertificateException($"there is no certificate in {authorityPath}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CertificateException($"cannot read {authorityPath}: {e.Message}");
        }
    }
}
