using GitOpsPolicy.Load.Reviews;
using GitOpsPolicy.Load.Serving;

namespace GitOpsPolicy.Load.Scenarios;

/// <summary>Ordinary load on an ordinary rule set.</summary>
internal static class Gate
{
    /// <summary>R1: seventeen rules, Pods of 3 KB, three in five allowed, 500 a second.</summary>
    public static Task RunAsync(LoadRun run) =>
        SteadyAsync(run, new(17, 17), run.Options.Rate ?? 500, run.Options.Time(10, 120), p99: 100);

    /// <summary>R2: the same for ten minutes at 1,000 a second; memory does not grow.</summary>
    public static Task SoakAsync(LoadRun run) =>
        SteadyAsync(run, new(17, 17), run.Options.Rate ?? 1_000, run.Options.Time(60, 600), p99: 25);

    /// <summary>1,000 a second judged by twenty rules.</summary>
    public static Task TwentyRulesAsync(LoadRun run) =>
        SteadyAsync(run, new(20, 20), run.Options.Rate ?? 1_000, run.Options.Time(10, 60), p99: 10);

    private sealed record RuleCount(int All, int Matching);

    private static async Task SteadyAsync(LoadRun run, RuleCount rules, double rate, TimeSpan time, double p99)
    {
        using var folder = new RuleFolder().WithRules(rules.All, rules.Matching);
        await using var server = await run.ServeAsync(folder);
        using var caller = run.Caller(server);
        var reviews = PodReviews.Make(500, RuleFolder.Names(rules.Matching));
        var measured = await run.MeasureAsync(server, new(caller, reviews), rate, time);
        run.Sound(measured.Result);
        run.Figures.Count("requests turned away", measured.Result.Refused);
        run.Figures.Tell(
            "share allowed, bytes of a review",
            $"{reviews.Count(static one => one.Expected.IsAllowed) / (double)reviews.Count:p0}, {reviews.Average(static one => one.Length):f0}");
        run.Figures.Cost("processor time of a request", measured.Milliseconds, "ms", 0.8);
        run.Figures.Cost("memory", measured.After.Megabytes, "MB", 256);
        run.Figures.Tell("memory gained during the run", $"{measured.After.Megabytes - measured.Before.Megabytes:f1} MB");
        run.Figures.Tell(
            "p50, p99.9, longest",
            $"{measured.Result.Quantile(0.5):f1}, {measured.Result.Quantile(0.999):f1}, {measured.Result.Quantile(1):f1} ms");
        run.Figures.Time($"p99 at {rate:0} requests a second", measured.Result.Quantile(0.99), p99);
    }
}
