using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GitOpsPolicy.Webhook.Certificates;

/// <summary>A certificate and its key as PEM texts.</summary>
/// <param name="Certificate">The certificate; what follows it leads to an authority.</param>
/// <param name="Key">The key, PKCS #8, not encrypted.</param>
internal readonly record struct PemPair(string Certificate, string Key)
{
    /// <summary>The texts of a certificate that holds its key.</summary>
    /// <exception cref="CertificateException">The key is none of ours, which are all ECDSA.</exception>
    public static PemPair Of(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey() ?? throw new CertificateException("the certificate has no ECDSA key");
        return new(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <summary>The first certificate with the key.</summary>
    /// <exception cref="CertificateException">They cannot be read, or do not belong together.</exception>
    public X509Certificate2 Load()
    {
        try
        {
            return X509Certificate2.CreateFromPem(Certificate, Key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new CertificateException("this is no PEM certificate with the key that belongs to it");
        }
    }

    /// <summary>The certificate as a server shows it, with those that follow it.</summary>
    /// <exception cref="CertificateException">They cannot be read, or do not belong together.</exception>
    public SslStreamCertificateContext Servable()
    {
        using var pair = Load();
        return SslStreamCertificateContext.Create(Usable(pair), Bundle(Certificate), offline: true);
    }

    // A key that was read from PEM belongs to this process alone until it has been through a store format; Windows' TLS wants
    // that.
    private static X509Certificate2 Usable(X509Certificate2 pair) =>
        X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), password: null);

    /// <summary>All certificates of a text, in order.</summary>
    /// <exception cref="CertificateException">One of them cannot be read.</exception>
    public static X509Certificate2Collection Bundle(string pem)
    {
        try
        {
            var bundle = new X509Certificate2Collection();
            bundle.ImportFromPem(pem);
            return bundle;
        }
        catch (CryptographicException e)
        {
            throw new CertificateException($"a certificate cannot be read: {e.Message}");
        }
    }

    /// <summary>Certificates one after the other, as <c>caBundle</c> wants them.</summary>
    public static string Bundle(IEnumerable<X509Certificate2> certificates) =>
        string.Concat(certificates.Select(static one => one.ExportCertificatePem() + "\n"));
}
