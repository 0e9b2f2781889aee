using System.Collections.Concurrent;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Metrics;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Running;

/// <summary>What the engine tells others after each pass.</summary>
public interface IPassListener
{
    /// <summary>A pass has ended.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="cancellation">Ends what is done about it.</param>
    Task EndedAsync(Unit unit, PassResult result, CancellationToken cancellation);
}

/// <summary>How the engine runs.</summary>
public sealed record EngineSettings
{
    /// <summary>Passes at a time.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>
    /// The wait after a first failure that may pass by itself, doubled with each more. Half of it is chance, and no object is
    /// tried twice within a second.
    /// </summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest such wait.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The longest one for a cluster, which is asked at a pace of its own and has to be as Git says soon after it is well again.
    /// </summary>
    public TimeSpan MaxClusterDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>After a change in the cluster, for others that come with it.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Chance for the random share of waits: numbers from 0 to 1.</summary>
    public Func<double> Chance { get; init; } = Random.Shared.NextDouble;
}

/// <summary>
/// Runs passes: each unit's own as often as it wants, and whenever something of it changes in the cluster; one at a time of a
/// unit, a few at a time in all. What fails waits longer each time.
/// </summary>
/// <param name="services">What passes need.</param>
/// <param name="board">Where statuses go.</param>
/// <param name="settings">How it runs.</param>
/// <param name="log">Where one line goes for each thing worth telling.</param>
public sealed class ReconcileEngine(PassServices services, StatusBoard board, EngineSettings settings, TextWriter log)
{
    private readonly UnitPass passes = new(services with { StatusOf = board.Find });
    private readonly DelayQueue<UnitKey> queue = new(services.Time);
    private readonly ConcurrentDictionary<UnitKey, Runtime> units = new();

    /// <summary>Told after each pass; empty for nobody.</summary>
    public IReadOnlyList<IPassListener> Listeners { get; init; } = [];

    /// <summary>Figures; null to keep none.</summary>
    public ReconcileMetrics? Metrics { get; init; }

    /// <summary>Units whose time for a pass has come.</summary>
    public int Due => queue.Due;

    /// <summary>Takes a unit in, or its newer form; a pass follows at once.</summary>
    public void Put(Unit unit)
    {
        units.AddOrUpdate(unit.Key, _ => new(unit, new(services.Time)), (_, known) => known.With(unit));
        queue.Add(unit.Key, TimeSpan.Zero);
    }

    /// <summary>Lets a unit go: nothing is written to its objects any more, and nothing of it is deleted.</summary>
    public void Remove(UnitKey unit)
    {
        units.TryRemove(unit, out _);
        queue.Remove(unit);
        board.Remove(unit);
    }

    /// <summary>Something of a unit changed in the cluster.</summary>
    public void Touch(UnitKey unit)
    {
        if (units.ContainsKey(unit)) queue.Add(unit, settings.Settle);
    }

    /// <summary>Nobody knows what changed in the cluster.</summary>
    public void TouchAll()
    {
        foreach (var unit in units.Keys) queue.Add(unit, settings.Settle);
    }

    /// <summary>An object is as this process wrote it, so that hearing of it is no news.</summary>
    internal bool IsOwnWrite(UnitKey unit, string key, string version) =>
        units.TryGetValue(unit, out var runtime) && runtime.Memory.IsOwnWrite(key, version);

    /// <summary>Runs until it is told to stop, or another process leads.</summary>
    /// <exception cref="FencedOffException">Another process leads.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var workers = Enumerable.Range(0, settings.Workers).Select(_ => WorkAsync(end)).ToArray();
        await Task.WhenAll(workers);
    }

    /// <summary>Runs one pass of one unit now.</summary>
    public async Task<PassResult?> RunOnceAsync(UnitKey key, CancellationToken cancellation)
    {
        if (!units.TryGetValue(key, out var runtime)) return null;
        var began = services.Time.GetTimestamp();
        var result = WaitsFor(runtime.Unit) is { } reason
            ? new PassResult(
                (board.Find(key) ?? new UnitStatus { Unit = key }) with { Phase = UnitPhase.Progressing, Message = reason }, 0,
                TimeSpan.FromSeconds(2))
            {
                IsWaitingForOthers = true,
            }
            : await passes.RunAsync(runtime.Unit, runtime.Memory, cancellation);
        Metrics?.PassEnded(result.Status.Phase, services.Time.GetElapsedTime(began));
        if (!units.TryGetValue(key, out var now) || now != runtime) return result;   // it was let go meanwhile
        Tell(board.Find(key), result.Status);
        board.Put(result.Status);
        foreach (var listener in Listeners) await listener.EndedAsync(runtime.Unit, result, cancellation);
        return result;
    }

    private async Task WorkAsync(CancellationTokenSource end)
    {
        try
        {
            while (true)
            {
                var key = await queue.TakeAsync(end.Token);
                await WorkAsync(key, end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // That is how it ends.
        }
        catch (FencedOffException)
        {
            await end.CancelAsync();
            throw;
        }
    }

    private async Task WorkAsync(UnitKey key, CancellationToken cancellation)
    {
        if (!units.TryGetValue(key, out var runtime)) return;
        if (!runtime.TryBegin())
        {
            queue.Add(key, settings.Settle);
            return;
        }

        try
        {
            var result = await RunOnceAsync(key, cancellation);
            if (result is not null) queue.Add(key, DelayAfter(runtime, result));
        }
        catch (Exception e) when (e is not (StateChangedException or FencedOffException or OperationCanceledException))
        {
            await MistakeAsync(runtime, e);
        }
        catch (StateChangedException e)
        {
            await log.WriteLineAsync($"reconcile: {key}: {SafeText.OneLine(e.Message)}");
            queue.Add(key, Backoff(++runtime.Failures, settings.MaxDelay));
        }
        finally
        {
            runtime.End();
        }
    }

    // The one unit fails, and is tried again later and later; a mistake of ours in it must not stop the others.
    private async Task MistakeAsync(Runtime runtime, Exception e)
    {
        var key = runtime.Unit.Key;
        var message = SafeText.OneLine($"the pass broke off, which is a mistake in the engine: {e.GetType().Name}: {e.Message}");
        var status = (board.Find(key) ?? new UnitStatus { Unit = key }) with { Phase = UnitPhase.Failed, Message = message };
        runtime.Memory.State = null;
        board.Put(status);
        await log.WriteLineAsync($"reconcile: {key}: {message}");
        queue.Add(key, Backoff(++runtime.Failures, settings.MaxDelay));
    }

    private TimeSpan DelayAfter(Runtime runtime, PassResult result)
    {
        if (result.IsPassingFailure)
            return Backoff(
                ++runtime.Failures,
                result.Status.Trouble is null && runtime.Unit.Terraform is null ? settings.MaxClusterDelay : settings.MaxDelay);
        runtime.Failures = 0;
        var usual = runtime.Unit.Source.Interval < runtime.Unit.Drift.Interval
            ? runtime.Unit.Source.Interval
            : runtime.Unit.Drift.Interval;
        return result.Again is { } soon && soon < usual ? soon : usual;
    }

    private TimeSpan Backoff(int failures, TimeSpan longest)
    {
        var full = settings.FirstDelay * Math.Pow(2, Math.Min(failures - 1, 16));
        return (full < longest ? full : longest) * (0.5 + (0.5 * settings.Chance()));
    }

    // A unit that is not known may yet come; one that waits for itself never will.
    private string? WaitsFor(Unit unit)
    {
        foreach (var other in unit.DependsOn)
        {
            if (LeadsBack(other, unit.Key, []))
                return $"it waits for {other}, which waits for it: take one of the two out of `dependsOn`";
            if (board.Find(other) is not { Phase: UnitPhase.Synced })
                return $"it waits for {other}, which is {(board.Find(other) is { } status ? UnitPhases.Word(status.Phase) : "not there")}";
        }

        return null;
    }

    private bool LeadsBack(UnitKey from, UnitKey to, HashSet<UnitKey> seen) =>
        from == to
            || (seen.Add(from)
                && units.TryGetValue(from, out var runtime)
                && runtime.Unit.DependsOn.Any(next => LeadsBack(next, to, seen)));

    private void Tell(UnitStatus? before, UnitStatus now)
    {
        if (before is null || before.Phase != now.Phase || before.Message != now.Message)
            log.WriteLine($"{now.Unit}: {UnitPhases.Word(now.Phase)}: {SafeText.OneLine(now.Message)}");
    }

    private sealed class Runtime(Unit unit, UnitMemory memory)
    {
        private int busy;

        public Unit Unit { get; private set; } = unit;

        public UnitMemory Memory { get; } = memory;

        public int Failures { get; set; }

        public Runtime With(Unit newer)
        {
            if (newer.Source.Path != Unit.Source.Path || newer.Source.Url != Unit.Source.Url || newer.Render != Unit.Render)
                Memory.Shrink();
            Unit = newer;
            return this;
        }

        public bool TryBegin() => Interlocked.CompareExchange(ref busy, 1, 0) == 0;

        public void End() => Volatile.Write(ref busy, 0);
    }
}
