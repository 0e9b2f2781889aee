using System.Collections.Concurrent;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
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
        var (before, now) = (memory.State!.Status, host.Time.GetUtcNow());
        var target = PassTarget.Choose(
            unit, await desired.FetchAsync(unit, before?.Applied, cancellation), before, host.Rules(), now);
        var status = target is { Trouble: null, Approval: null, Commit: { } commit }
            ? await PassAsync(unit, commit, before, cancellation)
            : Waiting(unit, target, before, now);
        if (before is null || !UnitStatusJson.TellTheSame(status, before)) await KeepAsync(status, cancellation);
        return new(status, 0, null) { IsPassingFailure = status.Phase == UnitPhase.Failed };
    }

    private async Task<UnitStatus> PassAsync(Unit unit, string commit, UnitStatus? before, CancellationToken cancellation)
    {
        var start = before ?? new UnitStatus { Unit = unit.Key };
        var secrets = await environment(unit, cancellation);
        if (!secrets.TryGet(out var variables))
            return start with { Phase = UnitPhase.Failed, Message = $"{secrets.Problems[0].Message}" };
        if (!desired.Open(unit, commit).TryGet(out var tree))
            return start with
            {
                Phase = UnitPhase.Failed,
                Message = $"commit {PassTarget.Short(commit)} is not to be had any more",
            };
        using (tree)
        {
            using var applied = before?.Applied is { } earlier
                    && earlier != commit
                    && desired.Open(unit, earlier).TryGet(out var known)
                ? known
                : null;
            fence.Pass();
            return await passes.RunAsync(
                new()
                {
                    Unit = unit,
                    Tree = tree,
                    Applied = applied,
                    Before = before,
                    Secrets = variables,
                    Paused = PauseOf(unit),
                }, cancellation);
        }
    }

    // What a unit of Terraform makes lies in no namespace: leave is given for the unit, which does.
    private Pause? PauseOf(Unit unit)
    {
        var now = host.Time.GetUtcNow();
        var itself = new KubernetesId(
            UnitResource.Type.Group, UnitResource.Type.Version, UnitResource.Type.Kind, unit.Key.Namespace, unit.Key.Name);
        var grant = host.BrokenGlass(now).FirstOrDefault(grant => grant.CoversObject(itself));
        return Pause.Of(unit, now) ?? (grant is null ? null : new(Pause.BreakGlass, grant.Who, grant.Reason, grant.NotAfter));
    }

    private static UnitStatus Waiting(Unit unit, PassTarget target, UnitStatus? before, DateTimeOffset now)
    {
        var start = (before ?? new UnitStatus { Unit = unit.Key }) with
        {
            LastAttempt = now,
            Source = Sources.GitAddress.Show(unit.Source.Url),
            Attempted = target.Fetched ?? before?.Attempted,
        };
        if (target.Approval is { } approval)
            return start with { Phase = UnitPhase.Held, Message = approval.Message, Approvals = [approval] };
        var trouble = target.Trouble!;
        return start with
        {
            Phase = UnitPhase.Failed,
            Message = $"{trouble.Stage}: {trouble.Message}",
            Trouble = new(trouble.Stage, trouble.Message, before?.Trouble?.Since ?? now),
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
