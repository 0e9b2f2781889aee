using System.Collections.Immutable;
using GitOpsPolicy.Kubernetes.Credentials;

namespace GitOpsPolicy.Kubernetes.Configuration;

/// <summary>
/// How one API server is reached and who calls: what a kubeconfig context or a Pod's service account comes down to.
/// </summary>
public sealed record ClusterConnection
{
    /// <summary>The server's base address, such as <c>https://10.0.0.1:6443</c>; it may have a path.</summary>
    public required Uri Server { get; init; }

    /// <summary>
    /// The only certificates that vouch for the server; the machine's own are not asked then. Null: the machine's own.
    /// </summary>
    public PemText? Authorities { get; init; }

    /// <summary>The name that the server's certificate must bear; null for the host of <see cref="Server"/>.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>Takes any certificate: whoever sits on the way can read and change everything. For tests.</summary>
    public bool SkipTlsVerification { get; init; }

    /// <summary>An HTTP or SOCKS5 proxy; null for what the environment (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c>) says.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Who calls.</summary>
    public Credential Credential { get; init; } = Credential.Anonymous;

    /// <summary>As whom the caller wants to be treated; null for as itself.</summary>
    public Impersonation? Impersonation { get; init; }

    /// <summary>The namespace of requests that name none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The connection in messages: its server, never a credential.</summary>
    public override string ToString() => Server.GetLeftPart(UriPartial.Path).TrimEnd('/');
}

/// <summary>A user that an entitled caller acts as.</summary>
/// <param name="User">The user's name.</param>
/// <param name="Uid">The user's uid; null for none.</param>
/// <param name="Groups">The user's groups.</param>
/// <param name="Extra">Further fields with their values.</param>
public sealed record Impersonation(
    string User, string? Uid, ImmutableArray<string> Groups, ImmutableArray<KeyValuePair<string, string>> Extra);
