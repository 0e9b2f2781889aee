using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace GitOpsPolicy.Kubernetes.Http;

/// <summary>
/// Trust in the authorities of a configuration and in nobody else. As in kubectl, each certificate of the bundle is trusted by
/// itself: an organisation's issuing authority may stand in it without the root above, which .NET alone would not take.
/// </summary>
internal static class TlsTrust
{
    /// <summary>Makes TLS options trust a bundle alone.</summary>
    public static void Set(SslClientAuthenticationOptions tls, X509Certificate2Collection bundle)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // cluster authorities publish no lists
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(bundle);
        policy.ExtraStore.AddRange(bundle);
        tls.CertificateChainPolicy = policy;
#pragma warning disable MA0039 // .NET has judged name, time, purpose and signatures; this only says what may end a chain
        tls.RemoteCertificateValidationCallback = (_, _, chain, errors) => Judge(bundle, chain, errors);
#pragma warning restore MA0039
    }

    /// <summary>True, or an exception: its message reaches the user, while that of a plain no would not say why.</summary>
    private static bool Judge(X509Certificate2Collection bundle, X509Chain? chain, SslPolicyErrors errors) => errors switch
    {
        SslPolicyErrors.None => true,
        SslPolicyErrors.RemoteCertificateChainErrors when chain is not null && EndsIn(bundle, chain) => true,
        SslPolicyErrors.RemoteCertificateNotAvailable => throw new AuthenticationException("it shows none"),
        _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) =>
            throw new AuthenticationException("it is made out to another name"),
        _ =>
            throw new AuthenticationException(string.Join(
                ", ", chain!.ChainStatus.Select(static status => InWords(status.Status)).Distinct(StringComparer.Ordinal))),
    };

    // The one thing wrong with the chain is that it ends before a root, and it ends in the bundle.
    private static bool EndsIn(X509Certificate2Collection bundle, X509Chain chain) =>
        chain.ChainStatus.Length > 0
        && chain.ChainStatus.All(static status => status.Status == X509ChainStatusFlags.PartialChain)
        && chain.ChainElements.Count > 1
        && bundle.Any(trusted => trusted.RawDataMemory.Span.SequenceEqual(
            chain.ChainElements[^1].Certificate.RawDataMemory.Span));

    private static string InWords(X509ChainStatusFlags status) => status switch
    {
        X509ChainStatusFlags.NotTimeValid => "it has run out or is not valid yet",
        X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain => "it comes from another authority",
        X509ChainStatusFlags.NotValidForUsage => "it is not made for servers",
        X509ChainStatusFlags.NotSignatureValid => "its signature is wrong",
        _ => status.ToString(),
    };
}
