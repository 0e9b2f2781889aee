using System.Net;
using System.Text;
using GitOpsPolicy.Metrics;
using GitOpsPolicy.Reconciler.Hosting;
using Microsoft.AspNetCore.Http;

namespace GitOpsPolicy.Reconciler.Metrics;

/// <summary>The metrics at <c>/metrics</c>, on a port of their own, and <c>/healthz</c>.</summary>
public sealed class MetricsHost : IAsyncDisposable
{
    private readonly PlainServer server;

    private MetricsHost(PlainServer server) => this.server = server;

    /// <summary>Where it is, with the port that it got.</summary>
    public Uri Address => server.Address;

    /// <summary>Starts it.</summary>
    /// <param name="metrics">The metrics.</param>
    /// <param name="endpoint">Where it listens; port 0 takes a free one.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="IOException">The port is taken, or may not be used.</exception>
    public static async Task<MetricsHost> StartAsync(
        ReconcileMetrics metrics, IPEndPoint endpoint, CancellationToken cancellation) =>
        new(await PlainServer.StartAsync(endpoint, context => AnswerAsync(context, metrics), cancellation));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, ReconcileMetrics metrics)
    {
        switch (context.Request.Path.Value)
        {
            case "/metrics":
                context.Response.ContentType = PrometheusText.ContentType;
                metrics.WriteTo(context.Response.BodyWriter);
                break;
            case "/healthz":
                Encoding.UTF8.GetBytes("ok\n", context.Response.BodyWriter);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
