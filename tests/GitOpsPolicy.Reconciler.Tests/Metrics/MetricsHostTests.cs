using System.Net;
using GitOpsPolicy.Reconciler.Metrics;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Status;
using GitOpsPolicy.Tests.Metrics;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Metrics;

public sealed class MetricsHostTests
{
    [Fact]
    public async Task Prometheus_fetches_the_metrics_from_a_port_of_their_own()
    {
        var board = new StatusBoard();
        board.Put(Statuses.Synced("web"));
        using var metrics = new ReconcileMetrics(board, new StillClock());
        await using var host = await MetricsHost.StartAsync(metrics, new(IPAddress.Loopback, 0), CancellationToken.None);
        using var client = new HttpClient { BaseAddress = host.Address };
        using var response = await client.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            1, Scrape.Read(await response.Content.ReadAsStringAsync())["gitops_policy_reconcile_units{phase=\"synced\"}"]);
        Assert.Equal("ok\n", await client.GetStringAsync("/healthz"));
        using var other = await client.GetAsync("/");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }
}
