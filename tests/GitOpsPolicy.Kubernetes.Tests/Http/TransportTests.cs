using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Kubernetes.Credentials;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Kubernetes.Watching;
using Microsoft.AspNetCore.Http;
using Xunit;
using static GitOpsPolicy.Kubernetes.Tests.Fakes.FaultyApiServer;

namespace GitOpsPolicy.Kubernetes.Tests.Http;

/// <summary>Who the client trusts and who it says it is, shown with a fake server that speaks TLS.</summary>
public sealed class TransportTests : IDisposable
{
    private static readonly RequestDelegate Fine = Json(200, """{"gitVersion":"v0"}""");

    private readonly TestAuthority authority = new();
    private readonly string folder = Directory.CreateTempSubdirectory("gitops-policy-tls-").FullName;

    public void Dispose()
    {
        authority.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_server_is_trusted_when_the_given_authority_vouches_for_it_and_is_spoken_to_in_HTTP_2()
    {
        await using var server = await StartAsync(authority, Fine);
        using var client = new KubernetesClient(server.Connection);

        Assert.Equal("v0", await client.GetVersionAsync(default));
        var seen = server.Requests.Single();
        Assert.Equal("HTTP/2", seen.Protocol);
        Assert.StartsWith("gitops-policy/", seen.Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_another_authority_vouches_for_is_refused_at_once()
    {
        using var other = new TestAuthority("other");
        await using var server = await StartAsync(authority, Fine);
        using var client = new KubernetesClient(server.Connection with { Authorities = PemText.InPlace(other.Pem) });

        var e = await Assert.ThrowsAsync<KubernetesException>(() => client.GetVersionAsync(default));
        Assert.Equal(FailureStage.Securing, e.Failure.Stage);
        Assert.EndsWith(
            "is not trusted: it comes from another authority; check `certificate-authority` and `tls-server-name` in the kubeconfig", e.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task An_issuing_authority_is_trusted_by_itself_without_the_root_above_it()
    {
        using var issuing = new TestAuthority("issuing", above: authority);
        await using var server = await StartAsync(issuing, Fine);
        using var client = new KubernetesClient(server.Connection);
        Assert.Equal("v0", await client.GetVersionAsync(default));

        // The root alone does not do: the server here does not send what lies between.
        using var root = new KubernetesClient(server.Connection with { Authorities = PemText.InPlace(authority.Pem) });
        await Assert.ThrowsAsync<KubernetesException>(() => root.GetVersionAsync(default));
    }

    [Fact]
    public async Task A_certificate_that_has_run_out_is_refused_also_below_an_issuing_authority()
    {
        using var issuing = new TestAuthority("issuing", above: authority);
        foreach (var vouching in (TestAuthority[])[authority, issuing])
        {
            await using var server = await StartAsync(
                vouching, vouching.ForServer(TimeProvider.System.GetUtcNow().AddHours(-1)), Fine);
            using var client = new KubernetesClient(server.Connection);
            Assert.Contains(
                "it has run out", (await Assert.ThrowsAsync<KubernetesException>(() => client.GetVersionAsync(default))).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_an_authority_the_machine_decides_and_knows_no_test_authority()
    {
        await using var server = await StartAsync(authority, Fine);
        using var client = new KubernetesClient(server.Connection with { Authorities = null });

        Assert.Equal(
            FailureStage.Securing,
            (await Assert.ThrowsAsync<KubernetesException>(() => client.GetVersionAsync(default))).Failure.Stage);
    }

    [Theory]
    [InlineData("api.example.test", true)]
    [InlineData("other.example.test", false)]
    public async Task The_certificate_must_bear_the_name_that_is_asked_for(string name, bool trusted)
    {
        await using var server = await StartAsync(authority, Fine);
        using var client = new KubernetesClient(server.Connection with { TlsServerName = name });

        var failure = await Record.ExceptionAsync(() => client.GetVersionAsync(default));
        Assert.Equal(trusted ? null : FailureStage.Securing, (failure as KubernetesException)?.Failure.Stage);
    }

    [Fact]
    public async Task Verification_can_be_switched_off()
    {
        await using var server = await StartAsync(authority, Fine);
        using var client = new KubernetesClient(server.Connection with { Authorities = null, SkipTlsVerification = true });

        Assert.Equal("v0", await client.GetVersionAsync(default));
    }

    [Fact]
    public async Task An_authority_that_is_renewed_in_its_file_is_taken_over()
    {
        using var old = new TestAuthority("old");
        var file = Path.Join(folder, "ca.crt");
        await File.WriteAllTextAsync(file, old.Pem);
        await using var server = await StartAsync(authority, Fine);
        using var client = new KubernetesClient(server.Connection with { Authorities = PemText.InFile(file) });
        await Assert.ThrowsAsync<KubernetesException>(() => client.GetVersionAsync(default));

        await File.WriteAllTextAsync(file, old.Pem + "\n" + authority.Pem);
        Assert.Equal("v0", await client.GetVersionAsync(default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----")]
    public async Task While_an_authority_is_half_written_the_last_good_one_serves(string half)
    {
        var file = Path.Join(folder, "ca.crt");
        await File.WriteAllTextAsync(file, authority.Pem);
        await using var server = await StartAsync(authority, Fine, Fine);
        using var client = new KubernetesClient(server.Connection with { Authorities = PemText.InFile(file) });
        await client.GetVersionAsync(default);

        await File.WriteAllTextAsync(file, half);
        await client.GetVersionAsync(default);

        using var later = new KubernetesClient(server.Connection with { Authorities = PemText.InFile(file) });
        var e = await Assert.ThrowsAsync<KubernetesException>(() => later.GetVersionAsync(default));
        Assert.Contains("the certificate authority cannot be read", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_under_way_goes_on_while_credentials_change()
    {
        var renewed = new TaskCompletionSource();
        await using var server = await StartAsync(authority, async context =>
        {
            await context.Response.WriteAsync("""{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"1"}}}""" + "\n");
            await context.Response.Body.FlushAsync();
            await renewed.Task;
            await context.Response.WriteAsync("""{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"2"}}}""" + "\n");
        }, Fine);
        Write(authority.ForClient("first"));
        var credential = new GivenCredential
        {
            Certificate = PemText.InFile(Path.Join(folder, "tls.crt")),
            Key = PemText.InFile(Path.Join(folder, "tls.key")),
        };
        using var client = new KubernetesClient(server.Connection with { Credential = credential });

        var seen = new List<WatchEvent>();
        await foreach (var happened in client.WatchAsync(
            new("", "v1", "pods", "Pod", true), Selection.All, "", TimeSpan.FromMinutes(5), default))
        {
            seen.Add(happened);
            Write(authority.ForClient("second-user"));
            if (!renewed.Task.IsCompleted) await client.GetVersionAsync(default);
            renewed.TrySetResult();
        }

        Assert.Equal([new WatchEvent.Bookmark("1"), new WatchEvent.Bookmark("2")], seen);
        Assert.Equal(["CN=first", "CN=second-user"], server.Requests.Select(static request => request.ClientCertificate));
    }

    [Fact]
    public async Task A_client_certificate_that_is_renewed_in_its_files_is_shown_from_then_on()
    {
        await using var server = await StartAsync(authority, Fine, Fine, Fine);
        var credential = new GivenCredential
        {
            Certificate = PemText.InFile(Path.Join(folder, "tls.crt")),
            Key = PemText.InFile(Path.Join(folder, "tls.key")),
        };
        using var client = new KubernetesClient(server.Connection with { Credential = credential });

        Write(authority.ForClient("first"));
        await client.GetVersionAsync(default);
        Write(authority.ForClient("second-user"));
        await client.GetVersionAsync(default);
        // its key is not there yet
        await File.WriteAllTextAsync(Path.Join(folder, "tls.crt"), authority.ForClient("third").Certificate);
        await client.GetVersionAsync(default);

        Assert.Equal(
            ["CN=first", "CN=second-user", "CN=second-user"], server.Requests.Select(static seen => seen.ClientCertificate));
    }

    [Fact]
    public async Task A_token_that_is_renewed_in_its_file_is_sent_from_then_on_and_read_again_when_refused()
    {
        var file = Path.Join(folder, "token");
        await File.WriteAllTextAsync(file, "one\n");
        await using var server = await StartAsync(Fine, async context =>
        {
            await File.WriteAllTextAsync(file, "three");
            await Refusal(401, "Unauthorized")(context);
        }, Fine);
        using var client = new KubernetesClient(server.Connection with { Credential = new GivenCredential { TokenFile = file } });

        await client.GetVersionAsync(default);
        await File.WriteAllTextAsync(file, "second");
        await client.GetVersionAsync(default);

        Assert.Equal(
            ["Bearer one", "Bearer second", "Bearer three"],
            server.Requests.Select(static seen => seen.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_refused_token_that_is_still_the_same_is_reported_once()
    {
        var file = Path.Join(folder, "token");
        await File.WriteAllTextAsync(file, "one");
        await using var server = await StartAsync(Refusal(401, "Unauthorized"), Refusal(401, "Unauthorized"), Fine);
        using var client = new KubernetesClient(server.Connection with { Credential = new GivenCredential { TokenFile = file } });

        Assert.True(
            (await Assert.ThrowsAsync<KubernetesException>(() => client.GetVersionAsync(default))).Failure.IsUnauthorized);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Redirects_are_not_followed_for_the_token_would_go_along()
    {
        await using var server = await StartAsync(Json(302, "", ("Location", "/elsewhere")), Fine);
        using var client = new KubernetesClient(server.Connection);

        Assert.Equal(302, (await Assert.ThrowsAsync<KubernetesException>(() => client.GetVersionAsync(default))).Failure.Code);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_proxy_is_asked_for_a_server_that_only_it_can_reach()
    {
        await using var proxy = await StartAsync(Fine);
        using var client = new KubernetesClient(new() { Server = new("http://api.example.test"), Proxy = proxy.Address });

        Assert.Equal("v0", await client.GetVersionAsync(default));
        Assert.Equal("api.example.test", proxy.Requests.Single().Headers["Host"]);
    }

    [Fact]
    public async Task Somebody_else_is_impersonated_by_headers()
    {
        await using var server = await StartAsync(Fine);
        using var client = new KubernetesClient(server.Connection with { Impersonation = new(
            "jane", "u1", ["dev", "ops"], [new("Scopes/x", "read")]) });

        await client.GetVersionAsync(default);
        var headers = server.Requests.Single().Headers;
        Assert.Equal(
            ("jane", "u1", "dev, ops", "read"),
            (headers["Impersonate-User"], headers["Impersonate-Uid"], headers["Impersonate-Group"],
                headers["Impersonate-Extra-scopes%2fx"]));
    }

    [Fact]
    public async Task A_server_below_a_path_is_spoken_to_there()
    {
        await using var server = await StartAsync(Fine);
        using var client = new KubernetesClient(server.Connection with { Server = new(server.Address, "/clusters/a/") });

        await client.GetVersionAsync(default);
        Assert.Equal("/clusters/a/version", server.Requests.Single().Target);
    }

    private void Write(PemPair pair)
    {
        File.WriteAllText(Path.Join(folder, "tls.crt"), pair.Certificate);
        File.WriteAllText(Path.Join(folder, "tls.key"), pair.Key);
    }
}
