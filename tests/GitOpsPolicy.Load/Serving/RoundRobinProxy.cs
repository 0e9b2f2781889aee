using System.Net;
using System.Net.Sockets;

namespace GitOpsPolicy.Load.Serving;

/// <summary>
/// A dumb round-robin proxy, as a Service is one: gives each new connection to the next server that was ready at the last look,
/// or to the one after it when that one does not take it. It knows nothing of what it passes on.
/// </summary>
internal sealed class RoundRobinProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private readonly (int Reviews, int Operations)[] servers;
    private readonly bool[] isReady;
    private readonly Task accepting;
    private uint next;

    /// <summary>Begins to pass connections on.</summary>
    /// <param name="servers">Ports of the servers, on loopback: for reviews, and for probes.</param>
    public RoundRobinProxy(params (int Reviews, int Operations)[] servers)
    {
        this.servers = servers;
        isReady = [.. servers.Select(static _ => true)];
        listener.Start(backlog: 512);
        Address = new($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        accepting = Task.WhenAll([AcceptAsync(), .. servers.Select((_, i) => WatchAsync(i))]);
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
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream(), stop),
                server.GetStream().CopyToAsync(client.GetStream(), stop));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Either side has gone: so does the other.
        }
    }

    private async Task<TcpClient?> ConnectAsync(CancellationToken stop)
    {
        var turn = Interlocked.Increment(ref next);
        foreach (var which in Enumerable.Range(0, servers.Length).Select(i => (turn + i) % servers.Length)
            .OrderByDescending(i => isReady[i]))
        {
            var server = new TcpClient();
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, servers[which].Reviews, stop);
                return server;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                server.Dispose();
            }
        }

        return null;
    }

    private async Task WatchAsync(int which)
    {
        // a probe that comes late on a busy machine is no verdict
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        while (!ended.IsCancellationRequested)
        {
            try
            {
                using var response = await client.GetAsync(
                    new Uri($"http://127.0.0.1:{servers[which].Operations}/readyz"), ended.Token);
                isReady[which] = response.IsSuccessStatusCode;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                isReady[which] = false;
            }

            await Task.Delay(Look, TimeProvider.System, ended.Token);
        }
    }
}
