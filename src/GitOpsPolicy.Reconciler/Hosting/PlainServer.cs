using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace GitOpsPolicy.Reconciler.Hosting;

/// <summary>A small server without TLS that takes no bodies, for a few people and programs.</summary>
internal sealed class PlainServer : IAsyncDisposable
{
    private const int MaxConnections = 64;

    private readonly WebApplication app;

    private PlainServer(IPEndPoint endpoint, RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, endpoint));
        app = builder.Build();
        app.Run(answer);
    }

    /// <summary>Where it is, with the port that it got.</summary>
    public Uri Address
    {
        get
        {
            var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            return new(addresses.First()
                .Replace("[::]", "localhost", StringComparison.Ordinal)
                .Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
        }
    }

    /// <summary>Starts one.</summary>
    /// <exception cref="IOException">The port is taken, or may not be used.</exception>
    public static async Task<PlainServer> StartAsync(IPEndPoint endpoint, RequestDelegate answer, CancellationToken cancellation)
    {
        var server = new PlainServer(endpoint, answer);
        try
        {
            await server.app.StartAsync(cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static void Listen(KestrelServerOptions kestrel, IPEndPoint endpoint)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(1);
        kestrel.Listen(endpoint, static listen => listen.Protocols = HttpProtocols.Http1);
    }
}
