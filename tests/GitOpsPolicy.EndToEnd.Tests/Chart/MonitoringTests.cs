using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Chart;

/// <summary>The dashboard and the alerts: they name what there is.</summary>
public sealed partial class MonitoringTests
{
    private static readonly string[] OfTheApiServer = ["apiserver_admission_webhook_fail_open_count"];

    [NeedsTools("kubectl")]
    public async Task Alerts_name_only_metrics_there_are()
    {
        var expressions = (await AlertsAsync()).Select(static alert => alert.GetProperty("expr").GetString()!).ToList();
        Assert.True(expressions.Count >= 8);
        Assert.All(expressions, OnlyKnown);
    }

    [Fact]
    public void The_dashboard_names_only_metrics_there_are()
    {
        var expressions = Expressions();
        Assert.True(expressions.Count >= 15);
        Assert.All(expressions, OnlyKnown);
    }

    [NeedsTools("kubectl")]
    public async Task Every_alert_leads_to_a_section_of_the_runbooks()
    {
        var page = await File.ReadAllLinesAsync(Repository.PathOf("docs", "operations", "runbooks.md"));
        var sections = page.Where(static line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(static line => "docs/operations/runbooks.md#" + line[3..].ToLowerInvariant().Replace(' ', '-'))
            .ToList();
        var links = (await AlertsAsync())
            .Select(static alert => alert.GetProperty("annotations").GetProperty("runbook").GetString()!)
            .ToList();
        Assert.Subset(sections.ToHashSet(StringComparer.Ordinal), links.ToHashSet(StringComparer.Ordinal));
        Assert.Subset(links.ToHashSet(StringComparer.Ordinal), sections.ToHashSet(StringComparer.Ordinal));
    }

    [NeedsTools("promtool")]
    public async Task Prometheus_understands_the_alerts_and_every_panel()
    {
        using var folder = await TemporaryRepository.CreateAsync();
        var panels = Expressions().Select(
            (expression, index) =>
                $"      - {{ record: 'panel:{index}', expr: {JsonSerializer.Serialize(expression.Replace("$__rate_interval", "5m", StringComparison.Ordinal))} }}");
        folder.Write("panels.yaml", "groups:\n  - name: panels\n    rules:\n" + string.Join('\n', panels) + "\n");
        var ran = await Binary.StartAsync(
            "promtool", folder.Folder, "", "check", "rules", Path.Combine(RenderedChart.Folder, "alerts.yaml"), "panels.yaml");
        Assert.True(ran.ExitCode == 0, ran.ToString());
    }

    [NeedsTools("promtool")]
    public async Task Prometheus_understands_what_a_server_shows()
    {
        using var folder = await TemporaryRepository.CreateAsync();
        folder.Write("gitops-policy.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin]\n");
        using var server = RunningBinary.Start(
            folder.Folder, [], "serve", "--port", "0", "--operations-port", "0", "--drain", "0");
        await server.SaysAsync("probes:");
        var address = (await server.SaysAsync("readyz")).Trim().Replace("readyz", "metrics", StringComparison.Ordinal);
        using var client = new HttpClient();
        var ran = await Binary.StartAsync(
            "promtool", folder.Folder, await client.GetStringAsync(new Uri(address)), "check", "metrics");
        Assert.True(ran.ExitCode == 0, ran.ToString());
        await server.InterruptAsync();
    }

    private static async Task<List<JsonElement>> AlertsAsync()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(RenderedChart.Folder, "alerts.yaml"));
        var read = (await RenderedChart.ReadAsync(
            "apiVersion: example.com/v1\nkind: Alerts\nmetadata: { name: alerts }\n" + text)).Single();
        return [.. read.GetProperty("groups")
            .EnumerateArray()
            .SelectMany(static group => group.GetProperty("rules").EnumerateArray())];
    }

    [Fact]
    public void Every_metric_of_the_reconcile_engine_is_on_a_panel()
    {
        var shown = Expressions().SelectMany(static expression => Metric().Matches(expression))
            .Select(static match => match.Value.Replace("_bucket", "", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        var page = File.ReadAllText(Repository.PathOf("docs", "operations", "metrics.md"));
        var known = Row().Matches(page)
            .Select(static row => row.Groups["name"].Value)
            .Where(static name => name.StartsWith("gitops_policy_reconcile_", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(known);
        Assert.Subset(shown, known);
    }

    private static List<string> Expressions() => [.. Directory.GetFiles(
        Path.Combine(RenderedChart.Folder, "dashboards"), "*.json")
        .Order(StringComparer.Ordinal)
        .SelectMany(ExpressionsOf)];

    private static List<string> ExpressionsOf(string file)
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(file));
        return [.. dashboard.RootElement.GetProperty("panels")
            .EnumerateArray()
            .SelectMany(static panel => panel.GetProperty("targets").EnumerateArray())
            .Select(static target => target.GetProperty("expr").GetString()!)];
    }

    private static void OnlyKnown(string expression)
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "operations", "metrics.md"));
        var known = Row().Matches(page)
            .SelectMany(static row => (string[])[row.Groups["name"].Value, row.Groups["name"].Value + "_bucket"])
            .Concat(OfTheApiServer)
            .ToHashSet(StringComparer.Ordinal);
        var named = Metric().Matches(expression).Select(static match => match.Value).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(named);
        Assert.Subset(known, named);
    }

    [GeneratedRegex(
        @"^\| `(?<name>(gitops_policy|process)_\w+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b(gitops_policy|process|apiserver)_\w+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Metric();
}
