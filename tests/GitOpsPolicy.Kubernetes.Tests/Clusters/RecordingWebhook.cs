using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GitOpsPolicy.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GitOpsPolicy.Kubernetes.Tests.Clusters;

/// <summary>A webhook that lets everything through and keeps what the API server sent it.</summary>
internal sealed class RecordingWebhook : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly TestAuthority authority = new("test-webhook-ca");

    private RecordingWebhook()
    {
        var pair = authority.ForServer("localhost");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.UseHttps(X509Certificate2.CreateFromPem(pair.Certificate, pair.Key))));
        web = builder.Build();
        web.Run(AnswerAsync);
    }

    /// <summary>The reviews, in the order in which they came.</summary>
    public ConcurrentQueue<MappingNode> Reviews { get; } = new();

    /// <summary>What a webhook configuration says to reach it.</summary>
    public string ClientConfiguration
    {
        get
        {
            var address = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            return $$"""{"url":"{{address}}/","caBundle":"{{Convert.ToBase64String(Encoding.ASCII.GetBytes(authority.Pem))}}"}""";
        }
    }

    /// <summary>Starts one on a free port of loopback.</summary>
    public static async Task<RecordingWebhook> StartAsync()
    {
        var webhook = new RecordingWebhook();
        await webhook.web.StartAsync();
        return webhook;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        authority.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var review = Sample.Object(await reader.ReadToEndAsync());
        Reviews.Enqueue(review);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"{{review.At("/request/uid")}}","allowed":true} }""");
    }
}
