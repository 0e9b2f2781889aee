using System.Diagnostics;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Fakes;
using GitOpsPolicy.Reconciler.Tests.Model;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>
/// An API server that is ill in all ways at once, and stays so for long: three of ten requests fail by its fault, others are
/// turned away, met by a conflict, answered half or half a minute late; watches are cut every two seconds, one of ten has lost
/// its place, and a tenth of what they tell comes twice.
/// </summary>
public sealed class SickServerTests(ITestOutputHelper output)
{
    private const int PerSecond = 20;
    private const int Burst = 20;
    private const int Objects = 12;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("GITOPS_POLICY_LONG") is { Length: > 0 };

    private static readonly TimeSpan Illness = IsLong ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Late = IsLong ? TimeSpan.FromSeconds(30) : TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_server_that_is_ill_in_every_way_is_asked_with_patience_and_all_is_as_Git_says_once_it_is_well()
    {
        await using var bench = await Bench.StartAsync();
        var options = new ClientOptions
        {
            Pace = new(PerSecond, Burst, TimeProvider.System),
            Timeout = IsLong ? TimeSpan.FromSeconds(30) : TimeSpan.FromSeconds(2),
        };
        bench.Push("r1", Revision.Maps(1, 1, Objects));
        await using var running = await RunningEngine.StartAsync(bench, options, TimeSpan.FromSeconds(5));
        var actor = running.Name;
        bench.Server.Faults = new(
            20, (FaultKind.ServerError, 0.2), (FaultKind.ErrorAfterwards, 0.1), (FaultKind.TooMany, 0.05),
            (FaultKind.Conflict, 0.05), (FaultKind.ResetAfterwards, 0.05), (FaultKind.Stall, 0.01), (FaultKind.Gone, 0.1))
        {
            Delay = Late, WatchLifetime = TimeSpan.FromSeconds(2), Duplicates = 0.1,
        };
        bench.Server.CutWatches();
        var ill = Stopwatch.StartNew();
        for (var revision = 2; ill.Elapsed < Illness; revision++)
        {
            bench.Push($"r{revision}", Revision.Maps(revision, revision % 3, Objects));
            if (bench.Server.Cluster.Find(Revision.Map(5)) is not null)
                bench.Server.Cluster.Edit("kubectl-edit", Revision.Map(5), static live => live["data"]!["revision"] = "by hand");
            await Task.Delay(IsLong ? TimeSpan.FromSeconds(20) : TimeSpan.FromSeconds(1.5), TimeProvider.System);
        }

        bench.Push("last", Revision.Maps(99, 3, Objects));
        bench.Server.Faults.Stop();
        var well = Stopwatch.StartNew();
        while (running.Board.Find(bench.Unit.Key) is not { Applied: "last", Phase: UnitPhase.Synced } && well.Elapsed < Recovery)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        bench.Log.Settled();
        var asked = bench.Log.All.Where(one => one.Actor == actor).ToList();
        var most = Patience.MostWritesOfOne(asked);
        output.WriteLine($"as Git says {well.Elapsed.TotalSeconds:0.0} s after the last fault; {asked.Count} requests in {ill.Elapsed.TotalSeconds:0} s, {asked.Count(static one => one.Fault.Length > 0)} of them ill; at most {MostIn(asked, 10) / 10.0:0.0} in a second over ten, {most.Count} writes of one object in a second:\n{string.Join('\n', most)}");
        bench.AssertGood(bench.Model with { MaxCorrections = 9999 });
        Assert.InRange(MostIn(asked, 10), 1, (PerSecond * 10) + Burst);
        Assert.InRange(most.Count, 0, IsLong ? 1 : 2);
        Patience.AssertWaits(asked);
    }

    // Requests within some seconds, the most of all times.
    private static int MostIn(List<Operation> asked, int seconds)
    {
        var (most, from) = (0, 0);
        for (var to = 0; to < asked.Count; to++)
        {
            while (asked[to].At - asked[from].At > TimeSpan.FromSeconds(seconds)) from++;
            most = Math.Max(most, to - from + 1);
        }

        return most;
    }
}
