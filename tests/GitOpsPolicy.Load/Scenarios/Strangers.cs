using System.Diagnostics;
using System.Text;
using GitOpsPolicy.Load.Calling;
using GitOpsPolicy.Load.Reviews;
using GitOpsPolicy.Load.Serving;

namespace GitOpsPolicy.Load.Scenarios;

/// <summary>
/// R11: every request from another namespace, of another name and by another user, and more rules than a metric has room for.
/// </summary>
internal static class Strangers
{
    private const int Rules = 1_200;

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(LoadRun run)
    {
        using var folder = new RuleFolder().WithRules(17, 17);
        for (var i = 0; i < Rules; i++) folder.Write($"policies/many/rule-{i}.rule.js", Rule(i));
        await using var server = await run.ServeAsync(folder);
        using var caller = run.Caller(server);
        await new OpenLoop(caller, [Widget()]).RunClosedAsync(2, 4);   // each runs every one of the many rules
        var count = run.Options.Count(10_000, 100_000);
        var result = await new OpenLoop(caller, [.. Enumerable.Range(0, count).Select(Secret)]).RunClosedAsync(8, count);
        run.Sound(result, ", each from somewhere else");

        using var client = new HttpClient();
        await client.GetStringAsync(new Uri(server.Operations, "metrics"));
        var begun = Stopwatch.GetTimestamp();
        var page = await client.GetStringAsync(new Uri(server.Operations, "metrics"));
        run.Figures.Time("scrape", Stopwatch.GetElapsedTime(begun).TotalMilliseconds, 100);
        run.Figures.Count("bytes of /metrics", Encoding.UTF8.GetByteCount(page), 1 << 20);
        var most = page.Split('\n')
            .Where(static line => line.Length > 0 && line[0] != '#')
            .CountBy(static line => line.Split('{', ' ')[0])
            .MaxBy(static pair => pair.Value);
        run.Figures.Count($"series of {most.Key}, which has the most", most.Value, 1_000);
        run.Figures.Holds(
            "no name of an object, namespace or user in them", !page.Contains("stranger-", StringComparison.Ordinal));
        run.Figures.Tell("memory", $"{server.Use().Megabytes:f0} MB");
    }

    private static Review Secret(int number) => Review.OfCreate(
        "Service",
        $$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"stranger-{{{number}}}","namespace":"stranger-{{{number}}}"},"spec":{"type":"ClusterIP"}}""", Expected.Allowed, ($"stranger-{number}", $"stranger-{number}", $"stranger-{number}"));

    private static Review Widget() => Review.OfCreate(
        "Widget", """{"apiVersion":"v1","kind":"Widget","metadata":{"name":"w","namespace":"w"}}""", Expected.Allowed,
        ("w", "w", "w"));

    private static string Rule(int number) =>
        $$"""
        export default {
          name: "many-{{number}}",
          title: "One of many",
          severity: "low",
          match: { operations: ["create"], kubernetes: { kinds: ["Widget"] } },
          check(change, { report }) {
            report.warn("one of many", change.after);
          },
        };
        """;
}
