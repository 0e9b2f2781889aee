using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using GitOpsPolicy.Load.Calling;
using GitOpsPolicy.Load.Reviews;
using GitOpsPolicy.Load.Serving;

namespace GitOpsPolicy.Load.Scenarios;

/// <summary>
/// R6: hundreds of clients that send a byte a second, beside ordinary load. They are shown the door; the others do not notice.
/// </summary>
internal static class SlowClients
{
    // a thousand handshakes at once would be another load, of this program too
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(LoadRun run)
    {
        using var folder = new RuleFolder().WithRules(17, 17);
        await using var server = await run.ServeAsync(folder);
        using var caller = run.Caller(server);
        var loop = new OpenLoop(caller, PodReviews.Make(200, RuleFolder.Names(17)));
        await loop.RunAsync(200, TimeSpan.FromSeconds(1));
        var each = run.Options.Count(run.Options.Seconds is null ? 500 : 50, 500);
        var beside = loop.RunAsync(run.Options.Rate ?? 200, run.Options.Time(15, 60));
        var closed = await Task.WhenAll(
        [
            .. Enumerable.Range(
                0,
                each).Select(i => UntilClosedAsync(
                    server, Apart * 2 * i, "POST /validate HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")),
            .. Enumerable.Range(
                0,
                each).Select(i => UntilClosedAsync(
                    server, Apart * ((2 * i) + 1),
                    "POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n{")),
        ]);
        var result = await beside;
        run.Sound(result, " beside them");
        run.Figures.Count("turned away beside them", result.Refused);
        run.Figures.Count($"of {each} slow headers not closed", closed[..each].Count(static time => time is null));
        run.Figures.Count($"of {each} slow bodies not closed", closed[each..].Count(static time => time is null));
        run.Figures.Time("p99 beside them", result.Quantile(0.99), 200);
        run.Figures.Time("slow headers closed after, longest", closed[..each].Max() ?? double.NaN, 10_000);
        run.Figures.Time("slow bodies closed after, longest", closed[each..].Max() ?? double.NaN, 10_000);
    }

    // Milliseconds from the end of the handshake until the server ends it; null when it never does.
    private static async Task<double?> UntilClosedAsync(ServedProcess server, TimeSpan delay, string start)
    {
        await Task.Delay(delay, TimeProvider.System);
        using var socket = new TcpClient { NoDelay = true };
        using var patience = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port, patience.Token);
        await using var tls = new SslStream(
            socket.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => Caller.IsOf(server.Authority, shown));
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "localhost",
                    ApplicationProtocols = [SslApplicationProtocol.Http11],
                }, patience.Token);
            begun = Stopwatch.GetTimestamp();
            var closed = ReadToEndAsync(tls, patience.Token);
            await tls.WriteAsync(Encoding.ASCII.GetBytes(start), patience.Token);
            while (!closed.IsCompleted)
            {
                await Task.WhenAny(closed, Task.Delay(Pause, TimeProvider.System, patience.Token));
                if (!closed.IsCompleted) await tls.WriteAsync("x"u8.ToArray(), patience.Token);
            }

            await closed;
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // That is an end too.
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static async Task ReadToEndAsync(SslStream tls, CancellationToken cancellation)
    {
        var buffer = new byte[1024];
        while (await tls.ReadAsync(buffer, cancellation) > 0)
        {
            // What is said on the way out does not matter.
        }
    }
}
