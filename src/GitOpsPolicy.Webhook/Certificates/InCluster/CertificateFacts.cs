namespace GitOpsPolicy.Webhook.Certificates.InCluster;

/// <summary>What there is to decide by about the certificates of a webhook.</summary>
/// <param name="Leaf">The time of the certificate that is shown.</param>
/// <param name="Issuer">The time of the authority that issues.</param>
internal sealed record CertificateFacts(Validity Leaf, Validity Issuer)
{
    /// <summary>The issuing authority has issued the certificate that is shown.</summary>
    public bool IsLeafIssued { get; init; } = true;

    /// <summary>The certificate that is shown is for all the names that it should be for.</summary>
    public bool HasNames { get; init; } = true;

    /// <summary>The time of the authority that will issue; null while none is being rolled.</summary>
    public Validity? Next { get; init; }

    /// <summary>When it was seen to be published; null while it has not been.</summary>
    public DateTimeOffset? NextPublished { get; init; }

    /// <summary>How many authorities are still published that will issue nothing any more.</summary>
    public int Retired { get; init; }
}
