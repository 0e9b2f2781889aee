using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;

namespace GitOpsPolicy.Webhook.Certificates.InCluster;

/// <summary>Everything that the replicas of a webhook share about their certificates.</summary>
/// <param name="Trusted">The authorities that are published, the issuing one first.</param>
/// <param name="Issuer">The authority that issues.</param>
/// <param name="Leaf">The certificate that is shown, with its key.</param>
internal sealed record CertificateState(
    ImmutableArray<X509Certificate2> Trusted, CertificateAuthority Issuer, X509Certificate2 Leaf)
{
    /// <summary>The authority that will issue, once everybody trusts it; null while no authority is being rolled.</summary>
    public CertificateAuthority? Next { get; init; }

    /// <summary>
    /// When <see cref="Next"/> was first seen in every place that <see cref="Trusted"/> goes to; null while it has not been.
    /// </summary>
    public DateTimeOffset? NextPublished { get; init; }

    /// <summary>What goes into <c>caBundle</c>.</summary>
    public string Bundle => PemPair.Bundle(Trusted);

    /// <summary>What there is to decide by.</summary>
    /// <param name="names">The names that the certificate shown should be for.</param>
    public CertificateFacts Facts(ImmutableArray<string> names) => new(Validity.Of(Leaf), Validity.Of(Issuer.Certificate))
    {
        IsLeafIssued = CertificateAuthority.HasIssued(Issuer.Certificate, Leaf),
        HasNames = CertificateNames.Covers(Leaf, names),
        Next = Next is null ? null : Validity.Of(Next.Certificate),
        NextPublished = NextPublished,
        Retired = Trusted.Length - (Next is null ? 1 : 2),
    };
}
