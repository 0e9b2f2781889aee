using GitOpsPolicy.Load.Calling;
using GitOpsPolicy.Load.Reviews;
using GitOpsPolicy.Load.Serving;

namespace GitOpsPolicy.Load.Scenarios;

/// <summary>Many callers, and many rules of which few match.</summary>
internal static class Scale
{
    /// <summary>R3: 500 callers at once, ten thousand requests.</summary>
    public static async Task CallersAsync(LoadRun run)
    {
        using var folder = new RuleFolder().WithRules(17, 17);
        await using var server = await run.ServeAsync(folder);
        using var caller = run.Caller(server, connections: 500);
        var loop = new OpenLoop(caller, PodReviews.Make(500, RuleFolder.Names(17)));
        await loop.RunClosedAsync(500, 1_000);   // handshakes, mostly
        var result = await loop.RunClosedAsync(500, run.Options.Count(5_000, 10_000));
        run.Sound(result);
        run.Figures.Count("requests turned away", result.Refused);
        run.Figures.Tell(
            "requests a second, p50", $"{result.Judged / result.Elapsed.TotalSeconds:f0}, {result.Quantile(0.5):f0} ms");
        run.Figures.Time("p99 with 500 callers", result.Quantile(0.99), 1_000);
        run.Figures.Time("longest", result.Quantile(1), 2_500);
    }

    /// <summary>
    /// R5: with a thousand rules of which twenty match a request costs what twenty cost. All take turns in one run.
    /// </summary>
    public static async Task RulesAsync(LoadRun run)
    {
        (int All, int Matching)[] sets = [(17, 17), (200, 17), (1_000, 20)];
        var contestants = new List<Contestant>();
        try
        {
            foreach (var (all, matching) in sets) contestants.Add(await Contestant.StartAsync(run, all, matching));
            foreach (var one in contestants) await one.TurnAsync(TimeSpan.FromSeconds(run.Options.WarmUp));
            for (var round = 0; round < run.Options.Count(3, 9); round++)
                foreach (var one in contestants) one.Times.Add(await one.TurnAsync(run.Options.Time(2, 10)));

            foreach (var (i, one) in contestants.Index())
                run.Figures.Tell(
                    $"{sets[i].All} rules, {sets[i].Matching} match",
                    $"{1000 * one.Times.Order().ElementAt(one.Times.Count / 2):f0} µs");
            foreach (var i in (int[])[1, 2])
                run.Figures.Cost(
                    $"{sets[i].All} rules of which {sets[i].Matching} match / 17 of 17", Ratio(contestants[i], contestants[0]),
                    "×", 1.5);
            run.Figures.Time("ready with 1000 rules", contestants[2].Server.ReadyAfter.TotalMilliseconds, 3_000);
        }
        finally
        {
            foreach (var one in contestants) await one.DisposeAsync();
        }
    }

    private static double Ratio(Contestant one, Contestant other) =>
        one.Times.Zip(other.Times, static (a, b) => a / b).Order().ElementAt(one.Times.Count / 2);

    private sealed record Contestant(
        LoadRun Run, RuleFolder Folder, ServedProcess Server, List<Review> Reviews) : IAsyncDisposable
    {
        private readonly Caller caller = Run.Caller(Server);

        public List<double> Times { get; } = [];

        public static async Task<Contestant> StartAsync(LoadRun run, int all, int matching)
        {
            var folder = new RuleFolder().WithRules(all, matching);
            return new(run, folder, await run.ServeAsync(folder), PodReviews.Make(200, RuleFolder.Names(matching)));
        }

        public async Task<double> TurnAsync(TimeSpan time)
        {
            var before = Server.Use();
            var result = await new OpenLoop(caller, Reviews).RunAsync(Run.Options.Rate ?? 500, time);
            if (result.Judged != result.Offered) Run.Sound(result);
            return new Measured(result, before, Server.Use()).Milliseconds;
        }

        public async ValueTask DisposeAsync()
        {
            caller.Dispose();
            await Server.DisposeAsync();
            Folder.Dispose();
        }
    }
}
