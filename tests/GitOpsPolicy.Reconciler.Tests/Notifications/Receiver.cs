using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GitOpsPolicy.Reconciler.Tests.Notifications;

/// <summary>A real HTTP server that takes notices, and answers as it is told to.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> script = new();
    private readonly SemaphoreSlim arrived = new(0);

    private Receiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    /// <summary>Bodies in the order in which they came.</summary>
    public ConcurrentQueue<JsonElement> Bodies { get; } = new();

    /// <summary>Requests that came, with or without success.</summary>
    public int Requests { get; private set; }

    /// <summary>Its address, which holds a secret as those of chats do.</summary>
    public Uri Address => new(
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
            + "/services/T000/B000/s3cr3tpath?token=s3cr3tquery");

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Answers the next request so; after all of these it takes everything.</summary>
    public Receiver Then(int status, string? retryAfter = null, string? location = null)
    {
        script.Enqueue(context =>
        {
            context.Response.StatusCode = status;
            if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
            if (location is not null) context.Response.Headers.Location = location;
            return Task.CompletedTask;
        });
        return this;
    }

    /// <summary>Does not answer the next request until the caller hangs up.</summary>
    public Receiver ThenNothing()
    {
        script.Enqueue(static context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        return this;
    }

    /// <summary>Waits for so many more requests.</summary>
    public async Task ReceivesAsync(int count)
    {
        for (; count > 0; count--)
            if (!await arrived.WaitAsync(TimeSpan.FromSeconds(20)))
                throw new TimeoutException($"{count} more were expected, after {Requests}");
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        arrived.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        Requests++;
        if (script.TryDequeue(out var answer))
        {
            arrived.Release();
            await answer(context);
            return;
        }

        Bodies.Enqueue(body.RootElement.Clone());
        arrived.Release();
    }
}
