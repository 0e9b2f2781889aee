using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using GitOpsPolicy.Webhook.Certificates;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Hosting;

/// <summary>The server as the API server meets it: over TLS, on a port.</summary>
public sealed class WebhookServerTests
{
    private const string Rule =
        """
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: Rule
        metadata: { name: no-debug }
        spec:
          title: Debugging is off
          severity: low
          remediation: Take it out.
          match: { operations: [create, update], kubernetes: { kinds: [ConfigMap] } }
          deny:
            - when: change.after.data.debug === "yes"
              message: "debugging is on in ${change.resource}"
              where: change.after.data.debug
        """;

    private const string Throwing =
        """
        export default {
          name: "throws", title: "Throws", severity: "low", match: { operations: ["create"] },
          check(change) { throw new Error("boom"); },
        };
        """;

    private static readonly Dictionary<string, string> Rules = new(StringComparer.Ordinal)
    {
        ["policies/no-debug.rule.yaml"] = Rule,
    };

    [Fact]
    public async Task A_denial_says_which_rule_what_where_and_what_to_do()
    {
        await using var server = await TestServer.StartAsync(Rules);
        var response = await ReviewAsync(server, Reviews.ConfigMap("u-7", """{"debug":"yes"}"""));

        Assert.Equal("u-7", response.GetProperty("uid").GetString());
        Assert.False(response.GetProperty("allowed").GetBoolean());
        Assert.Equal(403, response.GetProperty("status").GetProperty("code").GetInt32());
        Assert.Equal(
            "[no-debug] debugging is on in ConfigMap prod/settings (/data/debug). Take it out.",
            response.GetProperty("status").GetProperty("message").GetString());
        Assert.Equal("no-debug", response.GetProperty("auditAnnotations").GetProperty("denied-by").GetString());
        Assert.StartsWith(
            "sha256:", response.GetProperty("auditAnnotations").GetProperty("ruleset").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_rule_objects_to_is_allowed()
    {
        await using var server = await TestServer.StartAsync(Rules);
        var response = await ReviewAsync(server, Reviews.ConfigMap("u-8"));
        Assert.True(response.GetProperty("allowed").GetBoolean());
        Assert.False(response.TryGetProperty("status", out _));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("onError: deny", false)]
    [InlineData("onError: allow", true)]
    public async Task A_rule_that_fails_denies_or_allows_as_the_rule_set_says_and_the_answer_tells(string setting, bool isAllowed)
    {
        await using var server = await TestServer.StartAsync(new(StringComparer.Ordinal)
        {
            ["policies/throws.rule.js"] = Throwing,
            ["gitops-policy.yaml"] = $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\n{setting}\n",
        });
        var response = await ReviewAsync(server, Reviews.ConfigMap("u-9"));

        Assert.Equal(isAllowed, response.GetProperty("allowed").GetBoolean());
        Assert.Contains("could not judge this request", response.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("system:serviceaccount:kube-system:generic-garbage-collector")]
    [InlineData("system:serviceaccount:kube-system:namespace-controller")]
    [InlineData("system:serviceaccount:kube-system:pod-garbage-collector")]
    [InlineData("system:kube-controller-manager")]   // of a controller manager without an account for each controller
    public async Task What_the_clusters_own_controllers_delete_is_recorded_and_not_stopped(string user)
    {
        await using var server = await TestServer.StartAsync(new(StringComparer.Ordinal)
        {
            ["policies/no-deletes.rule.yaml"] = Rule.Replace("[create, update]", "[delete]", StringComparison.Ordinal)
                .Replace("change.after.data.debug === \"yes\"", "true", StringComparison.Ordinal)
                .Replace("change.after.data.debug", "change.before", StringComparison.Ordinal),
        });
        var delete = Reviews.ConfigMap("u-10", user: user).Replace("\"CREATE\"", "\"DELETE\"", StringComparison.Ordinal)
            .Replace("\"oldObject\":null", "\"unused\":null", StringComparison.Ordinal)
                .Replace("\"object\":", "\"oldObject\":", StringComparison.Ordinal);

        var response = await ReviewAsync(server, delete);
        Assert.True(response.GetProperty("allowed").GetBoolean());
        Assert.Equal("cascade", response.GetProperty("auditAnnotations").GetProperty("spared").GetString());
        Assert.Equal("no-debug", response.GetProperty("auditAnnotations").GetProperty("noted-by").GetString());

        var byPerson = await ReviewAsync(server, delete.Replace(user, "alice", StringComparison.Ordinal));
        Assert.False(byPerson.GetProperty("allowed").GetBoolean());
    }

    [Fact]
    public async Task Namespaces_may_be_let_off_with_a_warning()
    {
        await using var server = await TestServer.StartAsync(new(Rules)
        {
            ["gitops-policy.yaml"] = "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nenforcement: { namespaces: { \"team-*\": warn, \"sandbox\": off } }\n",
        });
        var warned = await ReviewAsync(server, Reviews.ConfigMap("a", """{"debug":"yes"}""", place: "team-new"));
        Assert.True(warned.GetProperty("allowed").GetBoolean());
        Assert.Equal("[no-debug] debugging is on in ConfigMap team-new/settings", warned.GetProperty("warnings")[0].GetString());

        var off = await ReviewAsync(server, Reviews.ConfigMap("b", """{"debug":"yes"}""", place: "sandbox"));
        Assert.False(off.TryGetProperty("warnings", out _));

        var denied = await ReviewAsync(server, Reviews.ConfigMap("c", """{"debug":"yes"}"""));
        Assert.False(denied.GetProperty("allowed").GetBoolean());
    }

    [Fact]
    public async Task Without_rules_nothing_is_allowed_and_the_server_is_not_ready()
    {
        await using var server = await TestServer.StartAsync(null);
        using var client = server.Client();
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable,
            (await client.PostAsync("/validate", Reviews.Json(Reviews.ConfigMap("u")))).StatusCode);
        var ready = await client.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("rules: none loaded", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        server.Rules.Put(new(server.Load(Rules), TimeProvider.System.GetUtcNow()));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/readyz")).StatusCode);
    }

    [Theory]
    [InlineData("/validate/")]
    [InlineData("//validate")]
    [InlineData("/Validate")]
    [InlineData("/validate%2f")]
    [InlineData("/validate/namespaces")]
    [InlineData("/validate;a=b")]
    [InlineData("/")]
    public async Task Only_the_very_path_is_answered(string path)
    {
        await using var server = await TestServer.StartAsync(Rules);
        using var client = server.Client();
        using var answer = await client.PostAsync(
            new Uri(server.Server.Address.AbsoluteUri.TrimEnd('/') + path), Reviews.Json(Reviews.ConfigMap("u")));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/plain", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "gzip", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=utf-8", null, HttpStatusCode.BadRequest)]
    [InlineData("application/jsonp", null, HttpStatusCode.UnsupportedMediaType)]
    public async Task What_is_no_review_is_refused_by_a_status(string type, string? encoding, HttpStatusCode status)
    {
        await using var server = await TestServer.StartAsync(Rules);
        using var client = server.Client();
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (encoding is not null) content.Headers.ContentEncoding.Add(encoding);
        Assert.Equal(status, (await client.PostAsync("/validate", content)).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_the_limit_is_refused_whether_it_tells_its_length_or_not(bool tells)
    {
        await using var server = await TestServer.StartAsync(Rules);
        using var client = server.Client();
        using var content = new StreamContent(new MemoryStream(new byte[(8 << 20) + 1]));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/validate") { Content = content };
        request.Headers.TransferEncodingChunked = !tells;
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Only_holders_of_a_certificate_of_the_authority_with_an_allowed_name_may_call()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authority = CertificateAuthority.Create(now.AddDays(-1), TimeSpan.FromDays(2));
        using var stranger = CertificateAuthority.Create(now, TimeSpan.FromDays(1));
        await using var server = await TestServer.StartAsync(Rules, callers: authority, callerNames: "kube-apiserver");

        Assert.True(await MayCall(server, authority.IssueForClient("kube-apiserver", now, TimeSpan.FromHours(2))));
        Assert.False(await MayCall(server, authority.IssueForClient("somebody", now, TimeSpan.FromHours(2))));
        Assert.False(await MayCall(server, stranger.IssueForClient("kube-apiserver", now, TimeSpan.FromHours(2))));
        Assert.False(await MayCall(server, authority.IssueForClient("kube-apiserver", now.AddHours(-12), TimeSpan.FromHours(2))));
        Assert.False(await MayCall(server, authority.Issue(["kube-apiserver"], now, TimeSpan.FromHours(2))));
        Assert.False(await MayCall(server, null));
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_from_the_next_handshake_on()
    {
        await using var server = await TestServer.StartAsync(Rules);
        var before = await ShownAsync(server);
        server.Folder.Fill(["localhost", "127.0.0.1"], TimeProvider.System.GetUtcNow());
        for (var i = 0; i < 100 && await ShownAsync(server) == before; i++)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        Assert.NotEqual(before, await ShownAsync(server));
    }

    private static async Task<string> ShownAsync(TestServer server)
    {
        var serial = "";
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) =>
            (serial = shown!.GetSerialNumberString()).Length > 0;
        using var client = new HttpClient(handler) { BaseAddress = server.Server.Address };
        await client.GetAsync("/healthz");
        return serial;
    }

    private static async Task<bool> MayCall(TestServer server, X509Certificate2? certificate)
    {
        using var usable = certificate is null
            ? null
            : X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        certificate?.Dispose();
        using var client = server.Client(usable);
        try
        {
            return (await client.PostAsync("/validate", Reviews.Json(Reviews.ConfigMap("u")))).StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<JsonElement> ReviewAsync(TestServer server, string review)
    {
        using var client = server.Client();
        var answer = await client.PostAsync("/validate?timeout=5s", Reviews.Json(review));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        using var document = JsonDocument.Parse(text);
        Assert.Equal("admission.k8s.io/v1", document.RootElement.GetProperty("apiVersion").GetString());
        Assert.Equal("AdmissionReview", document.RootElement.GetProperty("kind").GetString());
        return document.RootElement.GetProperty("response").Clone();
    }
}
