using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using GitOpsPolicy.Reconciler.Dashboard;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Status;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Dashboard;

/// <summary>What the dashboard answers, read without a browser.</summary>
public sealed class DashboardTests
{
    public static TheoryData<string> Paths => [
        "/", "/?phase=held", "/units/data/orders-db", "/units/no/such", "/rules", "/rules/approved-images", "/rules/none",
        "/api/units", "/api/units/shop/web", "/healthz", "/nothing/here/at/all"
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Every_answer_forbids_what_a_page_does_not_need(string path)
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Night());
        using var response = await dashboard.Client.GetAsync(path);
        Assert.Equal(
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.False(response.Headers.Contains("Server"));
        var body = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script", body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", body, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public async Task Nothing_can_be_changed(string method)
    {
        var board = Boards.Night();
        await using var dashboard = await TestDashboard.StartAsync(board);
        using var request = new HttpRequestMessage(new(method), "/api/units/data/orders-db");
        using var response = await dashboard.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow);
        Assert.Equal(12, board.Count);
    }

    [Fact]
    public async Task A_head_is_the_page_without_its_body()
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Night());
        using var page = await dashboard.Client.GetAsync("/");
        using var request = new HttpRequestMessage(HttpMethod.Head, "/");
        using var head = await dashboard.Client.SendAsync(request);
        Assert.Equal(page.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("127.0.0.1", 200)]
    [InlineData("localhost", 200)]
    [InlineData("[::1]", 200)]
    [InlineData("rebound.attacker.example", 421)]
    [InlineData("127.0.0.1.attacker.example", 421)]
    public async Task Another_site_cannot_have_its_name_point_here(string host, int status)
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Night());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/units");
        request.Headers.Host = host;
        using var response = await dashboard.Client.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Names_that_were_configured_are_known_too()
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Night(), new() { Hosts = ["gitops.example.com"] });
        foreach (var (host, status) in new[] { ("gitops.example.com",
            200), ("localhost", 200), ("example.com", 421), ("sub.gitops.example.com", 421) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.Host = host;
            using var response = await dashboard.Client.SendAsync(request);
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task Pages_are_kept_nowhere_and_their_looks_for_ever()
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Night());
        using var page = await dashboard.Client.GetAsync("/");
        Assert.True(page.Headers.CacheControl!.NoStore);
        var text = await page.Content.ReadAsStringAsync();
        var style = text.Split("rel=\"stylesheet\" href=\"")[1].Split('"')[0];
        using var sheet = await dashboard.Client.GetAsync(style);
        Assert.Contains("immutable", sheet.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("text/css", sheet.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Programs_get_what_is_new_and_else_hear_that_nothing_is()
    {
        var board = Boards.Night();
        await using var dashboard = await TestDashboard.StartAsync(board);
        using var first = await dashboard.Client.GetAsync("/api/units");
        var tag = first.Headers.ETag!;
        Assert.Equal(HttpStatusCode.NotModified, await AskAsync(tag));
        board.Remove(new("platform", "dns"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(tag));

        async Task<HttpStatusCode> AskAsync(EntityTagHeaderValue known)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/units");
            request.Headers.IfNoneMatch.Add(known);
            using var response = await dashboard.Client.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Programs_read_the_same_statuses()
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Night());
        using var all = JsonDocument.Parse(await dashboard.TextAsync("/api/units?phase=held"));
        Assert.Equal(
            ["orders-db", "network"],
            all.RootElement.GetProperty("units")
                .EnumerateArray()
                .Select(static unit => unit.GetProperty("unit").GetProperty("name").GetString()));
        var one = UnitStatusJson.Read(Encoding.UTF8.GetBytes(await dashboard.TextAsync("/api/units/data/orders-db")));
        Assert.Equal("1 deletion ⇒ 214 objects, 6 of them hold state", one!.Approvals[0].BlastRadius);
        using var none = await dashboard.Client.GetAsync("/api/units/data/nothing");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_page_says_everything_the_status_says()
    {
        var board = new StatusBoard();
        board.Put(Statuses.Full());
        await using var dashboard = await TestDashboard.StartAsync(board);
        foreach (var path in (string[])["/", "/units/shop/everything"])
        {
            var text = WebUtility.HtmlDecode(await dashboard.TextAsync(path));
            Assert.All(
                (string[])
                [
                    "Rolled back", Statuses.New[..8], Statuses.Old[..8], "5 h ago", "ada", "the migration is under way", "in 2 h",
                    "1 deletion ⇒ 214 objects, 6 stateful", "Database shop/main",
                    "spec.replicas is 5 and not 3", "kubectl-edit", "web.yaml:4:3", "3 h ago", "Fight", "helm",
                    "the deadline for progress is over", "20 min ago", "the server does not answer",
                    "docker.io/web is not from an approved registry", "web.yaml:20:18", "Build through the release pipeline.",
                    "approved-images", "PersistentVolumeClaim shop/data", "9 days ago",
                    "acknowledgements/old.yaml:7:3: it has expired", "ConfigMap shop/colours",
                ],
                word => Assert.Contains(word, text, StringComparison.Ordinal));
        }

        var unit = await dashboard.TextAsync("/units/shop/everything");
        Assert.All(
            (string[])["web did not get healthy", "sha256:cc", "acknowledgements/everything-aa.yaml", "subject: drift"],
            word => Assert.Contains(word, unit, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Entries_that_nobody_kept_are_counted()
    {
        var board = new StatusBoard();
        board.Put(Statuses.Synced("web") with
        {
            Orphans = [new("ConfigMap a/b", "", Statuses.Now)],
            Omitted = new(0, 0, 0, 41, 0),
        });
        await using var dashboard = await TestDashboard.StartAsync(board);
        Assert.Contains("41 more are not shown here", await dashboard.TextAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_explains_itself()
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Night());
        var page = await dashboard.TextAsync("/rules/approved-images");
        Assert.All(
            (string[])[
                "Images come from an approved registry", "Build through the release pipeline", "A tag that moves is",
                "supply-chain", "denies", "shop/storefront.yaml:22:18"
            ],
            word => Assert.Contains(word, page, StringComparison.Ordinal));
        Assert.DoesNotContain("no-plaintext-secrets", page, StringComparison.Ordinal);
        Assert.Contains("no longer in force", await dashboard.TextAsync("/rules/no-plaintext-secrets"), StringComparison.Ordinal);
        using var none = await dashboard.Client.GetAsync("/rules/none");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Names_of_others_are_nothing_but_text()
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Hostile());
        var path = "/units/" + Uri.EscapeDataString("ns\"'<b>") + "/" + Uri.EscapeDataString("na/me?#<script>&%2F");
        foreach (var page in new[] { await dashboard.TextAsync(
            "/"), await dashboard.TextAsync(path), await dashboard.TextAsync("/rules/hostile") })
        {
            Assert.All(
                (string[])["<script>", "<img", "<b>", "\u202e", "\u0007", "href=\"javascript", "onmouseover=\"", "'&lt;'"],
                bad => Assert.DoesNotContain(bad, page, StringComparison.OrdinalIgnoreCase));
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("https://git.example.com/shop.git", true)]
    [InlineData("http://git.example.com/shop.git", true)]
    [InlineData("https://user:hunter2@git.example.com/shop.git", true)]
    [InlineData("ssh://git@git.example.com/shop.git", false)]
    [InlineData("git@git.example.com:shop.git", false)]
    [InlineData("file:///srv/git", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("//evil.example", false)]
    public async Task Only_the_web_is_linked_and_no_password_shown(string source, bool isLink)
    {
        var board = new StatusBoard();
        board.Put(Statuses.Synced("web") with { Source = source });
        await using var dashboard = await TestDashboard.StartAsync(board);
        var fact = (await dashboard.TextAsync("/units/shop/web")).Split("<dt>Source</dt>")[1].Split("</dd>")[0];
        Assert.Equal(isLink, fact.Contains("<a ", StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", fact, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_to_be_said_of_a_replica_stands_on_every_page()
    {
        await using var dashboard = await TestDashboard.StartAsync(
            Boards.Night(), new() { Notice = static () => "This replica stands by; <b>gitops-policy-1</b> leads." });
        foreach (var path in (string[])["/", "/rules", "/units/data/archive"])
            Assert.Contains(
                "This replica stands by; &lt;b&gt;gitops-policy-1", await dashboard.TextAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_loads_itself_again_unless_it_is_told_not_to()
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Night());
        Assert.Contains("http-equiv=\"refresh\" content=\"30\"", await dashboard.TextAsync("/"), StringComparison.Ordinal);
        var still = await dashboard.TextAsync("/?refresh=off&phase=held");
        Assert.DoesNotContain("http-equiv=\"refresh\"", still, StringComparison.Ordinal);
        Assert.Contains("href=\"/units/data/orders-db?refresh=off\"", still, StringComparison.Ordinal);
        Assert.Contains("href=\"/?phase=held\"", still, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_board_without_units_says_so()
    {
        await using var dashboard = await TestDashboard.StartAsync(new());
        Assert.Contains("No units yet", await dashboard.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal("{\"units\":[]}", await dashboard.TextAsync("/api/units"));
    }

    [Fact]
    public async Task A_unit_that_has_gone_silent_needs_somebody()
    {
        var board = new StatusBoard();
        board.Put(Statuses.Synced("web"));
        await using var calm = await TestDashboard.StartAsync(board);
        Assert.Contains("Nothing needs you", await calm.TextAsync("/"), StringComparison.Ordinal);
        board.Put(Statuses.Synced("web") with { LastAttempt = Statuses.Now.AddHours(-2) });
        Assert.Contains("1 unit needs you", await calm.TextAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_and_not_another_port()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await Assert.ThrowsAsync<IOException>(() => DashboardHost.StartAsync(
            new(), static () => null, new() { Endpoint = (IPEndPoint)taken.LocalEndpoint }, CancellationToken.None));
    }
}
