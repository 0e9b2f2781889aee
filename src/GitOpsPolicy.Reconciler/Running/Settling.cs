using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Running;

/// <summary>
/// Runs passes of some units, in turn, until each has come to rest: it is as Git says, or waits for somebody, or has failed.
/// Units that only wait for others of which nothing more is to be hoped for are left as they are.
/// </summary>
/// <param name="engine">The engine that has the units.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where it is told what is waited for.</param>
public sealed class Settling(ReconcileEngine engine, TimeProvider time, TextWriter log)
{
    // Another process at work on the same unit is soon done, or will be all day.
    private const int MostCollisions = 5;

    private static readonly TimeSpan AfterCollision = TimeSpan.FromSeconds(1);

    // A kind that has only now been defined is served a moment later; what could not be read or fetched at all is not tried for
    // long.
    private const int MostFailures = 3;

    private readonly Dictionary<UnitKey, string> told = [];
    private readonly Dictionary<UnitKey, int> failures = [];
    private int collisions;

    /// <summary>Runs them.</summary>
    /// <exception cref="StateChangedException">Another process keeps writing the state of one of them.</exception>
    public async Task RunAsync(IEnumerable<UnitKey> units, CancellationToken cancellation)
    {
        var open = units.ToList();
        while (open.Count > 0)
        {
            var restless = new List<(UnitKey Unit, PassResult Result)>();
            foreach (var unit in open)
                if (await PassAsync(unit, cancellation) is { } result && IsRestless(unit, ref result))
                    restless.Add((unit, result));
            if (restless.Count == open.Count && restless.TrueForAll(static one => one.Result.IsWaitingForOthers)) return;
            open = [.. restless.Select(static one => one.Unit)];
            if (open.Count == 0) return;
            foreach (var (unit, result) in restless) Tell(unit, result.Status);
            await Task.Delay(restless.Min(static one => one.Result.Again!.Value), time, cancellation);
        }
    }

    private bool IsRestless(UnitKey unit, ref PassResult result)
    {
        if (result is not { IsPassingFailure: true, Writes: > 0 })
            return result is { Again: not null, Status.Phase: not UnitPhase.Unhealthy };
        var count = failures[unit] = failures.GetValueOrDefault(unit) + 1;
        result = result with { Again = TimeSpan.FromSeconds(count) };
        return count <= MostFailures;
    }

    private async Task<PassResult?> PassAsync(UnitKey unit, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await engine.RunOnceAsync(unit, cancellation);
            }
            catch (StateChangedException e) when (++collisions <= MostCollisions)
            {
                await log.WriteLineAsync($"{unit}: {SafeText.OneLine(e.Message)}; trying again");
                await Task.Delay(AfterCollision, time, cancellation);
            }
        }
    }

    private void Tell(UnitKey unit, UnitStatus status)
    {
        var line = $"{unit}: {UnitPhases.Word(status.Phase)}: {SafeText.OneLine(status.Message)}";
        if (told.GetValueOrDefault(unit) == line) return;
        told[unit] = line;
        log.WriteLine(line);
    }
}
