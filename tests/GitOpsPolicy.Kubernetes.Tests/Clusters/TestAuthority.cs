using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GitOpsPolicy.Kubernetes.Tests.Clusters;

/// <summary>A certificate in PEM with its key.</summary>
public sealed record PemPair(string Certificate, string Key);

/// <summary>A certificate authority that lives as long as a test.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 certificate;

    /// <param name="name">The authority's name.</param>
    /// <param name="above">The authority that vouches for this one; null for one that vouches for itself.</param>
    public TestAuthority(string name = "test-ca", TestAuthority? above = null)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign | X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (above is null)
        {
            certificate = request.CreateSelfSigned(Now.AddHours(-2), Now.AddDays(2));
            return;
        }

        using var issued = request.Create(above.certificate, Now.AddHours(-2), Now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        certificate = issued.CopyWithPrivateKey(key);
    }

    /// <summary>The authority's certificate.</summary>
    public string Pem => certificate.ExportCertificatePem();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A serving certificate for loopback and the given names.</summary>
    public PemPair ForServer(params string[] names) => ForServer(Now.AddDays(1), names);

    /// <summary>A serving certificate that runs out at a time.</summary>
    public PemPair ForServer(DateTimeOffset end, params string[] names)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        alternatives.AddIpAddress(IPAddress.Loopback);
        foreach (var name in names) alternatives.AddDnsName(name);
        return Issue("CN=server", "1.3.6.1.5.5.7.3.1", alternatives.Build(), end);
    }

    /// <summary>A client certificate of a user with its groups.</summary>
    public PemPair ForClient(string user, params string[] groups) =>
        Issue(
            string.Join(", ", groups.Select(static group => $"O={group}").Append($"CN={user}")), "1.3.6.1.5.5.7.3.2", null,
            Now.AddDays(1));

    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
    }

    private PemPair Issue(string subject, string purpose, X509Extension? alternatives, DateTimeOffset end)
    {
        using var leaf = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, leaf, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(certificate, true, false));
        if (alternatives is not null) request.CertificateExtensions.Add(alternatives);
        using var issued = request.Create(certificate, Now.AddHours(-2), end, RandomNumberGenerator.GetBytes(8));
        return new(issued.ExportCertificatePem(), leaf.ExportPkcs8PrivateKeyPem());
    }
}
