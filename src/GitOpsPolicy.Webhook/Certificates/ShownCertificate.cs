using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;

namespace GitOpsPolicy.Webhook.Certificates;

/// <summary>What there is to know of a certificate in a folder.</summary>
/// <param name="File">Name of its file.</param>
/// <param name="Names">Whom it is for, the common name first.</param>
/// <param name="Serial">Serial number, in hexadecimal digits.</param>
/// <param name="NotBefore">From when it holds.</param>
/// <param name="NotAfter">Until when it holds.</param>
public sealed record ShownCertificate(
    string File, ImmutableArray<string> Names, string Serial, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>Why it is of no use even while it holds; null when it is.</summary>
    public string? Trouble { get; private init; }

    internal static IEnumerable<ShownCertificate> Of(IssuedFiles files)
    {
        X509Certificate2Collection trusted = System.IO.File.Exists(files.AuthorityPath) ? files.Trusted() : [];
        foreach (var authority in trusted) yield return Of(files.AuthorityPath, authority);
        using var shown = files.Certificate();
        yield return Of(files.CertificatePath, shown) with
        {
            Trouble = trusted.Count == 0 || trusted.Any(authority => CertificateAuthority.HasIssued(authority, shown))
                ? null
                : $"not issued by an authority in {Path.GetFileName(files.AuthorityPath)}",
        };
    }

    private static ShownCertificate Of(string path, X509Certificate2 certificate) =>
        new(
            Path.GetFileName(path), CertificateNames.Of(certificate), certificate.SerialNumber, new(certificate.NotBefore),
            new(certificate.NotAfter));
}
