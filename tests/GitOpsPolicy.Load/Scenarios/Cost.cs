using GitOpsPolicy.Load.Calling;
using GitOpsPolicy.Load.Reviews;
using GitOpsPolicy.Load.Serving;

namespace GitOpsPolicy.Load.Scenarios;

/// <summary>
/// The same requests to a server that only reads the uid and allows, to the webhook with rules that match nothing, and to the
/// webhook with ten that match. They take turns, so that whatever else the machine does hits them alike; a ratio is that of one
/// round, the median counts.
/// </summary>
internal static class Cost
{
    private const int Matching = 10;

    /// <summary>Runs the rounds.</summary>
    public static async Task RunAsync(LoadRun run)
    {
        using var judging = new RuleFolder().WithRules(Matching, Matching);
        using var idle = new RuleFolder().WithRules(Matching, 0);
        await using var judge = await run.ServeAsync(judging);
        await using var bystander = await run.ServeAsync(idle);
        await using var bare = await ServedProcess.StartBare(judging.Path).ReadyAsync();
        var reviews = PodReviews.Make(500, RuleFolder.Names(Matching));
        Contestant[] contestants = [
            new(run, bare, reviews, IsJudging: false),
            new(run, bystander, reviews, IsJudging: false),
            new(run, judge, reviews, IsJudging: true)
        ];
        foreach (var one in contestants)
            await one.TurnAsync(run.Options.Rate ?? 1_000, TimeSpan.FromSeconds(run.Options.WarmUp + 2));
        var rounds = new List<double[]>();
        for (var round = 0; round < run.Options.Count(5, 15); round++)
        {
            var times = new double[contestants.Length];
            foreach (var (i, one) in contestants.Index())
                times[i] = await one.TurnAsync(run.Options.Rate ?? 1_000, run.Options.Time(2, 5));
            rounds.Add(times);
        }

        foreach (var one in contestants) one.Dispose();
        Tell(run, rounds);
    }

    private static void Tell(LoadRun run, List<double[]> rounds)
    {
        foreach (var (i, name) in ((string[])[
            "reads the uid and allows",
            "ten rules, none matches",
            "ten rules, all match"
        ]).Index())
            run.Figures.Tell(name, $"{1000 * Median(rounds.Select(times => times[i])):f0} µs");
        run.Figures.Cost(
            "ten rules that match / none that match", Median(rounds.Select(static times => times[2] / times[1])), "×", 5);
        run.Figures.Cost(
            "ten rules that match / answered unjudged", Median(rounds.Select(static times => times[2] / times[0])), "×", 5);
    }

    private static double Median(IEnumerable<double> values) =>
        values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    private sealed record Contestant(LoadRun Run, ServedProcess Server, List<Review> Reviews, bool IsJudging) : IDisposable
    {
        private readonly Caller caller = Run.Caller(Server);

        /// <summary>One turn; processor time of a request, in milliseconds.</summary>
        public async Task<double> TurnAsync(double rate, TimeSpan time)
        {
            var before = Server.Use();
            var result = await new OpenLoop(
                caller, Reviews,
                IsJudging
                    ? null
                    : static (_, uid, reply) => reply.Uid == uid && reply.IsAllowed ? null : $"{uid} was not allowed").RunAsync(
                rate, time);
            if (result.Judged != result.Offered) Run.Sound(result);
            return new Measured(result, before, Server.Use()).Milliseconds;
        }

        public void Dispose() => caller.Dispose();
    }
}
