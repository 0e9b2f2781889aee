using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace GitOpsPolicy.Webhook.Certificates;

/// <summary>
/// Who may call: holders of a client certificate of one authority and, where names are given, of one of these names.
/// </summary>
/// <param name="authorities">The certificates of the authority. No other is trusted, whatever the system trusts.</param>
/// <param name="names">Common names that may call; empty for any.</param>
public sealed class AllowedCallers(X509Certificate2Collection authorities, ImmutableArray<string> names)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Has a handshake ask for such a certificate and fail without it, before any request is read.</summary>
    internal void Require(SslServerAuthenticationOptions handshake)
    {
        handshake.ClientCertificateRequired = true;
        handshake.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is X509Certificate2 shown && Allows(shown);
        handshake.CertificateChainPolicy = Policy();
    }

    /// <summary>The certificate comes from the authority, holds today, is for clients, and bears an allowed name.</summary>
    internal bool Allows(X509Certificate2 certificate)
    {
        using var chain = new X509Chain { ChainPolicy = Policy() };
        return chain.Build(certificate)
            && (names.IsEmpty || names.Contains(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)));
    }

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(new(ClientAuthentication));
        return policy;
    }
}
