using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GitOpsPolicy.Kubernetes.Credentials;

namespace GitOpsPolicy.Kubernetes.Http;

/// <summary>Certificates and keys out of PEM texts.</summary>
internal static class TlsMaterial
{
    /// <summary>All certificates of a bundle.</summary>
    /// <exception cref="CryptographicException">One of them cannot be read.</exception>
    public static X509Certificate2Collection Authorities(string pem)
    {
        var bundle = new X509Certificate2Collection();
        bundle.ImportFromPem(pem);
        return bundle;
    }

    /// <summary>A client certificate, which comes first in its text, with its key and what follows it.</summary>
    /// <exception cref="CryptographicException">They cannot be read or do not belong together.</exception>
    public static ClientCertificate ClientCertificate(string certificate, string key)
    {
        var chain = Authorities(certificate);
        if (chain.Count == 0) throw new CryptographicException("there is no certificate in it");
        chain[0].Dispose();
        chain.RemoveAt(0);
        try
        {
            return new(Usable(X509Certificate2.CreateFromPem(certificate, key)), chain);
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException("the key is not the certificate's", e);
        }
    }

    // Windows uses no key in TLS that only lives in memory.
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows()) return certificate;
        using (certificate) return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
