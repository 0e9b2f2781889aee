using System.Security.Cryptography.X509Certificates;

namespace GitOpsPolicy.Webhook.Certificates;

/// <summary>The time in which a certificate holds.</summary>
internal readonly record struct Validity(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>That of a certificate.</summary>
    public static Validity Of(X509Certificate2 certificate) => new(new(certificate.NotBefore), new(certificate.NotAfter));

    /// <summary>It is not over.</summary>
    public bool Lasts(DateTimeOffset now) => Until > now;

    /// <summary>Two thirds of it are over.</summary>
    public bool IsDue(DateTimeOffset now) => now >= From + ((Until - From) * 2 / 3);
}
