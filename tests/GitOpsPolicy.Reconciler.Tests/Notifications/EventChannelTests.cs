using System.Text.Json;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Tests.Fakes;
using GitOpsPolicy.Reconciler.Notifications;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Notifications;

/// <summary>Notices as events of the cluster. How a real server takes events is tested with the client.</summary>
public sealed class EventChannelTests
{
    private static readonly Notice Sample = new(
        new("shop", "web"), "driftFrozen", "sha256:1", "1 object changed by hand", "Adopt it into Git.")
    {
        Severity = NoticeSeverity.Critical,
        Details = ["Secret shop/key: modified"],
    };

    [Fact]
    public async Task A_notice_stands_where_the_unit_is_described()
    {
        await using var server = await FaultyApiServer.StartAsync(FaultyApiServer.Json(201, "{}"));
        using var client = new KubernetesClient(server.Connection);
        var unit = Kubernetes.Tests.Sample.Object(
            "{apiVersion: gitopspolicy.dev/v1alpha1, kind: Reconciliation, metadata: {name: web, namespace: shop, uid: u-1}}");
        var channel = new EventChannel(new(client, "gitops-policy.dev/reconcile", "pod-1"), _ => unit);
        Assert.Null(await channel.TellAsync(Sample, CancellationToken.None));

        var request = Assert.Single(server.Requests);
        Assert.Equal("/apis/events.k8s.io/v1/namespaces/shop/events", request.Target.Split('?')[0]);
        using var body = JsonDocument.Parse(request.Body);
        Assert.Equal("DriftFrozen", body.RootElement.GetProperty("reason").GetString());
        Assert.Equal("Warning", body.RootElement.GetProperty("type").GetString());
        Assert.Equal("u-1", body.RootElement.GetProperty("regarding").GetProperty("uid").GetString());
        Assert.Equal("Adopt it into Git; Secret shop/key: modified", body.RootElement.GetProperty("note").GetString());
    }

    [Fact]
    public async Task A_unit_of_a_file_has_no_events()
    {
        await using var server = await FaultyApiServer.StartAsync();
        using var client = new KubernetesClient(server.Connection);
        Assert.Null(await new EventChannel(new(client, "c", "i"), static _ => null).TellAsync(Sample, CancellationToken.None));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_server_that_refuses_is_told_and_nothing_else_happens()
    {
        await using var server = await FaultyApiServer.StartAsync(FaultyApiServer.Refusal(403, "Forbidden"));
        using var client = new KubernetesClient(server.Connection);
        var unit = Kubernetes.Tests.Sample.Object(
            "{apiVersion: gitopspolicy.dev/v1alpha1, kind: Reconciliation, metadata: {name: web, namespace: shop}}");
        var failure = await new EventChannel(new(client, "c", "i"), _ => unit).TellAsync(Sample, CancellationToken.None);
        Assert.Contains("Forbidden", failure, StringComparison.Ordinal);
    }
}
