using GitOpsPolicy.Load.Calling;
using GitOpsPolicy.Load.Serving;

namespace GitOpsPolicy.Load;

/// <summary>What a scenario works with.</summary>
/// <param name="Program">The webhook.</param>
/// <param name="Options">How long and how hard.</param>
/// <param name="Figures">Where its figures go.</param>
internal sealed record LoadRun(string Program, LoadOptions Options, FigureTable Figures)
{
    /// <summary>Starts the webhook in a folder and waits until it is ready.</summary>
    public Task<ServedProcess> ServeAsync(RuleFolder folder, params IReadOnlyList<string> arguments) =>
        ServedProcess.Start(Program, folder.Path, new(arguments)).ReadyAsync();

    /// <summary>A caller of a server.</summary>
    public Caller Caller(ServedProcess server, int connections = 64) =>
        new(server.Address, server.Authority, new(connections, Options.IsHttp2));

    /// <summary>Sends at a rate, first to warm up and then to measure.</summary>
    /// <returns>What came of it, with what the server used meanwhile.</returns>
    public async Task<Measured> MeasureAsync(ServedProcess server, OpenLoop loop, double rate, TimeSpan time)
    {
        await loop.RunAsync(rate, TimeSpan.FromSeconds(Options.WarmUp));
        var before = server.Use();
        var result = await loop.RunAsync(rate, time);
        return new(result, before, server.Use());
    }

    /// <summary>The figures that every run has: nothing wrong, nothing failed, the rate reached.</summary>
    public void Sound(LoadResult result, string what = "")
    {
        Figures.Count($"wrong answers{what} of {result.Offered}", result.Wrong.Count);
        Figures.Count($"failed requests{what}", result.Failures.Count);
        foreach (var told in result.Wrong.Concat(result.Failures).Take(3)) Figures.Tell("  such as", told);
        if (result.Reached < 0.9) Figures.Tell("INVALID: share of the rate that was reached", $"{result.Reached:f2}");
    }
}

/// <summary>A run with what the server used meanwhile.</summary>
internal sealed record Measured(LoadResult Result, Usage Before, Usage After)
{
    /// <summary>Processor time of one request, in milliseconds.</summary>
    public double Milliseconds =>
        (After.Processor - Before.Processor).TotalMilliseconds / Math.Max(1, Result.Judged + Result.Refused);
}
