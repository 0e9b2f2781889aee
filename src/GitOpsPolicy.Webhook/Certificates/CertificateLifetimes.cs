namespace GitOpsPolicy.Webhook.Certificates;

/// <summary>How long certificates hold that are made here.</summary>
/// <param name="Authority">An authority.</param>
/// <param name="Leaf">What it issues; never longer than the authority itself.</param>
public sealed record CertificateLifetimes(TimeSpan Authority, TimeSpan Leaf)
{
    /// <summary>Ten years and ninety days.</summary>
    public static CertificateLifetimes Default { get; } = new(TimeSpan.FromDays(3_650), TimeSpan.FromDays(90));
}
