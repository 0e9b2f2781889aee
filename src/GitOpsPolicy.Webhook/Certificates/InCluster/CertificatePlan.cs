namespace GitOpsPolicy.Webhook.Certificates.InCluster;

/// <summary>What is to be done next about the certificates of a webhook.</summary>
internal enum CertificateStep
{
    /// <summary>Nothing for now.</summary>
    None,

    /// <summary>Make an authority and a certificate; there is nothing, or nothing that holds.</summary>
    Start,

    /// <summary>Issue the certificate that is shown anew.</summary>
    RenewLeaf,

    /// <summary>Make the authority that follows, and have it published beside the one that issues.</summary>
    AddAuthority,

    /// <summary>Note that the authority that follows is published, from when on one waits until everybody has seen it.</summary>
    NotePublished,

    /// <summary>Let the authority that follows issue, and show a certificate of it.</summary>
    Switch,

    /// <summary>Publish the issuing authority alone.</summary>
    Retire,
}

/// <summary>Times by which it is decided.</summary>
/// <param name="Lifetimes">How long what is made holds.</param>
/// <param name="Settling">How long everybody may take to see what was published, or which certificate to show.</param>
internal sealed record CertificateTimes(CertificateLifetimes Lifetimes, TimeSpan Settling);

/// <summary>
/// Decides what is to be done next. At every moment the certificate shown by any replica is vouched for by what any API server
/// may still believe to be published; that is why an authority is published before it issues, and for a while after it has
/// stopped.
/// </summary>
internal static class CertificatePlan
{
    /// <summary>Certificates tell their times in whole seconds.</summary>
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>The next step.</summary>
    /// <param name="facts">How things stand; null when there is nothing yet.</param>
    /// <param name="isPublished">The authorities that should be published are, everywhere.</param>
    /// <param name="now">The time it is.</param>
    /// <param name="times">Times to decide by.</param>
    public static CertificateStep Next(
        CertificateFacts? facts, bool isPublished, DateTimeOffset now, CertificateTimes times) => facts switch
    {
        null => CertificateStep.Start,
        // nobody can trust the old one any more
        { Next: { } next } when !facts.Issuer.Lasts(now) && next.Lasts(now) => CertificateStep.Switch,
        _ when !facts.Issuer.Lasts(now) => CertificateStep.Start,
        _ when NeedsLeaf(facts, now, times.Lifetimes) => CertificateStep.RenewLeaf,
        { Next: null } when facts.Issuer.IsDue(now) => CertificateStep.AddAuthority,
        { Next: null, Retired: > 0 } when now >= facts.Leaf.From + CertificateAuthority.Earlier + times.Settling =>
            CertificateStep.Retire,
        { Next: null } => CertificateStep.None,
        _ when !isPublished => CertificateStep.None,
        { NextPublished: null } => CertificateStep.NotePublished,
        { NextPublished: { } since } when now >= since + times.Settling => CertificateStep.Switch,
        _ => CertificateStep.None,
    };

    // A certificate ends with its authority at the latest; a new one that ends when the old one does is no gain.
    private static bool NeedsLeaf(CertificateFacts facts, DateTimeOffset now, CertificateLifetimes lifetimes)
    {
        if (!facts.IsLeafIssued || !facts.HasNames) return true;
        var end = now + lifetimes.Leaf < facts.Issuer.Until ? now + lifetimes.Leaf : facts.Issuer.Until;
        return facts.Leaf.IsDue(now) && end > facts.Leaf.Until + Second;
    }
}
