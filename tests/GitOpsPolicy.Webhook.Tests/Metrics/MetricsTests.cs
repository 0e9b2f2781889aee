using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Policies.Reloading;
using GitOpsPolicy.Tests.Metrics;
using GitOpsPolicy.Webhook.Admission;
using GitOpsPolicy.Webhook.Metrics;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Metrics;

/// <summary>What Prometheus is told.</summary>
public sealed partial class MetricsTests
{
    private const string Rule =
        """
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: Rule
        metadata: { name: no-debug }
        spec:
          title: Debugging is off
          severity: low
          match: { operations: [create], kubernetes: { kinds: [ConfigMap] } }
          deny: [{ when: change.after.data.debug === "yes", message: "debugging is on", where: change.after.data.debug }]
        """;

    private static readonly Dictionary<string, string> Rules = new(StringComparer.Ordinal)
    {
        ["policies/no-debug.rule.yaml"] = Rule,
    };

    [Fact]
    public async Task A_server_tells_what_it_answered_by_which_rules_and_how_long_it_took()
    {
        await using var server = await TestServer.StartAsync(Rules);
        using var client = server.Client();
        await client.PostAsync("/validate", Reviews.Json(Reviews.ConfigMap("a", """{"debug":"yes"}""")));
        await client.PostAsync("/validate", Reviews.Json(Reviews.ConfigMap("b")));
        await client.GetAsync("/validate");

        using var operations = new HttpClient();
        using var response = await operations.GetAsync(new Uri(server.Server.OperationsAddress, "metrics"));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var scrape = Scrape.Read(await response.Content.ReadAsStringAsync());

        Assert.True(server.Rules.TryGet(out var active));
        Assert.Equal(
            1, scrape["gitops_policy_admission_requests_total{operation=\"create\",decision=\"deny\",dry_run=\"false\"}"]);
        Assert.Equal(
            1, scrape["gitops_policy_admission_requests_total{operation=\"create\",decision=\"allow\",dry_run=\"false\"}"]);
        Assert.Equal(
            1,
            scrape["gitops_policy_rule_decisions_total{rule=\"no-debug\",decision=\"deny\",mode=\"deny\",surface=\"admission\",error_type=\"no_error\"}"]);
        Assert.Equal(1, scrape["gitops_policy_admission_shed_total{reason=\"no_review\"}"]);
        Assert.Equal(1, scrape[$"gitops_policy_ruleset_info{{digest=\"{active.Rules.Digest}\",set=\"rules\"}}"]);
        Assert.Equal(1, scrape["gitops_policy_ruleset_rules"]);
        Assert.Equal(0, scrape["gitops_policy_admission_in_flight"]);
        Assert.Equal(2, scrape["gitops_policy_admission_duration_seconds_count"]);
        Assert.Equal(2, scrape["gitops_policy_evaluation_duration_seconds_count"]);
        Assert.True(
            scrape["gitops_policy_webhook_cert_expiry_timestamp_seconds"] > TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData("for (;;) {}", "out_of_budget")]
    [InlineData("const all = []; for (;;) all.push(`${all.length}`.repeat(10000));", "out_of_budget")]
    [InlineData("const again = () => again() + 1; again();", "out_of_budget")]
    [InlineData("throw new Error(\"the budget of the team\");", "invalid_error")]
    [InlineData("change.nothing.there;", "invalid_error")]
    public async Task Why_a_rule_failed_is_told_apart_by_the_fact_and_not_by_its_words(string body, string type)
    {
        await using var server = await TestServer.StartAsync(new(StringComparer.Ordinal)
        {
            ["policies/a.rule.js"] = $$"""export default { name: "a", title: "A", severity: "low", match: { operations: ["create"] }, check(change) { {{body}} } };""",
        });
        using var client = server.Client();
        await client.PostAsync("/validate", Reviews.Json(Reviews.ConfigMap("a")));
        Assert.Equal(
            1,
            Scrape.Of(
                server.Metrics.WriteTo)[$"gitops_policy_rule_decisions_total{{rule=\"a\",decision=\"error\",mode=\"deny\",surface=\"admission\",error_type=\"{type}\"}}"]);
    }

    [Fact]
    public async Task The_rules_that_are_tried_out_are_told_beside_those_in_force()
    {
        var next = new RulesInForce();
        await using var server = await TestServer.StartAsync(Rules, parts => parts with { Canary = new(next, [new("team-*")]) });
        Assert.Equal(1, Scrape.Of(server.Metrics.WriteTo).LineCounts["gitops_policy_ruleset_info"]);
        next.Put(new(
            server.Load(new(StringComparer.Ordinal)
            {
                ["policies/two.rule.yaml"] = Rule.Replace("no-debug", "two", StringComparison.Ordinal),
            }), default));
        Assert.True(next.TryGet(out var canary) && server.Rules.TryGet(out _));

        var scrape = Scrape.Of(server.Metrics.WriteTo);
        Assert.Equal(2, scrape.LineCounts["gitops_policy_ruleset_info"]);
        Assert.Equal(1, scrape[$"gitops_policy_ruleset_info{{digest=\"{canary!.Rules.Digest}\",set=\"canary\"}}"]);
    }

    [Fact]
    public async Task A_rule_set_that_is_no_longer_in_force_is_no_longer_told()
    {
        await using var server = await TestServer.StartAsync(Rules);
        using var operations = new HttpClient();
        var address = new Uri(server.Server.OperationsAddress, "metrics");
        _ = await operations.GetStringAsync(address);
        server.Rules.Put(new(
            server.Load(new(Rules) { ["policies/two.rule.yaml"] = Rule.Replace("no-debug", "two", StringComparison.Ordinal) }),
            TimeProvider.System.GetUtcNow()));

        var scrape = Scrape.Read(await operations.GetStringAsync(address));
        Assert.Equal(1, scrape.LineCounts["gitops_policy_ruleset_info"]);
        Assert.Equal(2, scrape["gitops_policy_ruleset_rules"]);
    }

    [Fact]
    public async Task Metrics_are_not_shown_on_the_port_for_reviews()
    {
        await using var server = await TestServer.StartAsync(Rules);
        using var client = server.Client();
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await client.GetAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task Tens_of_thousands_of_names_make_no_series()
    {
        await using var server = await TestServer.StartAsync(Rules);
        using var metrics = new WebhookMetrics();
        var judge = new RuleJudge(server.Rules, null, new(TimeProvider.System, null), metrics);
        Judge(0);
        var lines = Scrape.Of(metrics.WriteTo).Series.Count();
        for (var i = 1; i < 25_000; i++) Judge(i);

        Assert.Equal(lines, Scrape.Of(metrics.WriteTo).Series.Count());
        Assert.Equal(25_000, Scrape.Of(metrics.WriteTo)["gitops_policy_evaluation_duration_seconds_count"]);

        void Judge(int number)
        {
            var text = Reviews.ConfigMap(
                $"u{number}", user: $"user-{number}", place: $"place-{number}", data: """{"debug":"yes"}""").Replace(
                "settings", $"settings-{number}", StringComparison.Ordinal);
            Assert.True(AdmissionReviewReader.Read(System.Text.Encoding.UTF8.GetBytes(text)).TryGet(out var review));
            Assert.False(judge.Judge(review, CancellationToken.None).IsAllowed);
        }
    }

    [Fact]
    public void The_page_lists_every_metric_with_its_type_labels_and_meaning()
    {
        var text = File.ReadAllText(Path.Combine(Root, "docs", "operations", "metrics.md"));
        var page = Row().Matches(text[..text.IndexOf("## The reconcile engine", StringComparison.Ordinal)])
            .Select(static row => row.Value.Trim())
            .ToList();
        var code = MetricTable.All.Select(static metric =>
            $"| `{metric.ExposedName}` | {Enum.GetName(metric.Kind)!.ToLowerInvariant()} |{string.Join(',', metric.Labels.Select(static label => $" `{label}`"))} | {metric.Help} |");
        Assert.Equal(code, page);
    }

    [Fact]
    public async Task Every_instrument_of_a_server_is_in_the_table()
    {
        await using var server = await TestServer.StartAsync(Rules);
        HashSet<string> instruments = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == WebhookMetrics.MeterName) instruments.Add(instrument.Name);
            },
        };
        listener.Start();

        Assert.Contains("gitops_policy_admission_in_flight", instruments);
        Assert.Subset(MetricTable.All.Select(static metric => metric.Name).ToHashSet(StringComparer.Ordinal), instruments);
    }

    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "GitOpsPolicy.sln"))) folder = Path.GetDirectoryName(folder)!;
            return folder;
        }
    }

    [GeneratedRegex(@"^\| `(gitops_policy|process)_\w+` \|.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Row();
}
