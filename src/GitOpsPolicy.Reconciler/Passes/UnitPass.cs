using System.Collections.Immutable;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Live;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>
/// One pass of one unit: ask Git, render, read what lives, judge, plan, write ahead what will be, write, delete, and keep what
/// was found out. It can be cut off between any two steps: the next pass finds out from the cluster how far it came. A pass that
/// finds nothing to do writes nothing.
/// </summary>
/// <param name="services">What passes need.</param>
public sealed class UnitPass(PassServices services)
{
    private readonly MarkedObjects marked = new(services.Time);
    private readonly PassRevision revision = new(services);
    private readonly PassJudgement judgement = new(services);

    /// <summary>The folder of a unit's repository that acknowledgements are read from.</summary>
    public const string FolderOfAcknowledgements = "acknowledgements";

    /// <summary>Runs it. What goes wrong is in the status.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="memory">What this process remembers of it.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    /// <exception cref="FencedOffException">Another process leads.</exception>
    /// <exception cref="StateChangedException">Another process has written the unit's state.</exception>
    public async Task<PassResult> RunAsync(Unit unit, UnitMemory memory, CancellationToken cancellation)
    {
        var began = services.Time.GetUtcNow();
        At(unit, PassPoint.Begun);
        try
        {
            return await RunAsync(new PassFacts(unit, memory, began), cancellation);
        }
        catch (KubernetesException e)
        {
            return Failed(unit, memory, began, e.Failure.ToString());
        }
        catch (UnreadableStateException e)
        {
            return Failed(unit, memory, began, e.Message);
        }
        catch (Exception e) when (e is StateChangedException or FencedOffException)
        {
            memory.State = null;
            throw;
        }
        finally
        {
            At(unit, PassPoint.Ended);
        }
    }

    /// <summary>
    /// Finds out what a pass would do, and does nothing of it: neither the cluster nor what is kept is written to.
    /// </summary>
    /// <param name="unit">The unit, of Kubernetes objects.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="KubernetesException">The cluster does not answer.</exception>
    /// <exception cref="UnreadableStateException">What is kept of the unit cannot be read.</exception>
    internal async Task<PassFacts> LookAsync(Unit unit, CancellationToken cancellation)
    {
        var facts = new PassFacts(unit, new(services.Time), services.Time.GetUtcNow());
        var state = facts.Memory.State = await services.Store.ReadAsync(unit.Key, cancellation);
        if (await revision.AskAsync(facts, state, cancellation) is not { } commit) return facts;
        facts.Objects = await ReadObjectsAsync(facts, state, await services.ClusterOf(unit, cancellation), commit, cancellation);
        judgement.Judge(facts, state);
        return facts;
    }

    private async Task<PassResult> RunAsync(PassFacts facts, CancellationToken cancellation)
    {
        var (unit, memory) = (facts.Unit, facts.Memory);
        var state = memory.State ??= await services.Store.ReadAsync(unit.Key, cancellation);
        At(unit, PassPoint.StateRead);
        if (unit.Terraform is not null)
            return await (services.Terraform ?? throw new InvalidOperationException("This host runs no Terraform.")).RunAsync(
                unit, memory, cancellation);
        return await revision.AskAsync(facts, state, cancellation) is { } commit
            ? await ActAsync(facts, state, commit, cancellation)
            : await EndAsync(facts, state, cancellation);
    }

    private async Task<PassResult> ActAsync(PassFacts facts, UnitState state, string commit, CancellationToken cancellation)
    {
        var (unit, rendered) = (facts.Unit, facts.Rendered!);
        if (rendered.Objects.IsEmpty && !state.Inventory.Entries.IsEmpty)
        {
            facts.Guard = new(
                "guard",
                $"nothing is rendered any more, and the unit has {Counted.Of(state.Inventory.Entries.Count, "object")}: a path that moved or a generator that found nothing is more likely than the wish to delete them all, so nothing is touched; if it is meant, leave one object in Git, and the others are asked about");
            return await EndAsync(facts, state, cancellation);
        }

        var client = await services.ClusterOf(unit, cancellation);
        if (state.IsNew) state = facts.Memory.State = await FindAgainAsync(facts, state, client, cancellation);
        facts.Objects = await ReadObjectsAsync(facts, state, client, commit, cancellation);
        At(unit, PassPoint.LiveRead);
        var applier = new Applier(client, services.Fence, services.CacheOf(client));
        var notes = facts.Notes.Count;
        judgement.Judge(facts, state);
        if (await LearnAsync(facts, applier, cancellation))
        {
            facts.Notes.RemoveRange(notes, facts.Notes.Count - notes);
            judgement.Judge(facts, state);
        }

        At(unit, PassPoint.Planned);
        facts.Rehearsal = new(facts, applier);
        if (!await facts.Rehearsal.AskAsync(facts.Plan!.Writes, cancellation)) facts.Plan = facts.Plan.WithoutGits();
        var inventory = await AnnounceAsync(facts, state, cancellation);
        var execution = new Execution(unit, commit, applier, services.Watch, facts.Memory)
        {
            Inventory = inventory,
            Rehearsal = facts.Rehearsal,
            Wrote = services.Wrote,
        };
        facts.Execution = execution;
        await execution.RunAsync(facts.Plan, facts.Objects, cancellation);
        facts.Notes.AddRange(facts.Memory.AnswersTo(commit).Notes);
        // a commit of which nothing may be written yet cannot have failed, however long it waits
        if (facts.Plan is { IsRevisionHeld: false, Held.IsEmpty: true }) facts.Memory.BeginApplying(commit);
        facts.Failure = unit.Health.Waits ? Reversal.FailureOf(unit, execution) : null;
        if (facts.Failure is not null) facts.Good = await revision.RenderGoodAsync(facts, commit, cancellation);
        return await EndAsync(facts, facts.Memory.State!, cancellation);
    }

    // Drift that putting back would not change is the cluster's own doing. True where something new was learnt.
    private static async Task<bool> LearnAsync(PassFacts facts, Applier applier, CancellationToken cancellation)
    {
        var hasLearnt = false;
        foreach (var (step, digest) in facts.Plan!.Questions)
        {
            var key = PassObject.KeyOf(step.Object.Id);
            if (facts.Memory.ChangesNothing(key, digest) is not null) continue;
            var changesNothing = await applier.ChangesNothingAsync(step, facts.Unit, cancellation);
            facts.Memory.Learn(key, digest, changesNothing);
            hasLearnt |= changesNothing;
        }

        return hasLearnt;
    }

    // What was kept may have been lost: objects that bear the unit's marks are its own, and those that left Git are told.
    private async Task<UnitState> FindAgainAsync(
        PassFacts facts, UnitState state, KubernetesClient client, CancellationToken cancellation)
    {
        var (inventory, git) = (state.Inventory, facts.Rendered!.Objects.Select(static manifest => manifest.Id).ToList());
        foreach (var one in await marked.OfAsync(client, facts.Unit, git, cancellation))
            inventory = inventory.With(new(one.Id, one.Uid, "", ""));
        return state with { Inventory = inventory };
    }

    private async Task<List<PassObject>> ReadObjectsAsync(
        PassFacts facts, UnitState state, KubernetesClient client, string commit, CancellationToken cancellation)
    {
        var desired = facts.Rendered!.Objects;
        var objects = new PassObjects(facts.Unit.Key, commit, state.Inventory);
        var earlier = new Dictionary<string, ImmutableArray<Manifest>>(StringComparer.Ordinal);
        foreach (var before in objects.EarlierCommits(desired))
            if (await revision.RenderAsync(facts, before, cancellation) is { Trouble: null } rendered)
                earlier[before] = rendered.Objects;
        var wanted = desired.Select(static manifest => PassObject.KeyOf(manifest.Id)).ToHashSet(StringComparer.Ordinal);
        var reader = new LiveReader(
            client, facts.Memory.MayReadCache(facts.Unit.Drift.Interval) ? services.CacheOf(client) : null)
        {
            Unit = facts.Unit.Key,
        };
        return objects.Combine(
            facts.Rendered, earlier,
            await reader.ReadAsync(objects.IdsWith(desired), id => wanted.Contains(PassObject.KeyOf(id)), cancellation));
    }

    private async Task<Inventory> AnnounceAsync(PassFacts facts, UnitState state, CancellationToken cancellation)
    {
        var plan = facts.Plan!;
        var inventory = state.Inventory.Announcing(plan.Writes.Select(static step => step.Object.Desired!.Id));
        // One that is made anew gets another uid: with the old one, the next process would take it for somebody else's where this
        // one is cut off.
        foreach (var step in plan.Writes.Where(static step => step.Object.Live is null))
            if (inventory.Find(step.Object.Id) is { IsAnnounced: false } entry)
                inventory = inventory.With(entry with { Uid = "" });
        foreach (var step in plan.Prunes.Where(static step => step.IsAgreedTo))
            if (inventory.Find(step.Object.Id) is { IsConfirmed: false } entry)
                inventory = inventory.With(entry with { IsConfirmed = true });
        if (ReferenceEquals(inventory.Entries, state.Inventory.Entries))
        {
            // What this process remembers may have been taken away or written by another since; nothing is deleted, and nothing
            // made, on the strength of that.
            if (!plan.Prunes.IsEmpty || plan.Writes.Any(static step => step.Object.Live is null))
                await services.Store.AssureAsync(facts.Unit.Key, state, cancellation);
            return inventory;
        }

        services.Fence.Pass();
        At(facts.Unit, PassPoint.InventoryAnnouncing);
        facts.Memory.State = await services.Store.WriteAsync(
            facts.Unit.Key, inventory, state.Status, state.Version, cancellation);
        At(facts.Unit, PassPoint.InventoryAnnounced);
        return inventory;
    }

    private async Task<PassResult> EndAsync(PassFacts facts, UnitState state, CancellationToken cancellation)
    {
        var outcome = PassOutcome.Of(facts, state, services.Time.GetUtcNow());
        facts.Memory.Last = outcome.Status;
        if (outcome.IsWorthKeeping)
        {
            services.Fence.Pass();
            At(facts.Unit, PassPoint.StateWriting);
            facts.Memory.State = await services.Store.WriteAsync(
                facts.Unit.Key, outcome.Inventory, outcome.Status, state.Version, cancellation);
            At(facts.Unit, PassPoint.StateWritten);
        }

        return new(outcome.Status, facts.Execution?.Writes ?? 0, outcome.Again)
        {
            IsPassingFailure = outcome.IsPassingFailure,
            IsWaitingForOthers = facts.Target.Waits is not null,
            Kinds = [.. outcome.Inventory.Entries.Values
                .Select(static entry => (entry.Id.Group, entry.Id.Kind, entry.Id.Namespace))
                .Distinct()],
        };
    }

    private static PassResult Failed(Unit unit, UnitMemory memory, DateTimeOffset began, string why)
    {
        var before = memory.State?.Status ?? memory.Last ?? new UnitStatus { Unit = unit.Key };
        memory.State = null; // it is read anew
        return new(
            before with
            {
                LastSuccess = UnitStatus.Later(before.LastSuccess, memory.Last?.LastSuccess),
                Phase = UnitPhase.Failed,
                Message = SafeText.OneLine(why),
                LastAttempt = began,
                Source = Sources.GitAddress.Show(unit.Source.Url),
            }, 0, null)
        {
            IsPassingFailure = true,
        };
    }

    private void At(Unit unit, PassPoint point) => services.Watch.At(unit.Key, point);
}
