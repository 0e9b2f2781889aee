using System.Text.RegularExpressions;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Tests.Fakes;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Metrics;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Status;
using GitOpsPolicy.Tests.Metrics;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Metrics;

/// <summary>What Prometheus is told of the reconcile engine.</summary>
public sealed partial class ReconcileMetricsTests : IDisposable
{
    private readonly StatusBoard board = new();
    private readonly ReconcileMetrics metrics;

    public ReconcileMetricsTests() => metrics = new(board, new StillClock());

    public void Dispose() => metrics.Dispose();

    [Fact]
    public void Every_unit_is_told_with_what_is_wrong_with_it()
    {
        board.Put(Statuses.Synced("web"));
        board.Put(Statuses.Full("db"));
        var scrape = Scrape.Of(metrics.WriteTo);
        (string Series, double Value)[] expected =
        [
            ("units{phase=\"synced\"}", 1), ("units{phase=\"rolledBack\"}", 1), ("units{phase=\"failed\"}", 0),
            ("unit_info{unit=\"shop/db\",environment=\"production\",phase=\"rolledBack\"}", 1),
            ("last_success_timestamp_seconds{unit=\"shop/web\"}", Statuses.Now.AddMinutes(-1).ToUnixTimeSeconds()),
            ("behind_seconds{unit=\"shop/db\"}", 5 * 3600),
            ("drift{unit=\"shop/db\",class=\"alert\"}", 1), ("drift{unit=\"shop/db\",class=\"correct\"}", 1),
            ("drift_oldest_seconds{class=\"alert\"}", 3 * 3600), ("drift_oldest_seconds{class=\"freeze\"}", 0),
            ("fighting_objects{unit=\"shop/db\"}", 1), ("pending_approvals{unit=\"shop/db\",subject=\"prune\"}", 1),
            ("pending_approval_oldest_seconds", 2 * 3600),
            ("protected_orphans{unit=\"shop/db\"}", 1), ("protected_orphan_oldest_seconds", 9 * 86400),
            ("blocked_changes{unit=\"shop/db\"}", 1),
            ("unhealthy_objects{unit=\"shop/db\"}", 1), ("paused_units{because=\"suspended\"}", 1),
            ("paused_units{because=\"break-glass\"}", 0), ("source_failures{stage=\"fetch\"}", 1),
        ];
        Assert.All(expected, row => Assert.Equal(row.Value, scrape["gitops_policy_reconcile_" + row.Series]));
        Assert.DoesNotContain(
            scrape.Series,
            static series => series.Contains("shop/web", StringComparison.Ordinal)
                && !series.Contains("unit_info", StringComparison.Ordinal)
                && !series.Contains("last_success", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_engine_does_is_counted()
    {
        metrics.Observe(new(static () => 7, static () => true, static () => "sha256:abc"));
        metrics.PassEnded(UnitPhase.Synced, TimeSpan.FromSeconds(2));
        metrics.Wrote("prune", new WriteOutcome.Deleted(true));
        metrics.Wrote("correct", new WriteOutcome.Conflict(["helm"], ""));
        metrics.Waits(new() { Stage = FailureStage.Refused, Request = "GET /", Code = 429, Message = "" });
        metrics.Waits(new() { Stage = FailureStage.Refused, Request = "GET /", Code = 500, Message = "" });
        for (var pass = 0; pass < 3; pass++) board.Put(Statuses.Full("db"));
        metrics.Noticed("sent");
        var scrape = Scrape.Of(metrics.WriteTo);
        (string Series, double Value)[] expected =
        [
            ("reconcile_passes_total{outcome=\"synced\"}", 1), ("reconcile_pass_duration_seconds_bucket{le=\"2.5\"}", 1),
            ("reconcile_writes_total{operation=\"prune\",outcome=\"done\"}", 1),
            ("reconcile_writes_total{operation=\"correct\",outcome=\"conflict\"}", 1), ("reconcile_fights_total", 1),
            ("reconcile_api_throttled_total", 1),
            ("reconcile_notices_total{result=\"sent\"}", 1), ("reconcile_queue_depth", 7), ("reconcile_leader", 1),
            ("ruleset_info{digest=\"sha256:abc\",set=\"rules\"}", 1),
        ];
        Assert.All(expected, row => Assert.Equal(row.Value, scrape["gitops_policy_" + row.Series]));
    }

    [Fact]
    public async Task A_server_that_wants_to_be_left_alone_is_counted()
    {
        await using var server = await FaultyApiServer.StartAsync(
            FaultyApiServer.Refusal(429, "TooManyRequests", ("Retry-After", "0")),
            FaultyApiServer.Json(200, """{"gitVersion":"v1.33.0"}"""));
        using var client = new KubernetesClient(server.Connection, new() { Waiting = metrics.Waits });
        await client.GetVersionAsync(CancellationToken.None);
        Assert.Equal(1, Scrape.Of(metrics.WriteTo)["gitops_policy_reconcile_api_throttled_total"]);
    }

    [Fact]
    public void Thousands_of_units_stay_a_small_scrape_in_which_none_is_lost()
    {
        for (var i = 0; i < 5_000; i++)
            board.Put(Statuses.Full($"unit-{i:D4}") with { LastSuccess = i == 4_999 ? null : Statuses.Now });
        var scrape = Scrape.Of(metrics.WriteTo);
        Assert.All(scrape.LineCounts, static metric => Assert.InRange(metric.Value, 1, 1_000));
        foreach (var name in (string[])["drift", "protected_orphans", "pending_approvals", "unit_info"])
        {
            var expected = name == "drift" ? 10_000 : 5_000;
            Assert.Equal(
                expected,
                scrape.Series.Where(series => series.StartsWith($"gitops_policy_reconcile_{name}{{", StringComparison.Ordinal))
                    .Sum(series => scrape[series]));
        }

        Assert.Equal(0, scrape["gitops_policy_reconcile_last_success_timestamp_seconds{unit=\"other\"}"]);
        Assert.DoesNotContain(
            scrape.Series, series => series.Contains("series_dropped", StringComparison.Ordinal) && scrape[series] > 0);
    }

    [Fact]
    public void Names_that_are_cut_do_not_become_one()
    {
        var name = new string('n', 100);
        board.Put(Statuses.Synced(name + "-a"));
        board.Put(Statuses.Synced(name + "-b"));
        Assert.Equal(2, Scrape.Of(metrics.WriteTo).LineCounts["gitops_policy_reconcile_unit_info"]);
    }

    [Fact]
    public void Words_that_nobody_foresaw_are_told_as_other()
    {
        board.Put(Statuses.Synced("web") with
        {
            Trouble = new("weather", "it rains", Statuses.Now),
            Drift = [new("ConfigMap a/b", "modified", "\"} 1\n", "", Statuses.Now, "")],
            Omitted = new(3, 2, 1, 0, 0),
        });
        var scrape = Scrape.Of(metrics.WriteTo);
        Assert.Equal(1, scrape["gitops_policy_reconcile_source_failures{stage=\"other\"}"]);
        Assert.Equal(4, scrape["gitops_policy_reconcile_drift{unit=\"shop/web\",class=\"other\"}"]);
        Assert.Equal(2, scrape["gitops_policy_reconcile_pending_approvals{unit=\"shop/web\",subject=\"other\"}"]);
        Assert.Equal(1, scrape["gitops_policy_reconcile_blocked_changes{unit=\"shop/web\"}"]);
    }

    [Fact]
    public void The_page_lists_every_metric_with_its_type_labels_and_meaning()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations", "metrics.md"));
        var rows = Row().Matches(page[page.IndexOf("## The reconcile engine", StringComparison.Ordinal)..])
            .Select(static row => row.Value.Trim())
            .ToList();
        var code = ReconcileTable.All.Select(static metric =>
            $"| `{metric.ExposedName}` | {Enum.GetName(metric.Kind)!.ToLowerInvariant()} |{string.Join(',', metric.Labels.Select(static label => $" `{label}`"))} | {metric.Help} |");
        Assert.Equal(code, rows);
    }

    [GeneratedRegex(@"^\| `(gitops_policy|process)_\w+` \|.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Row();
}
