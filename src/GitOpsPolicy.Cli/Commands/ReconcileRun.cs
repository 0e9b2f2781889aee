using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Metrics;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Running;
using GitOpsPolicy.Reconciler.Sources;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Terraform;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>One run of <c>reconcile</c>: the parts put together, and an exit code.</summary>
internal sealed class ReconcileRun : IDisposable
{
    // What takes longer than this is told as it is; a daemon would go on waiting.
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(30);

    private readonly Terminal terminal;
    private readonly Clusters clusters;
    private readonly GitMirror mirror;
    private readonly StatusBoard board = new();
    private readonly ClusterWatch watch;
    private readonly ReconcileEngine engine;
    private readonly ReconcileMetrics metrics;
    private readonly RuleSet rules;

    /// <summary>Puts the parts together.</summary>
    public ReconcileRun(Terminal terminal, ClusterConnection connection, RuleSet rules, GitSettings settings)
    {
        this.terminal = terminal;
        this.rules = rules;
        metrics = new(board, terminal.Clock);
        clusters = new(connection, new() { Time = terminal.Clock, Waiting = metrics.Waits });
        mirror = new(settings, terminal.Clock);
        var secrets = new UnitSecrets(clusters.Home);
        var desired = new GitDesiredState(mirror, secrets.CredentialsOfAsync, secrets.DecryptionOfAsync, ScopesOfAsync, terminal.Clock);
        var store = new StateStore(clusters.Home);
        var terraform = new TerraformHost
        {
            CacheFolder = settings.CacheFolder,
            Rules = () => rules,
            Time = terminal.Clock,
            SaveAsync = static (_, _) => Task.CompletedTask,
            CliConfigFile = terminal.Variable("TF_CLI_CONFIG_FILE"),
        };
        var services = new PassServices
        {
            Desired = desired,
            ClusterOf = (unit, _) => Task.FromResult(clusters.Of(unit)),
            Store = store,
            Rules = () => rules,
            Time = terminal.Clock,
            Wrote = metrics.Wrote,
            Terraform = new(desired, store, Fence.None, secrets.EnvironmentOfAsync, terraform),
        };
        var log = TextWriter.Synchronized(terminal.Error);
        watch = new(services.ClusterOf, log);
        engine = new(services with { CacheOf = watch.CacheOf }, board, new(), log) { Listeners = [watch], Metrics = metrics };
        metrics.Observe(new(() => engine.Due, static () => true, () => rules.Digest));
    }

    /// <summary>Runs passes of some units until each has come to rest.</summary>
    /// <returns>The exit code: 0 where all are as Git says, 1 where something waits or is forbidden, 3 where something failed.</returns>
    public async Task<int> OnceAsync(ImmutableArray<Unit> units, CancellationToken cancellation)
    {
        if (units.IsEmpty) throw new UsageException("`--once` needs units: name their files with `--unit`");
        using var clock = new CancellationTokenSource(LongestRun, terminal.Clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, clock.Token);
        try
        {
            foreach (var unit in units) engine.Put(unit);
            foreach (var unit in units) await SettleAsync(unit, end.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }

        foreach (var status in board.Snapshot()) Show(status);
        return board.Snapshot().Max(ExitOf);
    }

    /// <summary>Runs until it is told to stop.</summary>
    /// <param name="units">The units.</param>
    /// <param name="settings">Where people see how they are doing.</param>
    /// <param name="stop">Tells it to stop.</param>
    /// <exception cref="UsageException">A port is taken, or may not be used.</exception>
    public async Task<int> AlwaysAsync(ImmutableArray<Unit> units, ReconcileViewSettings settings, StopSignal stop)
    {
        await using var views = await ReconcileViews.StartAsync(settings, board, metrics, () => rules, terminal);
        using var end = new CancellationTokenSource();
        watch.Tell(engine);
        foreach (var unit in units) engine.Put(unit);
        var running = engine.RunAsync(end.Token);
        await Task.WhenAny(stop.Asked, running);
        await end.CancelAsync();
        await running;
        return ExitCode.Passed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        metrics.Dispose();
        watch.Dispose();
        clusters.Dispose();
        mirror.Dispose();
    }

    private async Task SettleAsync(Unit unit, CancellationToken cancellation)
    {
        while (await engine.RunOnceAsync(unit.Key, cancellation) is { Again: { } pause, Status.Phase: not UnitPhase.Unhealthy }) await Task.Delay(pause, terminal.Clock, cancellation);
    }

    private void Show(UnitStatus status)
    {
        terminal.Out.WriteLine($"{status.Unit}: {UnitPhases.Word(status.Phase)}: {SafeText.OneLine(status.Message)}");
        foreach (var entry in status.Drift) terminal.Out.WriteLine($"  drift     {entry.Class,-8} {entry.Resource}: {SafeText.OneLine(entry.Message)}\n            {entry.Digest}");
        foreach (var one in status.Blocked) terminal.Out.WriteLine($"  blocked   {one.Rule}: {SafeText.OneLine(one.Message)}");
        foreach (var one in status.Orphans) terminal.Out.WriteLine($"  orphan    {one.Resource}: {SafeText.OneLine(one.Message)}");
        foreach (var one in status.Unhealthy) terminal.Out.WriteLine($"  {one.State,-9} {one.Resource}: {SafeText.OneLine(one.Message)}");
        foreach (var one in status.Approvals) terminal.Out.WriteLine($"  waits     {one.Subject}: {SafeText.OneLine(one.Message)}\n            {one.Digest}");
    }

    private static int ExitOf(UnitStatus status) => status.Phase switch
    {
        UnitPhase.Synced => ExitCode.Passed,
        UnitPhase.Failed => ExitCode.NoAnswer,
        _ => ExitCode.Failed,
    };

    private async Task<Func<KubernetesId, bool?>> ScopesOfAsync(Unit unit, CancellationToken cancellation)
    {
        var catalog = await clusters.Of(unit).Discovery.GetAsync(cancellation);
        return id => (catalog.Find(id.Group, id.Kind, id.Version) ?? catalog.Find(id.Group, id.Kind))?.IsNamespaced;
    }
}
