using System.Net;
using System.Text.Json;
using GitOpsPolicy.Tests.Metrics;
using GitOpsPolicy.Webhook.Certificates;
using GitOpsPolicy.Webhook.Tests.RuleSets;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Hosting;

/// <summary>What the server does before its first request.</summary>
public sealed class WarmUpTests
{
    private static readonly Dictionary<string, string> Rules = new(StringComparer.Ordinal)
    {
        ["policies/a.rule.yaml"] = RuleFolder.Rule("a"),
    };

    [Fact]
    public async Task The_request_that_the_server_sends_itself_is_not_counted_and_its_path_is_gone_afterwards()
    {
        await using var server = await TestServer.StartAsync(Rules);
        await server.Server.WarmUpAsync(CancellationToken.None);

        using var operations = new HttpClient();
        var scrape = Scrape.Read(await operations.GetStringAsync(new Uri(server.Server.OperationsAddress, "metrics")));
        Assert.DoesNotContain(
            scrape.Series, static series => series.Contains("admission_requests_total{", StringComparison.Ordinal));
        using var client = server.Client();
        using var body = Reviews.Json(Reviews.ConfigMap("u"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(new Uri("/warm-up/", UriKind.Relative), body)).StatusCode);
    }

    [Fact]
    public async Task A_server_that_wants_client_certificates_starts_all_the_same()
    {
        using var callers = CertificateAuthority.Create(TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(2));
        await using var server = await TestServer.StartAsync(Rules, null, callers);
        await server.Server.WarmUpAsync(CancellationToken.None);

        using var certificate = callers.IssueForClient("kube-apiserver", TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1));
        using var client = server.Client(certificate);
        using var body = Reviews.Json(Reviews.ConfigMap("u"));
        using var response = await client.PostAsync(new Uri("/validate", UriKind.Relative), body);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.True(document.RootElement.GetProperty("response").GetProperty("allowed").GetBoolean());
    }
}
