using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Kubernetes.Credentials;

namespace GitOpsPolicy.Kubernetes.Http;

/// <summary>
/// Connections to one API server. When the client certificate or the authorities change, new requests go over new connections;
/// those under way end on the old ones.
/// </summary>
internal sealed class Transport(ClusterConnection connection, ClientOptions options) : IDisposable
{
    private readonly Lock change = new();
    private volatile Lane? current;

    /// <summary>Sends a request once and waits for the head of the answer.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="proof">Who calls.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    public Task<HttpResponseMessage> SendAsync(ApiRequest request, Proof proof, CancellationToken cancellation)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(connection.ToString() + request.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        // .NET takes the name to ask for and to find in the certificate from here, whatever the TLS options say.
        message.Headers.Host = connection.TlsServerName;
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        if (proof.Token is { } token) message.Headers.Authorization = new("Bearer", token);
        if (connection.Impersonation is { } other) Impersonate(message.Headers, other);
        if (request.Body is { } body)
            message.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new(request.BodyType) } };
        return LaneFor(proof).Invoker.SendAsync(message, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => current?.Invoker.Dispose();

    private static void Impersonate(HttpRequestHeaders headers, Impersonation other)
    {
        headers.Add("Impersonate-User", other.User);
        if (other.Uid is { } uid) headers.Add("Impersonate-Uid", uid);
        foreach (var group in other.Groups) headers.Add("Impersonate-Group", group);
        foreach (var (key, value) in other.Extra)
            headers.Add("Impersonate-Extra-" + Uri.EscapeDataString(key.ToLowerInvariant()), value);
    }

    private Lane LaneFor(Proof proof)
    {
        var authorities = connection.Authorities?.Stamp() ?? default;
        if (current is { } lane && ReferenceEquals(lane.Certificate, proof.Certificate) && lane.Authorities == authorities)
            return lane;
        lock (change)
        {
            if (current is { } made && ReferenceEquals(made.Certificate, proof.Certificate) && made.Authorities == authorities)
                return made;
            var old = current;
            if (TryOpen(proof.Certificate, mustOpen: old is null) is not { } handler) return old!;
            var fresh = new Lane(new HttpMessageInvoker(handler), proof.Certificate, authorities);
            current = fresh;
            old?.Invoker.Dispose(); // closes what is idle; requests under way keep their connection
            return fresh;
        }
    }

    /// <summary>
    /// Opens a way with what the files hold now; null when it cannot be used yet, such as a bundle that is half written.
    /// </summary>
    private SocketsHttpHandler? TryOpen(ClientCertificate? certificate, bool mustOpen)
    {
        try
        {
            return Open(certificate);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return mustOpen
                ? throw new CredentialException($"the certificate authority cannot be read: {e.Message.TrimEnd('.')}", e)
                : null;
        }
    }

    private SocketsHttpHandler Open(ClientCertificate? certificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // the token would go along
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10), // so that servers behind a changed name or balancer are found
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8, // warnings may hold any text
            SslOptions = TlsOptions(certificate),
        };
        if (connection.Proxy is { } proxy) handler.Proxy = new WebProxy(proxy);
        return handler;
    }

    private SslClientAuthenticationOptions TlsOptions(ClientCertificate? certificate)
    {
        var tls = new SslClientAuthenticationOptions();
        if (certificate is not null)
            tls.ClientCertificateContext = SslStreamCertificateContext.Create(certificate.Leaf, certificate.Chain, offline: true);
        if (connection.SkipTlsVerification)
        {
#pragma warning disable CA5359 // the user asked for it by `insecure-skip-tls-verify`
            tls.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (connection.Authorities is { } authorities)
        {
            var bundle = TlsMaterial.Authorities(authorities.Read());
            if (bundle.Count == 0) throw new CryptographicException("there is no certificate in it");
            TlsTrust.Set(tls, bundle);
        }

        return tls;
    }

    private sealed record Lane(HttpMessageInvoker Invoker, ClientCertificate? Certificate, FileStamp Authorities);
}
