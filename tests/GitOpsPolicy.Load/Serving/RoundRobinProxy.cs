using System.Net;
using System.Net.Sockets;

namespace GitOpsPolicy.Load.Serving;

/// <summary>
/// A dumb proxy: gives each new connection to the next server in turn, or to the one after it when that one does not take it. It knows nothing
/// of readiness and nothing of what it passes on.
/// </summary>
internal sealed class RoundRobinProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly int[] ports;
    private readonly Task accepting;
    private uint next;

    /// <summary>Begins to pass connections on.</summary>
    /// <param name="ports">Where the servers listen, on loopback.</param>
    public RoundRobinProxy(params int[] ports)
    {
        this.ports = ports;
        listener.Start(backlog: 512);
        Address = new($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync(ended.Token);
            _ = PassOnAsync(client, ended.Token);
        }
    }

    private async Task PassOnAsync(TcpClient client, CancellationToken stop)
    {
        using var _ = client;
        using var server = await ConnectAsync(stop);
        if (server is null) return;
        (client.NoDelay, server.NoDelay) = (true, true);
        try
        {
            await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream(), stop), server.GetStream().CopyToAsync(client.GetStream(), stop));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Either side has gone: so does the other.
        }
    }

    private async Task<TcpClient?> ConnectAsync(CancellationToken stop)
    {
        for (var attempt = 0; attempt < ports.Length; attempt++)
        {
            var server = new TcpClient();
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, ports[Interlocked.Increment(ref next) % ports.Length], stop);
                return server;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                server.Dispose();
            }
        }

        return null;
    }
}
