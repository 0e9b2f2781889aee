using GitOpsPolicy.Load.Serving;

namespace GitOpsPolicy.Load.Scenarios;

/// <summary>One kind of load.</summary>
/// <param name="Name">The verb.</param>
/// <param name="Does">What it does, in a few words.</param>
/// <param name="Run">Does it.</param>
internal sealed record Scenario(string Name, string Does, Func<LoadRun, Task> Run)
{
    /// <summary>It is one of <c>all</c>.</summary>
    public bool IsInAll { get; init; } = true;

    /// <summary>Every one, in the order of <c>all</c>.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("r2", "1,000 a second for ten minutes; only when asked for", Gate.SoakAsync) { IsInAll = false },
        new("start", "from the start of the process to ready", Standing.StartAsync),
        new("memory", "memory with 250 rules loaded", Standing.MemoryAsync),
        new("cost", "what judging by ten rules costs beside not judging", Cost.RunAsync),
        new("r1", "seventeen rules, Pods of 3 KB, 500 a second", Gate.RunAsync),
        new("p99", "twenty rules, 1,000 a second", Gate.TwentyRulesAsync),
        new("r3", "500 callers at once", Scale.CallersAsync),
        new("r4", "four times what can be judged", Overload.RunAsync),
        new("r5", "many rules of which few match", Scale.RulesAsync),
        new("r6", "clients that send a byte a second, beside ordinary load", SlowClients.RunAsync),
        new("r7", "bodies as large as they come", BigBodies.RunAsync),
        new("r8", "certificates renewed and authorities rolled under load", Rotation.RunAsync),
        new("r9", "rules that change ten times a second", Reloads.RunAsync),
        new("r10", "replicas that are ended and started again", Restarts.RunAsync),
        new("r11", "a different namespace, name and user each time", Strangers.RunAsync),
        new("r12", "an audit of 50,000 objects, interrupted ten times", Audits.RunAsync),
    ];

    /// <summary>Runs the scenario of a verb, or all.</summary>
    /// <returns>0 when every figure is met, 1 when one is missed, 2 for a verb that there is none of.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var verb = args is [] ? "" : args[0];
        var chosen = All.Where(one => one.Name == verb || (verb == "all" && one.IsInAll)).ToList();
        if (chosen.Count == 0)
        {
            await Console.Error.WriteLineAsync($"usage: all | {string.Join(" | ", All.Select(static one => one.Name))} [--long] [--seconds N] [--rate N] [--warm-up N] [--http2] [--program PATH]");
            return 2;
        }

        var options = LoadOptions.Parse(args.AsSpan(1));
        var program = options.Program ?? await PublishedProgram.PublishAsync();
        var missed = 0;
        foreach (var scenario in chosen)
        {
            Console.WriteLine($"-- {scenario.Name}: {scenario.Does}");
            missed += (await scenario.MeasureAsync(program, options, Console.Out)).Count(static figure => !figure.IsMet);
        }

        Console.WriteLine(missed == 0 ? "every figure is met" : $"{missed} figures are missed");
        return missed == 0 ? 0 : 1;
    }

    /// <summary>Runs it.</summary>
    /// <param name="program">The webhook.</param>
    /// <param name="options">How long and how hard.</param>
    /// <param name="output">Where figures are told as they come.</param>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(string program, LoadOptions options, TextWriter output)
    {
        var figures = new FigureTable(Name, output);
        await Run(new(program, options, figures));
        return figures.Figures;
    }
}
