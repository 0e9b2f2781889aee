using System.Diagnostics;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Crash;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Running;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Fakes;
using GitOpsPolicy.Reconciler.Tests.Model;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>
/// An API server that fails in every way that one fails in, while revisions are pushed; once it is well again, all is as Git
/// says.
/// </summary>
public sealed class ApiFaultTests(ITestOutputHelper output)
{
    /// <summary>How long the server is ill. A minute where <c>GITOPS_POLICY_LONG</c> is set.</summary>
    private static readonly TimeSpan Illness = Environment.GetEnvironmentVariable("GITOPS_POLICY_LONG") is { Length: > 0 }
        ? TimeSpan.FromMinutes(1)
        : TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Faults => [.. Plans.Keys];

    private static readonly Dictionary<string, Func<FaultPlan>> Plans = new(StringComparer.Ordinal)
    {
        ["errors of the server"] = static () => new(1, (FaultKind.ServerError, 0.2), (FaultKind.ErrorAfterwards, 0.1)),
        ["too many requests"] = static () => new(2, (FaultKind.TooMany, 0.3)),
        ["unavailable"] = static () => new(3, (FaultKind.Unavailable, 0.3)),
        ["conflicts"] = static () => new(4, (FaultKind.Conflict, 0.3))
        {
            Only = static request => request.Verb is "apply" or "update" or "patch" or "delete",
        },
        ["connections that break"] = static () => new(5, (FaultKind.ResetBefore, 0.1), (FaultKind.ResetAfterwards, 0.2)),
        ["answers that come late"] = static () => new(6, (FaultKind.Stall, 0.1)) { Delay = TimeSpan.FromSeconds(3) },
        ["everything at once"] = static () => new(
            7, (FaultKind.ServerError, 0.05), (FaultKind.ErrorAfterwards, 0.05), (FaultKind.TooMany, 0.05),
            (FaultKind.Conflict, 0.05), (FaultKind.ResetBefore, 0.05), (FaultKind.ResetAfterwards, 0.05),
            (FaultKind.Stall, 0.02)),
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_server_that_gets_well_again_ends_up_as_Git_says(string fault)
    {
        await using var bench = await Bench.StartAsync();
        bench.Push("r1", Revision.Maps(1, 1, 12));
        using (var first = bench.Process()) await first.SettleAsync();
        bench.Server.Faults = Plans[fault]();
        using var client = bench.Server.ClientOf(bench.NewProcess(), new() { Timeout = TimeSpan.FromSeconds(2) });
        var board = new StatusBoard();
        var engine = new ReconcileEngine(
            EngineParts.Services(client, new FolderRevisions(bench.Folder), NoWatch.Instance, Fence.None), board, new(),
            TextWriter.Null);
        engine.Put(bench.Unit with { Source = bench.Unit.Source with { Interval = TimeSpan.FromSeconds(1) } });
        using var end = new CancellationTokenSource();
        var running = engine.RunAsync(end.Token);
        var ill = Stopwatch.StartNew();
        for (var revision = 2; ill.Elapsed < Illness; revision++)
        {
            bench.Push($"r{revision}", Revision.Maps(revision, revision % 3, 12));
            await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System);
        }

        bench.Server.Faults.Stop();
        bench.Push("last", Revision.Maps(99, 3, 12));
        var well = Stopwatch.StartNew();
        while (board.Find(bench.Unit.Key) is not { Applied: "last", Phase: UnitPhase.Synced } && well.Elapsed < Recovery)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        await end.CancelAsync();
        await running;
        bench.Log.Settled();
        output.WriteLine($"{fault}: as Git says {well.Elapsed.TotalSeconds:0.0} s after the last fault; {Rate(bench)}");
        bench.AssertGood(bench.Model with { MaxCorrections = 99 });
        var asked = bench.Log.All.Where(static one => one.Actor == "engine-2").ToList();
        Assert.InRange(Patience.MostWritesOfOne(asked).Count, 0, 5);
        Patience.AssertWaits(asked);
    }

    private static string Rate(Bench bench)
    {
        var asked = bench.Log.All.Where(static one => one.Actor == "engine-2").ToList();
        return $"{asked.Count} requests, {asked.Count(static one => one.Fault.Length > 0)} of them ill; at most {asked.GroupBy(static one => (int)one.At.TotalSeconds).Max(static second => second.Count())} in a second, {Patience.MostWritesOfOne(asked).Count} writes of one object";
    }
}
