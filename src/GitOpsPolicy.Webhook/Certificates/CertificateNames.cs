using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace GitOpsPolicy.Webhook.Certificates;

/// <summary>The names that a certificate is for.</summary>
public static class CertificateNames
{
    /// <summary>DNS names and addresses, the common name first; a client's certificate has the common name alone.</summary>
    public static ImmutableArray<string> Of(X509Certificate2 certificate)
    {
        var alternatives = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SingleOrDefault();
        var names = alternatives is null
            ? []
            : alternatives.EnumerateDnsNames()
                .Concat(alternatives.EnumerateIPAddresses().Select(static address => address.ToString()));
        return [.. names.Prepend(CommonName(certificate)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The common name.</summary>
    public static string CommonName(X509Certificate2 certificate) =>
        certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    /// <summary>
    /// A name that a server can be reached by: an address or a DNS name, perhaps of a whole level (<c>*.example.com</c>).
    /// </summary>
    public static bool CanBeServed(string name) =>
        IPAddress.TryParse(name, out _)
            || Uri.CheckHostName(name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name) == UriHostNameType.Dns;

    /// <summary>The certificate is for each of these.</summary>
    internal static bool Covers(X509Certificate2 certificate, IEnumerable<string> names)
    {
        var covered = Of(certificate).Select(Plain).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return names.All(name => covered.Contains(Plain(name)));
    }

    // One address can be written in several ways.
    private static string Plain(string name) => IPAddress.TryParse(name, out var address) ? address.ToString() : name;
}
