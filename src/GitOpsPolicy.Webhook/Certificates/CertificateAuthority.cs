using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GitOpsPolicy.Webhook.Certificates;

/// <summary>A small authority of our own that vouches for one webhook. Keys are ECDSA P-256.</summary>
/// <param name="certificate">The authority's certificate with its key.</param>
public sealed class CertificateAuthority(X509Certificate2 certificate) : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Clocks of a cluster differ: a certificate holds from an hour before it was made.</summary>
    internal static readonly TimeSpan Earlier = TimeSpan.FromHours(1);

    /// <summary>The authority's certificate, without which nobody trusts what it issues.</summary>
    public X509Certificate2 Certificate { get; } = certificate;

    /// <summary>Makes an authority.</summary>
    /// <param name="now">The time it is.</param>
    /// <param name="lifetime">How long it holds.</param>
    public static CertificateAuthority Create(DateTimeOffset now, TimeSpan lifetime)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=gitops-policy-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return new(request.CreateSelfSigned(now - Earlier, now + lifetime));
    }

    /// <summary>Issues a certificate for a server.</summary>
    /// <param name="names">DNS names and addresses it is reached by; the first is its common name.</param>
    /// <param name="now">The time it is.</param>
    /// <param name="lifetime">How long it holds; never longer than the authority itself.</param>
    public X509Certificate2 Issue(IReadOnlyList<string> names, DateTimeOffset now, TimeSpan lifetime) =>
        Issue(names, now, lifetime, ServerAuthentication);

    /// <summary>An authority has issued a certificate: its key has signed it.</summary>
    internal static bool HasIssued(X509Certificate2 authority, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }

    /// <summary>Issues a certificate for a client with a common name.</summary>
    public X509Certificate2 IssueForClient(string name, DateTimeOffset now, TimeSpan lifetime) =>
        Issue([name], now, lifetime, ClientAuthentication);

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();

    private X509Certificate2 Issue(IReadOnlyList<string> names, DateTimeOffset now, TimeSpan lifetime, string usage)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedNameBuilder().Named(names[0]), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(usage)], critical: false));
        if (usage == ServerAuthentication) request.CertificateExtensions.Add(AlternativeNames(names));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var (earliest, latest) = (new DateTimeOffset(Certificate.NotBefore), new DateTimeOffset(Certificate.NotAfter));
        var (from, until) = (now - Earlier, now + lifetime);
        using var issued = request.Create(
            Certificate, from < earliest ? earliest : from, until > latest ? latest : until, Serial());
        return issued.CopyWithPrivateKey(key);
    }

    private static X509Extension AlternativeNames(IReadOnlyList<string> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) builder.AddIpAddress(address);
            else builder.AddDnsName(name);
        }

        return builder.Build();
    }

    // RFC 5280, section 4.1.2.2: positive, at most 20 octets, and never the same twice.
    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x01);
        return serial;
    }
}

/// <summary>Names in certificates.</summary>
internal static class DistinguishedNames
{
    /// <summary>The name that consists of one common name, whatever characters that holds.</summary>
    public static X500DistinguishedName Named(this X500DistinguishedNameBuilder builder, string commonName)
    {
        builder.AddCommonName(commonName);
        return builder.Build();
    }
}
