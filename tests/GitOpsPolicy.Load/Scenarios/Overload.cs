using GitOpsPolicy.Load.Calling;
using GitOpsPolicy.Load.Reviews;
using GitOpsPolicy.Load.Serving;

namespace GitOpsPolicy.Load.Scenarios;

/// <summary>
/// R4: four times what the server can judge. What it cannot take it says at once; what it takes it judges right and in time.
/// </summary>
internal static class Overload
{
    /// <summary>Runs it.</summary>
    public static async Task RunAsync(LoadRun run)
    {
        using var folder = new RuleFolder().WithRules(17, 17);
        // so dear that callers on the same machine can offer four times as much
        folder.Write("policies/slow.rule.js", SlowRule);
        await using var server = await run.ServeAsync(folder);
        using var caller = run.Caller(server, connections: 1_000);
        var loop = new OpenLoop(caller, PodReviews.Make(200, RuleFolder.Names(17)));
        await loop.RunClosedAsync(8, run.Options.WarmUp > 1 ? 1_000 : 100);
        var probe = await loop.RunClosedAsync(8, run.Options.WarmUp > 1 ? 1_000 : 100);
        var capacity = probe.Judged / probe.Elapsed.TotalSeconds;

        var result = await loop.RunAsync(4 * capacity, run.Options.Time(8, 60));
        run.Sound(result);
        run.Figures.Holds("something was turned away", result.Refused > 0);
        run.Figures.Count("allowed after the deadline of 10 s", result.Quantile(1) > 10_000 ? 1 : 0);
        run.Figures.Tell("capacity, statuses", $"{capacity:f0}/s, {result.Statuses}");
        run.Figures.Time("turned away, p99", result.RefusedQuantile(0.99), 50);
        run.Figures.Time("judged, p99", result.Quantile(0.99), 500);
        run.Figures.Tell("judged a second / capacity", $"{result.Judged / result.Elapsed.TotalSeconds / capacity:f2}");

        var after = await loop.RunAsync(capacity / 4, TimeSpan.FromSeconds(Math.Min(5, run.Options.Time(5, 5).TotalSeconds)));
        run.Sound(after, " afterwards");
        run.Figures.Count("turned away afterwards, at a quarter of capacity", after.Refused, after.Offered / 20);
        run.Figures.Time("p99 afterwards", after.Quantile(0.99), 100);
    }

    private const string SlowRule =
        """
        export default {
          name: "slow",
          title: "Takes its time",
          severity: "low",
          match: { operations: ["create"], kubernetes: { kinds: ["Pod"] } },
          check(change, { report }) {
            let sum = 0;
            for (let i = 0; i < 60000; i++) sum = (sum + i * 7) % 1000003;
            if (sum < 0) report.deny("never", change.after);
          },
        };
        """;
}
