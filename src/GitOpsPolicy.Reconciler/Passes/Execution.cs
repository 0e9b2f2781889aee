using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Health;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Planning;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>An object that is not settled.</summary>
/// <param name="Id">Which.</param>
/// <param name="Health">How it is.</param>
/// <param name="Lasts">For how long it has not been.</param>
internal sealed record UnsettledObject(KubernetesId Id, ObjectHealth Health, TimeSpan Lasts);

/// <summary>An object that was to be written or deleted, and was not.</summary>
/// <param name="Id">Which.</param>
/// <param name="Outcome">Why.</param>
/// <param name="Location">Where Git says it; null where Git does not.</param>
internal sealed record FailedWrite(KubernetesId Id, WriteOutcome Outcome, SourceLocation? Location = null)
{
    /// <summary>Git wanted it: it does not only put back what Git has said before.</summary>
    public bool IsGits { get; init; }

    /// <summary>What it would have been.</summary>
    public string Operation { get; init; } = "delete";

    /// <summary>That of a step that writes.</summary>
    public static FailedWrite Of(PlanStep step, WriteOutcome outcome) => new(
        step.Object.Id, outcome,
        step.Object.Desired is { } desired ? FieldPlace.Of(desired.Object, (outcome as WriteOutcome.Failed)?.Answer) : null)
    {
        IsGits = step.IsGits,
        Operation = step.Object.Live is null ? "create" : "update",
    };
}

/// <summary>
/// Carries a plan out: wave after wave, each only when the one before is ready, deletions last. It stops where something is not
/// as it should be, and the next pass goes on from there: nothing of how far it came is kept but what the cluster itself shows.
/// </summary>
internal sealed class Execution(Unit unit, string commit, Applier applier, IPassWatch watch, UnitMemory memory)
{
    private readonly List<FailedWrite> failures = [];
    private readonly List<UnsettledObject> unsettled = [];
    private readonly List<DriftEntry> corrected = [];
    private readonly Dictionary<string, MappingNode> latest = new(StringComparer.Ordinal);

    /// <summary>What the unit has written, as far as it came.</summary>
    public required Inventory Inventory { get; set; }

    /// <summary>Writes and deletions that did not come about.</summary>
    public IReadOnlyList<FailedWrite> Failures => failures;

    /// <summary>Asks before what could not be asked about at first.</summary>
    public required Rehearsal Rehearsal { get; init; }

    /// <summary>Told of each request that was to change something; null for nobody.</summary>
    public Action<string, WriteOutcome>? Wrote { get; init; }

    /// <summary>Objects that are not ready.</summary>
    public IReadOnlyList<UnsettledObject> Unsettled => unsettled;

    /// <summary>Objects made, changed, brought back and deleted.</summary>
    public (int Created, int Updated, int Corrected, int Pruned) Counts { get; private set; }

    /// <summary>The drift that was brought back.</summary>
    public IReadOnlyList<DriftEntry> Corrected => corrected;

    /// <summary>Every wave was written, and is ready where the unit waits for that.</summary>
    public bool IsWritten { get; private set; }

    /// <summary>Requests that may have changed something.</summary>
    public int Writes { get; private set; }

    /// <summary>Carries it out.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="objects">Everything that Git says, with what lives.</param>
    /// <param name="cancellation">Ends it between two writes.</param>
    public async Task RunAsync(Plan plan, IReadOnlyList<PassObject> objects, CancellationToken cancellation)
    {
        var byWave = plan.Writes.ToLookup(static step => step.Wave);
        foreach (var wave in objects.Where(static one => one.Desired is not null)
            .GroupBy(static one => WaveOrder.Of(one.Desired!))
            .OrderBy(static wave => wave.Key))
        {
            if (byWave.Contains(wave.Key)
                && !await Rehearsal.AskAsync([.. plan.Writes.Where(step => step.Wave >= wave.Key)], cancellation))
                return;
            foreach (var step in byWave[wave.Key]) await WriteAsync(step, cancellation);
            if (failures.Exists(static one => one.Outcome is WriteOutcome.Failed or WriteOutcome.Changed)) return;
            watch.At(unit.Key, PassPoint.WaveWritten, $"{wave.Key.Number}.{wave.Key.Stage}");
            var isReady = LookAfter(wave);
            // what is going is made anew before anything goes on
            if (!isReady && (unit.Health.Waits || wave.Any(static one => one.IsGoing))) return;
            watch.At(unit.Key, PassPoint.WaveReady, $"{wave.Key.Number}.{wave.Key.Stage}");
        }

        IsWritten = true;
        if (failures.Count > 0) return; // what takes the place of something that goes may be what could not be written
        foreach (var step in plan.Prunes)
        {
            // what the cluster refuses to delete would go with its definition or its namespace, and nobody asked
            if (failures.Count > 0 && WaveOrder.IsFoundation(step.Object.Id)) return;
            await PruneAsync(step, cancellation);
        }
    }

    private async Task WriteAsync(PlanStep step, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        watch.At(unit.Key, PassPoint.Writing, step.Object.Id.ToString());
        Writes++;
        var outcome = await applier.WriteAsync(step, unit, cancellation);
        Wrote?.Invoke(Enum.GetName(step.Kind)!.ToLowerInvariant(), outcome);
        if (outcome is not WriteOutcome.Done done)
        {
            failures.Add(FailedWrite.Of(step, outcome));
            return;
        }

        var key = PassObject.KeyOf(step.Object.Id);
        latest[key] = done.Object;
        memory.Wrote(key, done.Object.Text("metadata", "resourceVersion") ?? "");
        if (step.Kind == StepKind.Correct) memory.Corrected(key);
        if (step.Drift is { } drift) corrected.Add(drift);
        var desired = step.Object.Desired!;
        Inventory = Inventory.With(new(
            desired.Id, done.Object.Text("metadata", "uid") ?? "", DesiredDigest.Of(desired),
            step.IsGits ? commit : Inventory.Find(desired.Id)?.Revision ?? commit));
        Counts = step.Kind switch
        {
            StepKind.Create => Counts with { Created = Counts.Created + 1 },
            StepKind.Update => Counts with { Updated = Counts.Updated + 1 },
            _ => Counts with { Corrected = Counts.Corrected + 1 },
        };
        watch.At(unit.Key, PassPoint.Written, step.Object.Id.ToString());
    }

    private bool LookAfter(IEnumerable<PassObject> wave)
    {
        var isReady = true;
        foreach (var one in wave)
        {
            var key = PassObject.KeyOf(one.Id);
            if ((latest.GetValueOrDefault(key) ?? one.Live) is not { } live) continue;
            var health = HealthRules.Of(live);
            if (health.IsSettled(memory.SinceWritten(key)))
            {
                memory.Settled(key);
                continue;
            }

            unsettled.Add(new(one.Id, health, memory.Unsettled(key)));
            isReady = false;
        }

        return isReady;
    }

    private async Task PruneAsync(PruneStep step, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        watch.At(unit.Key, PassPoint.Pruning, step.Object.Id.ToString());
        Writes++;
        var outcome = await applier.DeleteAsync(step.Object, cancellation);
        Wrote?.Invoke("prune", outcome);
        if (outcome is not WriteOutcome.Deleted deleted)
        {
            failures.Add(new(step.Object.Id, outcome));
            return;
        }

        if (deleted.IsGone) Inventory = Inventory.Without(step.Object.Id);
        Counts = Counts with { Pruned = Counts.Pruned + 1 };
        watch.At(unit.Key, PassPoint.Pruned, step.Object.Id.ToString());
    }
}
