using System.Net.Security;
using System.Security.Authentication;
using GitOpsPolicy.Metrics;
using GitOpsPolicy.Webhook.Admission;
using GitOpsPolicy.Webhook.Certificates;
using GitOpsPolicy.Webhook.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace GitOpsPolicy.Webhook.Hosting;

/// <summary>The admission webhook: two listeners, one for reviews over TLS and one for probes and metrics.</summary>
public sealed class WebhookServer : IAsyncDisposable
{
    private const string ReviewPath = "/validate";
    private const string NamespacePath = "/validate/namespaces";

    private readonly WebApplication app;
    private readonly WebhookOptions options;
    private readonly Readiness readiness;
    private readonly ReviewEndpoint endpoint;
    private readonly ReviewEndpoint? labelGuard;
    private readonly Admittance admittance;
    private readonly WebhookMetrics metrics;
    private readonly IServingCertificate certificate;
    private volatile WarmUp? warmUp;

    /// <summary>Sets the server up; it listens from <see cref="StartAsync"/> on.</summary>
    public WebhookServer(WebhookOptions options, WebhookParts parts)
    {
        this.options = options;
        readiness = new(parts);
        var gate = new InFlightGate(options.Width, new(options.Queue, options.MaxQueue, options.MaxWait));
        admittance = new(gate, new(options.MaxBodies));
        KeepThreadsFor(options.Width);
        (metrics, certificate) = (parts.Metrics, parts.Certificate);
        ServerFigures.AddTo(metrics, parts, gate);
        var judge = new RuleJudge(
            parts.Rules, parts.Canary, new(parts.Clock, options.Environment), parts.Metrics, parts.BreakGlass)
        {
            Recorder = parts.Recorder,
        };
        endpoint = new(judge, admittance, parts.Metrics);
        labelGuard = parts.LabelGuard is { } guard ? new(guard, admittance, parts.Metrics) : null;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, parts));
        app = builder.Build();
        app.Run(DispatchAsync);
    }

    /// <summary>Where reviews are taken, once the server listens.</summary>
    public Uri Address => AddressOf("https");

    /// <summary>Where probes and metrics are, once the server listens.</summary>
    public Uri OperationsAddress => AddressOf("http");

    /// <summary>Requests that are being judged or wait for their turn.</summary>
    public int InFlight => admittance.Gate.Count;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="IOException">A port is taken, or may not be used.</exception>
    public Task StartAsync(CancellationToken cancellation) => app.StartAsync(cancellation);

    /// <summary>
    /// Sends a review to itself, so that the first of the API server's is not slow; not ready before it has been answered. Does
    /// nothing while there is no certificate.
    /// </summary>
    public async Task WarmUpAsync(CancellationToken cancellation)
    {
        if (certificate.Current is not { } shown) return;
        using var unseen = new WebhookMetrics();
        var self = new SelfRequest(shown.TargetCertificate.RawData);
        warmUp = new(self.Path, new(self, admittance, unseen));
        readiness.WarmUp(isUnderWay: true);
        try
        {
            await self.SendAsync(Address, cancellation);
        }
        finally
        {
            readiness.WarmUp(isUnderWay: false);
            warmUp = null;
        }
    }

    /// <summary>
    /// Goes red, answers on for <see cref="WebhookOptions.Drain"/>, and stops when the last request has been answered.
    /// </summary>
    /// <param name="now">Cancelled to skip the wait.</param>
    public async Task DrainAsync(CancellationToken now)
    {
        readiness.Drain();
        await Task.Delay(options.Drain, now).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.StopAsync(now);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        admittance.Gate.Dispose();
    }

    private void Listen(KestrelServerOptions kestrel, WebhookParts parts)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        kestrel.Limits.MaxRequestBodySize = null;   // RequestBody counts, so that the answer is ours
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1_024, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.Listen(options.Address, options.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = TimeSpan.FromSeconds(5),
                OnConnection = _ => new(Handshake(parts)),
            });
        });
        kestrel.Listen(options.Address, options.OperationsPort, static listen => listen.Protocols = HttpProtocols.Http1);
    }

    private SslServerAuthenticationOptions Handshake(WebhookParts parts)
    {
        var handshake = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = parts.Certificate.Current
                ?? throw new AuthenticationException("There is no certificate to show yet."),
            EnabledSslProtocols = options.AllowTls12 ? SslProtocols.Tls12 | SslProtocols.Tls13 : SslProtocols.Tls13,
        };
        parts.Callers?.Require(handshake);
        return handshake;
    }

    // Judging keeps a thread to itself, and there are as many threads as processors before the pool adds more, slowly: without
    // others, whoever is to be turned away at once would wait for them.
    private static void KeepThreadsFor(int width)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, width + 4), ports);
    }

    private Task DispatchAsync(HttpContext context)
    {
        if (readiness.IsDraining)
            context.Response.Headers.Connection = context.Request.Protocol == "HTTP/1.1" ? "close" : default;
        var path = context.Request.Path.Value ?? "";
        return (path, context.Request.IsHttps) switch
        {
            (ReviewPath, true) => endpoint.HandleAsync(context),
            (_, true) when warmUp is { } own && own.Path == path => own.Endpoint.HandleAsync(context),
            ("/metrics", false) => ShowMetricsAsync(context),
            (NamespacePath, true) when labelGuard is not null => labelGuard.HandleAsync(context),
            ("/healthz", _) => TellAsync(context, (true, "ok\n")),
            ("/readyz", _) => TellAsync(context, readiness.Tell()),
            _ => TellAsync(context, (false, "there is nothing here\n"), StatusCodes.Status404NotFound),
        };
    }

    private async Task ShowMetricsAsync(HttpContext context)
    {
        context.Response.ContentType = PrometheusText.ContentType;
        metrics.WriteTo(context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static Task TellAsync(
        HttpContext context, (bool IsGood, string Text) told, int otherwise = StatusCodes.Status503ServiceUnavailable)
    {
        context.Response.StatusCode = told.IsGood ? StatusCodes.Status200OK : otherwise;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(told.Text, context.RequestAborted);
    }

    private Uri AddressOf(string scheme)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var address = addresses.First(a => a.StartsWith(scheme + "://", StringComparison.Ordinal));
        return new(address.Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
    }

    private sealed record WarmUp(string Path, ReviewEndpoint Endpoint);
}
