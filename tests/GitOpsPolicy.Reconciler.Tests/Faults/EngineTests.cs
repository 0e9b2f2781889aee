using System.Collections.Concurrent;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Git;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Crash;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Running;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Fakes;
using GitOpsPolicy.Reconciler.Units;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>A mistake in one unit stays in that unit.</summary>
public sealed class EngineTests
{
    [Fact]
    public async Task A_unit_that_makes_passes_break_off_does_not_stop_the_others()
    {
        await using var bench = await Bench.StartAsync();
        using var client = bench.Server.ClientOf(bench.NewProcess());
        var board = new StatusBoard();
        var settings = new EngineSettings { Workers = 2, FirstDelay = TimeSpan.FromMilliseconds(1) };
        var engine = new ReconcileEngine(
            EngineParts.Services(client, new Breaking(new FolderRevisions(bench.Folder)), NoWatch.Instance, Fence.None), board,
            settings, TextWriter.Null);
        using var end = new CancellationTokenSource();
        foreach (var name in (string[])["broken-1", "broken-2", "broken-3"]) engine.Put(EngineParts.UnitOf(name));
        var running = engine.RunAsync(end.Token);
        while (board.Snapshot().Count(static status => status.Phase == UnitPhase.Failed) < 3)
            await Task.Delay(5, CancellationToken.None);
        bench.Push("r1", Revision.Maps(1, 1, 3));
        engine.Put(bench.Unit);
        while (board.Find(bench.Unit.Key) is not { Phase: UnitPhase.Synced })
        {
            Assert.False(running.IsCompleted);
            await Task.Delay(5, CancellationToken.None);
        }

        Assert.All(
            board.Snapshot().Where(static status => status.Phase == UnitPhase.Failed),
            static status => Assert.Contains(
                "mistake in the engine: NotSupportedException: broken", status.Message, StringComparison.Ordinal));
        await end.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_cluster_that_is_away_for_long_is_asked_again_soon_and_a_repository_later()
    {
        await using var bench = await Bench.StartAsync();
        var options = new ClientOptions { MaxAttempts = 1, FirstDelay = TimeSpan.FromMilliseconds(1) };
        using var client = bench.Server.ClientOf(bench.NewProcess(), options);
        var fetches = new Counting(new FolderRevisions(bench.Folder));
        bench.Push("r1", Revision.Maps(1, 1, 3));
        var settings = new EngineSettings
        {
            FirstDelay = TimeSpan.FromMilliseconds(1),
            MaxClusterDelay = TimeSpan.FromMilliseconds(4),
        };
        var engine = new ReconcileEngine(
            EngineParts.Services(client, fetches, NoWatch.Instance, Fence.None), new(), settings, TextWriter.Null);
        using (var first = bench.Process()) await first.SettleAsync();
        bench.Server.Faults = new(1, (FaultKind.Unavailable, 1))
        {
            Only = static request => request.Key.Name.StartsWith("shop", StringComparison.Ordinal),
        };
        engine.Put(bench.Unit);
        engine.Put(EngineParts.UnitOf("nowhere"));
        using var end = new CancellationTokenSource();
        var running = engine.RunAsync(end.Token);
        try
        {
            // 40 waits that double would take longer than anybody lives
            await Eventually.IsAsync(() => fetches.Of("shop") > 40, TimeSpan.FromSeconds(60));
            Assert.InRange(fetches.Of("nowhere"), 1, 25);
        }
        finally
        {
            await end.CancelAsync();
            await running;
        }
    }

    private sealed class Counting(IDesiredState inner) : IDesiredState
    {
        private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

        public int Of(string unit) => counts.GetValueOrDefault(unit);

        public Task<FetchedRevision> FetchAsync(Unit unit, string? applied, CancellationToken cancellation)
        {
            counts.AddOrUpdate(unit.Key.Name, 1, static (_, count) => count + 1);
            return inner.FetchAsync(unit, applied, cancellation);
        }

        public Task<RenderedRevision> RenderAsync(Unit unit, string commit, CancellationToken cancellation) =>
            inner.RenderAsync(unit, commit, cancellation);

        public Loaded<GitRevision> Open(Unit unit, string commit) => inner.Open(unit, commit);
    }

    private sealed class Breaking(IDesiredState inner) : IDesiredState
    {
        public Task<FetchedRevision> FetchAsync(Unit unit, string? applied, CancellationToken cancellation) =>
            unit.Key.Name.StartsWith("broken", StringComparison.Ordinal)
                ? throw new NotSupportedException("broken")
                : inner.FetchAsync(unit, applied, cancellation);

        public Task<RenderedRevision> RenderAsync(Unit unit, string commit, CancellationToken cancellation) =>
            inner.RenderAsync(unit, commit, cancellation);

        public Loaded<GitRevision> Open(Unit unit, string commit) => inner.Open(unit, commit);
    }
}
