using System.Net.Security;

namespace GitOpsPolicy.Webhook.Certificates;

/// <summary>The certificate that the webhook shows. A new one takes effect with the next handshake.</summary>
public interface IServingCertificate
{
    /// <summary>The certificate and its chain; null while there is none that holds.</summary>
    SslStreamCertificateContext? Current { get; }

    /// <summary>When it expires; null while there is none.</summary>
    DateTimeOffset? NotAfter { get; }

    /// <summary>
    /// Why it is not what it should be, such as files that do not belong together; null when all is well. One line.
    /// </summary>
    string? Trouble { get; }
}
