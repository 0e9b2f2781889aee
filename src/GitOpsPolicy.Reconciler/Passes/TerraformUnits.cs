using System.Collections.Concurrent;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Terraform;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>
/// Runs passes of units of Terraform: the commit is chosen as for any unit, what is known of the unit is kept as for any.
/// </summary>
public sealed class TerraformUnits
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly IDesiredState desired;
    private readonly StateStore store;
    private readonly Fence fence;
    private readonly Func<Unit, CancellationToken, Task<Loaded<IReadOnlyDictionary<string, string>>>> environment;
    private readonly TerraformHost host;
    private readonly TerraformPass passes;
    private readonly ConcurrentDictionary<UnitKey, UnitMemory> running = new();

    /// <summary>Runs them at a host.</summary>
    /// <param name="desired">Where units are told what shall live.</param>
    /// <param name="store">Where states are kept.</param>
    /// <param name="fence">What is asked before each write.</param>
    /// <param name="environment">Reads what a unit's program is given in its environment.</param>
    /// <param name="host">How the program is run; what it saves goes to the store.</param>
    public TerraformUnits(
        IDesiredState desired, StateStore store, Fence fence,
        Func<Unit, CancellationToken, Task<Loaded<IReadOnlyDictionary<string, string>>>> environment, TerraformHost host)
    {
        (this.desired, this.store, this.fence, this.environment) = (desired, store, fence, environment);
        this.host = host with { SaveAsync = SaveAsync };
        passes = new(this.host);
    }

    /// <summary>Runs one pass.</summary>
    internal async Task<PassResult> RunAsync(Unit unit, UnitMemory memory, CancellationToken cancellation)
    {
        running[unit.Key] = memory;
        var (before, now, rules) = (memory.State!.Status, host.Time.GetUtcNow(), host.Rules());
        var target = PassTarget.Choose(
            unit, await desired.FetchAsync(unit, before?.Applied, cancellation), before, rules, now);
        var begun = new Begun(unit, before, Begin(unit, target, before, now), rules);
        var status = target is { Trouble: null, Approval: null, Commit: { } commit }
            ? await PassAsync(begun, commit, cancellation)
            : Waiting(target, begun);
        if (before is null || !UnitStatusJson.TellTheSame(status, before)) await KeepAsync(status, cancellation);
        return new(status, 0, null) { IsPassingFailure = status.Phase == UnitPhase.Failed };
    }

    /// <summary>A pass that has asked Git.</summary>
    /// <param name="Unit">The unit.</param>
    /// <param name="Before">What was known before; null for nothing.</param>
    /// <param name="Status">The same, with what is known of this pass already.</param>
    /// <param name="Rules">The rules that it goes by from its beginning to its end.</param>
    private sealed record Begun(Unit Unit, UnitStatus? Before, UnitStatus Status, RuleSet Rules);

    private async Task<UnitStatus> PassAsync(Begun begun, string commit, CancellationToken cancellation)
    {
        var unit = begun.Unit;
        var secrets = await environment(unit, cancellation);
        if (!secrets.TryGet(out var variables))
            return begun.Status with { Phase = UnitPhase.Failed, Message = $"{secrets.Problems[0].Message}" };
        if (!desired.Open(unit, commit).TryGet(out var tree))
            return begun.Status with
            {
                Phase = UnitPhase.Failed,
                Message = $"commit {PassTarget.Short(commit)} is not to be had any more",
            };
        using (tree)
        {
            using var applied = begun.Before?.Applied is { } earlier
                    && earlier != commit
                    && desired.Open(unit, earlier).TryGet(out var known)
                ? known
                : null;
            fence.Pass();
            return await passes.RunAsync(
                new()
                {
                    Unit = unit,
                    Rules = begun.Rules,
                    Tree = tree,
                    Applied = applied,
                    Before = begun.Before,
                    Secrets = variables,
                    Paused = begun.Status.Paused,
                }, cancellation);
        }
    }

    private UnitStatus Begin(Unit unit, PassTarget target, UnitStatus? before, DateTimeOffset now) =>
        (before ?? new UnitStatus { Unit = unit.Key }) with
        {
            ObservedGeneration = unit.Generation,
            Source = Sources.GitAddress.Show(unit.Source.Url),
            Ref = unit.Source.Ref,
            Environment = unit.Environment,
            Attempted = target.Fetched ?? before?.Attempted,
            LastAttempt = now,
            Paused = PauseOf(unit),
            Trouble = null,
        };

    // What a unit of Terraform makes lies in no namespace: leave is given for the unit, which does.
    private Pause? PauseOf(Unit unit)
    {
        var now = host.Time.GetUtcNow();
        var itself = new KubernetesId(
            UnitResource.Type.Group, UnitResource.Type.Version, UnitResource.Type.Kind, unit.Key.Namespace, unit.Key.Name);
        var grant = host.BrokenGlass(now).FirstOrDefault(grant => grant.CoversObject(itself));
        return Pause.Of(unit, now) ?? (grant is null ? null : Pause.Of(grant));
    }

    private static UnitStatus Waiting(PassTarget target, Begun begun)
    {
        if (target.Approval is { } approval)
            return begun.Status with { Phase = UnitPhase.Held, Message = approval.Message, Approvals = [approval] };
        var trouble = target.Trouble!;
        var since = begun.Before?.Trouble is { } earlier && earlier.Stage == trouble.Stage
            ? earlier.Since
            : begun.Status.LastAttempt!.Value;
        return begun.Status with
        {
            Phase = UnitPhase.Failed,
            Message = $"{trouble.Stage}: {trouble.Message}",
            Trouble = new(trouble.Stage, trouble.Message, since),
        };
    }

    // What was applied is told, though the engine was told to stop meanwhile.
    private async Task KeepAsync(UnitStatus status, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, host.Time);
        await SaveAsync(status, cancellation.IsCancellationRequested ? patience.Token : cancellation);
    }

    private async Task SaveAsync(UnitStatus status, CancellationToken cancellation)
    {
        fence.Pass();
        var memory = running[status.Unit];
        memory.State = await store.WriteAsync(status.Unit, Inventory.Empty, status, memory.State!.Version, cancellation);
    }
}
