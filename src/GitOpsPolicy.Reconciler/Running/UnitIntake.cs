using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Running;

/// <summary>
/// Hands units of a cluster to the engine. One that cannot be understood is told so in its status and is let go, so that nothing
/// is written or deleted for it; one that is gone is let go as well, and its objects stay.
/// </summary>
/// <param name="engine">What reconciles them.</param>
/// <param name="board">Where statuses go that are about units which cannot be understood.</param>
/// <param name="statuses">Writes statuses beside the units.</param>
/// <param name="log">Where one line goes for each thing worth telling.</param>
public sealed class UnitIntake(ReconcileEngine engine, StatusBoard board, UnitStatusWriter statuses, TextWriter log)
{
    /// <summary>A unit stands so in the cluster.</summary>
    internal void Saw(MappingNode found) => statuses.Saw(found);

    /// <summary>What is wanted of a unit is new.</summary>
    internal async Task TakeAsync(UnitKey key, MappingNode found, CancellationToken stop)
    {
        var read = UnitReader.Read(found);
        if (read.TryGet(out var unit))
        {
            engine.Put(unit);
            return;
        }

        var before = board.Find(key);
        engine.Remove(key);
        var status = InvalidUnit.StatusOf(key, UnitResource.GenerationOf(found), read, before);
        board.Put(status);
        await log.WriteLineAsync($"{key}: {UnitPhases.Word(status.Phase)}: {status.Message}");
        await statuses.WriteAsync(status, isTriedAgain: false, stop);
    }

    /// <summary>A unit is gone, and another one of its name is there: nothing that was remembered counts.</summary>
    internal void Replaced(UnitKey key) => engine.Remove(key);

    /// <summary>A unit is gone.</summary>
    internal void Drop(UnitKey key)
    {
        engine.Remove(key);
        statuses.Forget(key);
        log.WriteLine($"{key}: gone: its objects stay as they are, and nobody reconciles them");
    }

    /// <summary>The cluster cannot be followed; what is known holds on.</summary>
    internal void Interrupted(ApiFailure failure) => log.WriteLine(failure is { IsNotFound: true, IsObjectMissing: false }
        ? $"reconcile: the cluster serves no {UnitResource.Type}: apply the folder `crds` of the chart"
        : $"reconcile: units cannot be followed: {SafeText.OneLine(failure.ToString())}");

    /// <summary>A unit is there that is no object one can read.</summary>
    internal void Unreadable(Problem problem) => log.WriteLine($"reconcile: {SafeText.OneLine(problem.ToString())}");
}
