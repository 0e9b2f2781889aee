using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;

namespace GitOpsPolicy.Webhook.Certificates.InCluster;

/// <summary>Does what was decided: makes the state that follows. Nothing is written anywhere.</summary>
/// <param name="names">The names that the certificate shown is for.</param>
/// <param name="lifetimes">How long what is made holds.</param>
internal sealed class CertificateSteps(ImmutableArray<string> names, CertificateLifetimes lifetimes)
{
    /// <summary>The state after a step.</summary>
    /// <param name="state">The state before; null before there is any.</param>
    /// <param name="step">What to do.</param>
    /// <param name="now">The time it is.</param>
    public CertificateState Take(CertificateState? state, CertificateStep step, DateTimeOffset now) => (step, state) switch
    {
        (CertificateStep.Start, _) => Begin(now),
        (CertificateStep.RenewLeaf, { } before) => before with { Leaf = Issue(before.Issuer, now) },
        (CertificateStep.AddAuthority, { } before) => Add(before, now),
        (CertificateStep.NotePublished, { } before) => before with { NextPublished = now },
        (CertificateStep.Switch, { Next: { } next } before) => new(
            [next.Certificate, .. before.Trusted.Where(one => !one.Equals(next.Certificate) && Validity.Of(one).Lasts(now))],
            next, Issue(next, now)),
        (CertificateStep.Retire, { } before) => before with { Trusted = [before.Issuer.Certificate] },
        _ => throw new ArgumentException($"No state follows {step}.", nameof(step)),
    };

    /// <summary>The step in a few words, for the log.</summary>
    public static string Word(CertificateStep step, CertificateState after) => step switch
    {
        CertificateStep.Start => $"made an authority and a certificate until {Day(after.Leaf)}",
        CertificateStep.RenewLeaf => $"renewed the certificate until {Day(after.Leaf)}",
        CertificateStep.AddAuthority => $"made the next authority, until {Day(after.Next!.Certificate)}",
        CertificateStep.NotePublished => "the next authority is published",
        CertificateStep.Switch => $"the certificate comes from the next authority, until {Day(after.Leaf)}",
        CertificateStep.Retire => "the old authority is no longer published",
        _ => throw new ArgumentException($"No word for {step}.", nameof(step)),
    };

    private CertificateState Begin(DateTimeOffset now)
    {
        var authority = CertificateAuthority.Create(now, lifetimes.Authority);
        return new([authority.Certificate], authority, Issue(authority, now));
    }

    private CertificateState Add(CertificateState before, DateTimeOffset now)
    {
        var next = CertificateAuthority.Create(now, lifetimes.Authority);
        return before with { Next = next, NextPublished = null, Trusted = [.. before.Trusted, next.Certificate] };
    }

    private X509Certificate2 Issue(CertificateAuthority issuer, DateTimeOffset now) => issuer.Issue(names, now, lifetimes.Leaf);

    private static string Day(X509Certificate2 certificate) => certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd");
}
