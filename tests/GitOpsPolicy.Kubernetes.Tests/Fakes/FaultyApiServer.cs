using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GitOpsPolicy.Kubernetes.Tests.Fakes;

/// <summary>A request as the fake server got it.</summary>
internal sealed record SeenRequest(
    string Method, string Target, string Protocol, IReadOnlyDictionary<string, string> Headers, string Body,
    string? ClientCertificate);

/// <summary>
/// A fake: no API server, but a web server that gives the answers of a list one after another, to show what the client makes of
/// faults that a real one will not produce on demand. How a real one behaves is tested with a real one.
/// </summary>
internal sealed class FaultyApiServer : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentQueue<RequestDelegate> answers;
    private readonly TestAuthority? authority;

    private FaultyApiServer(WebApplication web, IEnumerable<RequestDelegate> answers, TestAuthority? authority) =>
        (this.web, this.answers, this.authority) = (web, new(answers), authority);

    /// <summary>What was asked, in order.</summary>
    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    /// <summary>Where it listens.</summary>
    public Uri Address =>
        new(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>A connection to it.</summary>
    public ClusterConnection Connection =>
        new() { Server = Address, Authorities = authority is null ? null : PemText.InPlace(authority.Pem) };

    /// <summary>Starts one that gives these answers to the first, second, … request.</summary>
    public static Task<FaultyApiServer> StartAsync(params RequestDelegate[] answers) => StartAsync(null, answers);

    /// <summary>Starts one that speaks TLS with a certificate of an authority.</summary>
    public static Task<FaultyApiServer> StartAsync(TestAuthority? authority, params RequestDelegate[] answers) =>
        StartAsync(authority, authority?.ForServer("api.example.test"), answers);

    /// <summary>Starts one that speaks TLS with a certificate.</summary>
    public static async Task<FaultyApiServer> StartAsync(
        TestAuthority? authority, PemPair? pair, params RequestDelegate[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.UTF8);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (pair is null) return;
            listen.UseHttps(https =>
            {
                https.ServerCertificate = X509Certificate2.CreateFromPem(pair.Certificate, pair.Key);
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            });
        }));
        builder.WebHost.UseSetting("suppressStatusMessages", "true");
        if (pair is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        var server = new FaultyApiServer(builder.Build(), answers, authority);
        server.web.Run(server.AnswerAsync);
        await server.web.StartAsync();
        return server;
    }

    /// <summary>An answer with a JSON body.</summary>
    public static RequestDelegate Json(int code, string body, params (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers) context.Response.Headers.Append(name, value);
        await context.Response.WriteAsync(body);
    };

    /// <summary>A refusal as the API server writes it.</summary>
    public static RequestDelegate Refusal(int code, string reason, params (string Name, string Value)[] headers) =>
        Json(
            code,
            $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","message":"no: {{reason}}","reason":"{{reason}}","code":{{code}}}""", headers);

    /// <summary>An answer that breaks off: the connection is cut after a part of the body.</summary>
    /// <param name="part">The part.</param>
    /// <param name="arrived">Ends when the client has seen the part, for cutting a connection also takes what is on its way; null
    /// to cut at once.</param>
    public static RequestDelegate BreaksOff(string part, Task? arrived = null) => async context =>
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(part);
        await context.Response.Body.FlushAsync();
        if (arrived is not null) await arrived;
        context.Abort();
    };

    /// <summary>An answer that begins and never ends.</summary>
    public static RequestDelegate Hangs(string part = "") => async context =>
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(part);
        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        await web.StopAsync(now.Token);
        await web.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        Requests.Enqueue(new(
            context.Request.Method, context.Request.Path + context.Request.QueryString, context.Request.Protocol,
            context.Request.Headers.ToDictionary(
                static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await body.ReadToEndAsync(), context.Connection.ClientCertificate?.Subject));
        if (answers.TryDequeue(out var answer)) await answer(context);
        else await Json(500, """{"message":"the test wrote no answer for this request"}""")(context);
    }
}
