using System.Net;
using System.Text.Json;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.RuleSets;

/// <summary>Which rules a running server judges by, and what it says of them.</summary>
public sealed class ServerRulesTests
{
    private static readonly Dictionary<string, string> Harmless = new(StringComparer.Ordinal)
    {
        ["policies/a.rule.yaml"] = RuleFolder.Rule("harmless"),
    };

    [Theory]
    [InlineData("prod", false)]
    [InlineData("team-a", true)]
    [InlineData("sandbox", true)]
    [InlineData("sandbox-2", false)]
    public async Task Some_namespaces_are_judged_by_the_rules_that_are_tried_out(string place, bool isCanary)
    {
        using var folder = new RuleFolder()
            .Write("policies/a.rule.yaml", RuleFolder.Rule("strict", "change.after.metadata.name === \"settings\""))
            .Look(1);
        await using var server = await TestServer.StartAsync(
            Harmless, parts => parts with { Canary = new(folder.InForce, [new("team-*"), new("sandbox")]) });
        var response = await ReviewAsync(server, place);

        Assert.Equal(isCanary, !response.GetProperty("allowed").GetBoolean());
        Assert.Equal(isCanary, response.GetProperty("auditAnnotations").GetProperty("ruleset").GetString() == folder.Digest);
    }

    [Fact]
    public async Task Until_the_rules_to_try_out_load_all_namespaces_are_judged_alike()
    {
        using var folder = new RuleFolder().Write("policies/a.rule.yaml", "kind: Rule\n").Look(1);
        await using var server = await TestServer.StartAsync(
            Harmless, parts => parts with { Canary = new(folder.InForce, [new("*")]) });

        Assert.True((await ReviewAsync(server, "prod")).GetProperty("allowed").GetBoolean());
        var (status, detail) = await ReadyAsync(server);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(
            "canary: none loaded\nnew canary do not load: policies/a.rule.yaml:1:1", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_whose_new_rules_are_refused_stays_ready_and_says_why()
    {
        using var folder = new RuleFolder().Write("policies/a.rule.yaml", RuleFolder.Rule("a")).Look(1);
        await using var server = await TestServer.StartAsync(null, parts => parts with { Rules = folder.InForce });
        folder.Write("policies/b.rule.yaml", RuleFolder.Rule("b", "true", "Lease")).Look();

        var (status, detail) = await ReadyAsync(server);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith($"rules: {folder.Digest}, 1 rule, since ", detail, StringComparison.Ordinal);
        Assert.Contains(
            "new rules were refused: rule `b` would deny what keeps the cluster alive", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_had_rules_is_not_ready_and_judges_nothing()
    {
        using var folder = new RuleFolder().Write("policies/a.rule.yaml", "kind: Rule\n").Look(1);
        await using var server = await TestServer.StartAsync(null, parts => parts with { Rules = folder.InForce });

        var (status, detail) = await ReadyAsync(server);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.StartsWith(
            "rules: none loaded\nnew rules do not load: policies/a.rule.yaml:1:1", detail, StringComparison.Ordinal);
        using var client = server.Client();
        using var body = Reviews.Json(Reviews.ConfigMap("u"));
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable, (await client.PostAsync(new Uri("/validate", UriKind.Relative), body)).StatusCode);
    }

    [Fact]
    public async Task The_label_is_guarded_without_any_rules()
    {
        await using var server = await TestServer.StartAsync(null, parts => parts with { LabelGuard = new("exempt", []) });
        var review = Reviews.ConfigMap("u").Replace("ConfigMap", "Namespace", StringComparison.Ordinal)
            .Replace("\"namespace\":\"prod\"}", "\"labels\":{\"exempt\":\"yes\"}}", StringComparison.Ordinal);
        var response = await PostAsync(server, "/validate/namespaces", review);
        Assert.Contains(
            "sets `exempt` to `yes`", response.GetProperty("status").GetProperty("message").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reloading_while_requests_are_judged_loses_none_and_mixes_no_two_sets()
    {
        using var folder = new RuleFolder().Write("policies/a.rule.yaml", RuleFolder.Rule("a")).Look(1);
        await using var server = await TestServer.StartAsync(null, parts => parts with { Rules = folder.InForce });
        var known = new HashSet<string?>(StringComparer.Ordinal) { folder.Digest };
        var seen = new HashSet<string?>(StringComparer.Ordinal);
        using var client = server.Client();
        for (var round = 0; round < 5; round++)
        {
            var reviews = Enumerable.Range(0, 20).Select(_ => PostAsync(client, "/validate", Reviews.ConfigMap("u"))).ToList();
            folder.Write("policies/a.rule.yaml", RuleFolder.Rule($"a-{round}")).Look();
            known.Add(folder.Digest);
            foreach (var response in await Task.WhenAll(reviews))
                seen.Add(response.GetProperty("auditAnnotations").GetProperty("ruleset").GetString());
        }

        Assert.Equal(6, known.Count);
        Assert.Subset(known, seen);
    }

    private static Task<JsonElement> ReviewAsync(TestServer server, string place) =>
        PostAsync(server, "/validate", Reviews.ConfigMap("u", place: place));

    private static async Task<JsonElement> PostAsync(TestServer server, string path, string review)
    {
        using var client = server.Client();
        return await PostAsync(client, path, review);
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, string review)
    {
        using var body = Reviews.Json(review);
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("response").Clone();
    }

    private static async Task<(HttpStatusCode Status, string Detail)> ReadyAsync(TestServer server)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(server.Server.OperationsAddress, "readyz"));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
