using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using GitOpsPolicy.Load.Calling;
using GitOpsPolicy.Load.Reviews;
using GitOpsPolicy.Load.Serving;

namespace GitOpsPolicy.Load.Scenarios;

/// <summary>
/// R7: bodies as large as the API server can send, four at once, in a heap of 512 MB; and those that are no reviews.
/// </summary>
internal static class BigBodies
{
    private const int AtOnce = 4;

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(LoadRun run)
    {
        using var folder = new RuleFolder().WithRules(17, 17);
        var settings = new ServeSettings { Environment = [("DOTNET_GCHeapHardLimit", "0x20000000")] };
        await using var server = await ServedProcess.Start(run.Program, folder.Path, settings).ReadyAsync();
        using var caller = run.Caller(server);
        await JudgedAsync(run, caller, server, "3 MiB of text", OfText(), run.Options.Count(20, 200));
        await JudgedAsync(run, caller, server, "3,500 containers", OfContainers(), run.Options.Count(20, 200));
        await JudgedAsync(run, caller, server, "7.9 MiB, old and new", OfUpdate(), run.Options.Count(12, 50));
        run.Figures.Cost("the most memory", server.Use().PeakMegabytes, "MB", 600);
        foreach (var (what, status, content) in Refused())
            run.Figures.Holds($"{what} is told {(int)status}", await StatusAsync(server, content) == status);
        run.Figures.Holds("a body without end is told 413", await AnswerToEndlessAsync(server) == "413");
        run.Sound(
            await new OpenLoop(caller, PodReviews.Make(50, RuleFolder.Names(17))).RunAsync(100, TimeSpan.FromSeconds(1)),
            " afterwards");
    }

    private static async Task JudgedAsync(LoadRun run, Caller caller, ServedProcess server, string what, Review review, int count)
    {
        var loop = new OpenLoop(caller, [review]);
        if (run.Options.WarmUp > 1) await loop.RunClosedAsync(AtOnce, AtOnce);
        var before = server.Use();
        var result = await loop.RunClosedAsync(AtOnce, count);
        run.Sound(result, $", {what}");
        run.Figures.Count($"turned away, {what}", result.Refused);
        run.Figures.Tell(
            $"{what}: bytes, processor time each",
            $"{review.Length}, {new Measured(result, before, server.Use()).Milliseconds:f0} ms");
        run.Figures.Time($"longest, {what}", result.Quantile(1), 1_000);
    }

    private static Review OfText()
    {
        var pod = PodReviews.Sound(1);
        pod["metadata"]!["annotations"]!["example.com/notes"] = new string('n', 3 << 20);
        return Created(pod);
    }

    private static Review OfContainers()
    {
        var pod = PodReviews.Sound(1, containers: 2_000);
        for (var i = 0; i < 1_500; i++)
            pod["spec"]!["containers"]!.AsArray()
                .Add(JsonNode.Parse($$"""{"name":"s{{i}}","image":"registry.example.com/shop/web:v1.2.3"}"""));
        return Created(pod);
    }

    private static Review OfUpdate()
    {
        var pod = PodReviews.Sound(1);
        pod["metadata"]!["annotations"]!["example.com/notes"] = new string('n', (int)(3.94 * (1 << 20)));
        var json = pod.ToJsonString();
        return Review.OfUpdate(json, json, Judge(json));
    }

    private static Review Created(JsonObject pod)
    {
        var json = pod.ToJsonString();
        return Review.OfCreate("Pod", json, Judge(json), ("team-1", "web-1", "alice"));
    }

    private static Expected Judge(string json) => PodOracle.Judge(json, RuleFolder.Names(17));

    private static IEnumerable<(string What, HttpStatusCode Status, HttpContent Content)> Refused()
    {
        yield return ("a body of 8 MiB and one byte", HttpStatusCode.RequestEntityTooLarge,
            Typed(new ByteArrayContent(new byte[(8 << 20) + 1])));
        foreach (var encoding in (string[])["gzip", "deflate", "br"])
            yield return ($"`Content-Encoding: {encoding}`", HttpStatusCode.UnsupportedMediaType,
                Typed(new ByteArrayContent([0x1f, 0x8b, 8, 0]), encoding: encoding));
        foreach (var type in (string[])[
            "text/plain", "application/yaml", "application/vnd.kubernetes.protobuf", "application/x-www-form-urlencoded",
            "application/jsonp"
        ])
            yield return ($"`{type}`", HttpStatusCode.UnsupportedMediaType, Typed(new ByteArrayContent("{}"u8.ToArray()), type));
    }

    private static HttpContent Typed(HttpContent content, string type = "application/json", string? encoding = null)
    {
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (encoding is not null) content.Headers.ContentEncoding.Add(encoding);
        return content;
    }

    private static async Task<HttpStatusCode?> StatusAsync(ServedProcess server, HttpContent content)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(2) };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => Caller.IsOf(server.Authority, shown);
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(20) };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "validate")) { Content = content };
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    // By hand, because an HTTP client looks at the answer only once it has sent everything.
    private static async Task<string> AnswerToEndlessAsync(ServedProcess server)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port, patience.Token);
        await using var tls = new SslStream(
            socket.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => Caller.IsOf(server.Authority, shown));
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [SslApplicationProtocol.Http11],
            }, patience.Token);
        await tls.WriteAsync(
            "POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), patience.Token);
        var answer = new byte[64];
        var reading = tls.ReadAtLeastAsync(answer, 12, throwOnEndOfStream: false, patience.Token).AsTask();
        byte[] chunk = [.. "10000\r\n"u8, .. Enumerable.Repeat((byte)' ', 0x10000), .. "\r\n"u8];
        try
        {
            while (!reading.IsCompleted) await tls.WriteAsync(chunk, patience.Token);
        }
        catch (IOException)
        {
            // It has been hung up on; what was said before is still to be read.
        }

        return Encoding.ASCII.GetString(answer, 9, Math.Min(3, Math.Max(0, await reading - 9)));
    }
}
