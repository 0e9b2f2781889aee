using System.Collections.Immutable;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Events;
using GitOpsPolicy.Kubernetes.Leases;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Metrics;
using GitOpsPolicy.Reconciler.Running;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>One run of <c>reconcile</c>: the parts put together, and an exit code.</summary>
internal sealed class ReconcileRun : IDisposable
{
    // What takes longer than this is told as it is; a daemon would go on waiting.
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(30);

    private readonly Terminal terminal;
    private readonly ReconcileParts parts;
    private readonly EngineSettings settings;
    private readonly StatusBoard board;
    private readonly ClusterWatch watch;
    private readonly ReconcileMetrics metrics;
    private readonly TextWriter log;
    private ReconcileEngine engine;

    /// <summary>Puts the parts together.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="parts">What passes are made of.</param>
    /// <param name="settings">How the engine runs.</param>
    /// <param name="log">Where one line goes for each thing worth telling while it runs.</param>
    public ReconcileRun(Terminal terminal, ReconcileParts parts, EngineSettings settings, TextWriter log)
    {
        (this.terminal, this.parts, this.settings, board, metrics) = (terminal, parts, settings, parts.Board, parts.Metrics);
        this.log = TextWriter.Synchronized(log);
        watch = new(parts.Clusters.OfAsync, this.log);
        engine = EngineOf(Fence.None);
    }

    /// <summary>What runs beside it until it is stopped.</summary>
    public List<Func<CancellationToken, Task>> Beside { get; } = [];

    /// <summary>Runs passes of some units until each has come to rest.</summary>
    /// <param name="units">The units.</param>
    /// <param name="tell">Told how each is doing in the end.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The exit code: 0 where all are as Git says, 1 where something waits or is forbidden, 3 where something
    /// failed.</returns>
    public async Task<int> OnceAsync(
        ImmutableArray<Unit> units, Action<IReadOnlyList<UnitStatus>> tell, CancellationToken cancellation)
    {
        using var clock = new CancellationTokenSource(LongestRun, terminal.Clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, clock.Token);
        try
        {
            await parts.BrokenGlass.ReadAsync(end.Token);
            foreach (var unit in units) engine.Put(unit);
            await new Settling(engine, terminal.Clock, terminal.Error).RunAsync(units.Select(static unit => unit.Key), end.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync($"gitops-policy: after {LongestRun.TotalMinutes:0} minutes it is told how far it came; what is not done another run goes on with");
        }
        catch (StateChangedException e)
        {
            await terminal.Error.WriteLineAsync($"gitops-policy: {SafeText.OneLine(e.Message)}");
            return ExitCode.NoAnswer;
        }

        var statuses = board.Snapshot();
        tell(statuses);
        return statuses.Max(ExitOf);
    }

    /// <summary>Reconciles some units until it is told to stop.</summary>
    /// <param name="units">The units.</param>
    /// <param name="seen">Where people see how they are doing.</param>
    /// <param name="stop">Tells it to stop.</param>
    /// <exception cref="UsageException">A port is taken, or may not be used.</exception>
    public Task<int> AlwaysAsync(ImmutableArray<Unit> units, ReconcileViewSettings seen, StopSignal stop)
    {
        watch.Tell(engine);
        foreach (var unit in units) engine.Put(unit);
        return UntilAsync(engine.RunAsync, static () => true, seen, stop);
    }

    /// <summary>The units of files are others from now on.</summary>
    public void Change(ImmutableArray<Unit> before, ImmutableArray<Unit> now)
    {
        foreach (var gone in before.Select(static unit => unit.Key).Except(now.Select(static unit => unit.Key)))
        {
            engine.Remove(gone);
            log.WriteLine($"{gone}: gone: its objects stay as they are, and nobody reconciles them");
        }

        foreach (var unit in now) engine.Put(unit);
    }

    /// <summary>Reconciles the units of the cluster until it is told to stop.</summary>
    /// <param name="choice">Which of them, and what this process has to hold for it.</param>
    /// <param name="seen">Where people see how they are doing.</param>
    /// <param name="stop">Tells it to stop.</param>
    /// <exception cref="UsageException">A port is taken, or may not be used.</exception>
    public Task<int> ClusterAsync(
        (UnitChoice Units, Func<KubernetesClient, LeaseRecord>? Lease) choice, ReconcileViewSettings seen, StopSignal stop)
    {
        var home = parts.Clusters.Home;
        var duty = new ClusterDuty(home, choice.Units, board, log)
        {
            Lease = choice.Lease?.Invoke(parts.Clusters.Office),
            EngineOf = (fence, listener) => engine = Watched(EngineOf(fence, listener)),
        };
        var events = new ClusterEvents(home, "gitops-policy.dev/reconciler", OwnProcess.Name(terminal));
        return UntilAsync(
            duty.RunAsync, () => duty.Leads, seen with { Tells = duty.Has, Events = new(events, duty.ReferenceTo) }, stop);
    }

    private ReconcileEngine EngineOf(Fence fence, params ReadOnlySpan<IPassListener> listeners) =>
        new(parts.ServicesOf(fence) with { CacheOf = watch.CacheOf }, board, settings, log)
        {
            Listeners = [watch, .. listeners],
            Metrics = metrics,
        };

    private ReconcileEngine Watched(ReconcileEngine told)
    {
        watch.Tell(told);
        return told;
    }

    private async Task<int> UntilAsync(
        Func<CancellationToken, Task> run, Func<bool> leads, ReconcileViewSettings seen, StopSignal stop)
    {
        metrics.Observe(new(() => engine.Due, leads, () => parts.Rules.Digest));
        await using var views = await ReconcileViews.StartAsync(
            seen with { Notice = Notice }, board, metrics, () => parts.Rules, terminal);
        parts.InForce.Changed += (_, _) => engine.TouchAll();
        using var end = new CancellationTokenSource();
        var beside = Task.WhenAll([.. Beside.Append(parts.BrokenGlass.RunAsync).Select(task => task(end.Token))]);
        var running = WorkAsync(run, end.Token);
        await Task.WhenAny(stop.Asked, running);
        await end.CancelAsync();
        await Task.WhenAll(running, beside);
        return ExitCode.Passed;
    }

    private string? Notice() =>
        parts.InForce.Trouble is { } trouble ? $"Newer rules {trouble}. The last good ones are in force." : null;

    // What somebody does by hand with leave to must not be put back before anybody has heard of the leave.
    private async Task WorkAsync(Func<CancellationToken, Task> run, CancellationToken end)
    {
        try
        {
            await parts.BrokenGlass.Known.WaitAsync(end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return;
        }

        await run(end);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        watch.Dispose();
    }

    private static int ExitOf(UnitStatus status) => status.Phase switch
    {
        UnitPhase.Synced => ExitCode.Passed,
        UnitPhase.Failed => ExitCode.NoAnswer,
        _ => ExitCode.Failed,
    };
}
