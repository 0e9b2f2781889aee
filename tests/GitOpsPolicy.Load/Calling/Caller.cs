using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace GitOpsPolicy.Load.Calling;

/// <summary>How a caller behaves.</summary>
/// <param name="Connections">Connections at once. They are kept open, as an API server does.</param>
/// <param name="IsHttp2">Speak HTTP/2; an API server speaks 1.1 to webhooks that it reaches through a Service.</param>
/// <param name="ClosesConnections">Have every connection closed after one request.</param>
internal sealed record CallerOptions(int Connections = 64, bool IsHttp2 = false, bool ClosesConnections = false)
{
    /// <summary>How long a connection may lie idle before it is given up; an API server waits for 90 s.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(90);
}

/// <summary>
/// Plays an API server: sends reviews to the webhook over TLS, trusting the authority of its folder of certificates.
/// </summary>
internal sealed class Caller : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient client;
    private readonly Uri address;
    private readonly CallerOptions options;

    /// <summary>Sets it up; nothing is sent.</summary>
    /// <param name="address">Where reviews are taken.</param>
    /// <param name="authority">File of the authorities to trust; read at every handshake, since it changes when one is
    /// rolled.</param>
    /// <param name="options">How it behaves.</param>
    public Caller(Uri address, string authority, CallerOptions? options = null)
    {
        (this.address, this.options) = (new(address, "validate?timeout=10s"), options ?? new());
        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = this.options.Connections,
            PooledConnectionIdleTimeout = this.options.Idle,
            EnableMultipleHttp2Connections = true,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) => Sees(shown) && IsOf(authority, shown),
            },
        };
        client = new(handler) { Timeout = TimeSpan.FromSeconds(15) };
    }

    /// <summary>The certificates seen in handshakes, by serial number, with when each was seen first.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, long> Shown { get; } = new(StringComparer.Ordinal);

    /// <summary>Sends one review and waits for what comes back.</summary>
    public async Task<Reply> SendAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = Json;
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = content,
            Version = options.IsHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (options.ClosesConnections) request.Headers.ConnectionClose = true;
        try
        {
            using var response = await client.SendAsync(request);
            return Reply.Of((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync());
        }
        catch (Exception e) when (e is HttpRequestException
            or OperationCanceledException
            or IOException
            or AuthenticationException)
        {
            return new(0) { Failure = $"{e.GetType().Name}: {e.GetBaseException().Message}" };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    /// <summary>A certificate is of the authorities in a file, and its time is now.</summary>
    public static bool IsOf(string authority, X509Certificate? shown)
    {
        if (shown is not X509Certificate2 certificate) return false;
        using var chain = new X509Chain
        {
            ChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck },
        };
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(authority);
        return chain.Build(certificate);
    }

    private bool Sees(X509Certificate? shown) =>
        shown is X509Certificate2 { SerialNumber: var serial }
            && (Shown.TryAdd(serial, System.Diagnostics.Stopwatch.GetTimestamp()) || true);
}
