using GitOpsPolicy.Load.Calling;
using GitOpsPolicy.Load.Reviews;
using GitOpsPolicy.Load.Serving;

namespace GitOpsPolicy.Load.Scenarios;

/// <summary>What the webhook takes before it does anything.</summary>
internal static class Standing
{
    /// <summary>
    /// From the start of the process to the first 200 of <c>/readyz</c>, with the rules that ship and with 250 others.
    /// </summary>
    public static async Task StartAsync(LoadRun run)
    {
        using var shipped = new RuleFolder();
        shipped.Write("gitops-policy.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin]\n");
        await StartsAsync(run, shipped, "shipped rules");
        using var many = new RuleFolder().WithRules(250, 20);
        await StartsAsync(run, many, "250 rules");
    }

    /// <summary>Memory with 250 rules of which twenty match, after two thousand requests.</summary>
    public static async Task MemoryAsync(LoadRun run)
    {
        using var folder = new RuleFolder().WithRules(250, 17);
        await using var server = await run.ServeAsync(folder);
        run.Figures.Cost("memory with 250 rules, when ready", server.Use().Megabytes, "MB", 150);
        using var caller = run.Caller(server);
        var result = await new OpenLoop(caller, PodReviews.Make(200, RuleFolder.Names(17))).RunAsync(
            run.Options.Rate ?? 500, run.Options.Time(6, 60));
        run.Sound(result);
        var use = server.Use();
        run.Figures.Cost($"memory after {result.Offered} requests", use.Megabytes, "MB", 150);
        run.Figures.Cost("the most it was", use.PeakMegabytes, "MB", 150);
    }

    private static async Task StartsAsync(LoadRun run, RuleFolder folder, string what)
    {
        var (wall, processor) = (new List<double>(), new List<double>());
        for (var i = 0; i < run.Options.Count(5, 15); i++)
        {
            await using var server = await run.ServeAsync(folder, "--drain", "0");
            wall.Add(server.ReadyAfter.TotalMilliseconds);
            processor.Add(server.Use().Processor.TotalMilliseconds);
        }

        run.Figures.Cost(
            $"processor time until ready, {what}, median", processor.Order().ElementAt(processor.Count / 2), "ms", 1_000);
        run.Figures.Time($"ready, {what}, median", wall.Order().ElementAt(wall.Count / 2), 1_000);
        run.Figures.Time($"ready, {what}, best", wall.Min(), 1_000);
    }
}
