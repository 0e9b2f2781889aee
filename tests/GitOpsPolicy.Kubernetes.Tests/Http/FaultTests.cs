using System.Net;
using System.Net.Sockets;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests.Fakes;
using Xunit;
using static GitOpsPolicy.Kubernetes.Tests.Fakes.FaultyApiServer;

namespace GitOpsPolicy.Kubernetes.Tests.Http;

/// <summary>What the client makes of faults, shown with a fake server.</summary>
public sealed class FaultTests
{
    private static readonly ResourceType ConfigMaps = new("", "v1", "configmaps", "ConfigMap", IsNamespaced: true);
    private static readonly ObjectAddress Address = new(ConfigMaps, "prod", "a");
    private const string Found = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","resourceVersion":"7"}}""";

    private readonly ImpatientTime time = new();

    [Fact]
    public async Task A_server_that_asks_for_time_gets_exactly_that_much()
    {
        await using var server = await StartAsync(
            Refusal(429, "TooManyRequests", ("Retry-After", "3")), Refusal(503, "ServiceUnavailable", ("Retry-After", "1")),
            Json(200, Found));
        using var client = Client(server);

        Assert.Equal("7", (await client.GetAsync(Address, default)).At("/metadata/resourceVersion"));
        Assert.Equal([TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1)], time.Waits);
    }

    [Fact]
    public async Task A_create_is_sent_again_when_the_server_says_that_it_did_nothing()
    {
        await using var server = await StartAsync(Refusal(429, "TooManyRequests", ("Retry-After", "1")), Json(201, Found));
        using var client = Client(server);

        Assert.True((await client.CreateAsync(ConfigMaps, "prod", Sample.Object(Found), null, default)).WasCreated);
    }

    [Fact]
    public async Task A_create_that_may_have_been_carried_out_is_not_sent_again()
    {
        await using var server = await StartAsync(BreaksOff("""{"kind":"""), Json(201, Found));
        using var client = Client(server);

        var e = await Assert.ThrowsAsync<KubernetesException>(() => client.CreateAsync(
            ConfigMaps, "prod", Sample.Object(Found), null, default));
        Assert.Equal(FailureStage.Waiting, e.Failure.Stage);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_read_that_breaks_off_is_sent_again()
    {
        await using var server = await StartAsync(BreaksOff("""{"kind":"""), Refusal(502, "BadGateway"), Json(200, Found));
        using var client = Client(server);

        Assert.NotNull(await client.FindAsync(Address, default));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_asks_for_more_time_than_there_is_gets_its_refusal_reported()
    {
        await using var server = await StartAsync(Refusal(503, "ServiceUnavailable", ("Retry-After", "3600")));
        using var client = Client(server);

        var e = await Assert.ThrowsAsync<KubernetesException>(() => client.GetAsync(Address, default));
        Assert.Equal(TimeSpan.FromHours(1), e.Failure.RetryAfter);
        Assert.Equal("GET /api/v1/namespaces/prod/configmaps/a: ServiceUnavailable (503): no: ServiceUnavailable", e.Message);
    }

    [Fact]
    public async Task Tries_have_an_end()
    {
        await using var server = await StartAsync([.. Enumerable.Repeat(Refusal(503, "ServiceUnavailable"), 9)]);
        using var client = Client(server);

        await Assert.ThrowsAsync<KubernetesException>(() => client.GetAsync(Address, default));
        Assert.Equal(5, server.Requests.Count);
        // chance is 1 here, else it is half as long at least
        Assert.Equal([0.5, 1, 2, 4], time.Waits.Select(static wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_given_up()
    {
        await using var server = await StartAsync(Hangs("""{"kind":"""), Json(200, Found));
        using var client = new KubernetesClient(
            server.Connection, new() { Timeout = TimeSpan.FromMilliseconds(200), MaxAttempts = 1 });

        var e = await Assert.ThrowsAsync<KubernetesException>(() => client.GetAsync(Address, default));
        Assert.Equal(
            $"GET /api/v1/namespaces/prod/configmaps/a: no answer from {server.Address.GetLeftPart(UriPartial.Authority)} within 0.2 s", e.Message);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var client = new KubernetesClient(new() { Server = new($"https://127.0.0.1:{port}") }, new() { Time = time });

        var e = await Assert.ThrowsAsync<KubernetesException>(() => client.GetAsync(Address, default));
        Assert.Equal(FailureStage.Connecting, e.Failure.Stage);
        Assert.Contains($"cannot connect to https://127.0.0.1:{port}: Connection refused", e.Message, StringComparison.Ordinal);
        Assert.Equal(4, time.Waits.Count);
    }

    [Theory]
    [InlineData(
        """{"kind":"ConfigMap","metadata":{"name":"a","name":"b"}}""",
        "the key `name` stands at line 1, column 33 already at line 1, column 44")]
    [InlineData("<html>Login</html>", "`<` is an invalid start of a value at line 1, column 1")]
    [InlineData("[]", "it is no JSON object")]
    [InlineData("", "the text is empty")]
    public async Task An_answer_that_is_no_object_is_an_error_that_says_so(string body, string expected)
    {
        await using var server = await StartAsync(Json(200, body));
        using var client = Client(server);

        var e = await Assert.ThrowsAsync<KubernetesException>(() => client.GetAsync(Address, default));
        Assert.Equal(FailureStage.Reading, e.Failure.Stage);
        Assert.True(e.Message.Contains(expected, StringComparison.Ordinal), e.Message);
    }

    [Fact]
    public async Task An_answer_longer_than_allowed_is_given_up_before_it_is_read()
    {
        await using var server = await StartAsync(Json(200, new string(' ', 200_000)));
        using var client = new KubernetesClient(server.Connection, new() { MaxResponseBytes = 100_000 });

        var e = await Assert.ThrowsAsync<KubernetesException>(() => client.GetAsync(Address, default));
        Assert.Contains("longer than 100,000 bytes", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"kind":"Status","message":"two\nlines \u001b[31m","reason":"Invalid","code":422}""",
        "Invalid (422): two\\u000Alines \\u001B[31m")]
    [InlineData("<html>\n<h1>Bad Gateway</h1>", "refused (422): <html>")]
    [InlineData("", "refused (422): Unprocessable Entity")]
    public async Task A_refusal_is_one_line_whoever_wrote_it(string body, string expected)
    {
        await using var server = await StartAsync(Json(422, body));
        using var client = Client(server);

        var e = await Assert.ThrowsAsync<KubernetesException>(() => client.GetAsync(Address, default));
        Assert.Equal("GET /api/v1/namespaces/prod/configmaps/a: " + expected, e.Message);
    }

    [Fact]
    public async Task A_token_in_the_query_or_headers_of_a_request_is_in_no_message()
    {
        await using var server = await StartAsync(Refusal(403, "Forbidden"));
        using var client = new KubernetesClient(server.Connection with { Credential = new Kubernetes.Credentials.GivenCredential
        {
            Token = "hunter2",
        } });

        var e = await Assert.ThrowsAsync<KubernetesException>(() => client.GetPathAsync("/api?continue=hunter2", default));
        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
        Assert.Equal("Bearer hunter2", server.Requests.Single().Headers["Authorization"]);
    }

    [Fact]
    public async Task Warnings_come_with_the_result()
    {
        await using var server = await StartAsync(Json(
            200, Found, ("Warning", "299 - \"unknown field \\\"spec.x\\\"\""), ("Warning", "299 - \"übel\""),
            ("Warning", "110 - \"stale\"")));
        using var client = Client(server);

        var written = await client.UpdateAsync(Address, Sample.Object(Found), null, default);
        Assert.Equal("unknown field \"spec.x\"; übel", string.Join("; ", written.Warnings));
    }

    private KubernetesClient Client(FaultyApiServer server) =>
        new(server.Connection, new() { Time = time, Chance = static () => 1 });
}
