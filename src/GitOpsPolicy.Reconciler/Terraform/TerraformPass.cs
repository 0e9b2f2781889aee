using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Terraform.Configuration;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Sources;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Terraform;

/// <summary>
/// One pass of a unit of Terraform: plan, read the plan, let the rules judge it, ask for approval where one is needed, and apply
/// that very plan. Everything happens in a work folder that goes with the pass, so a plan never outlives it: what was approved is
/// known by what it does, and a plan that does the same is applied once it has been made anew.
/// </summary>
public sealed class TerraformPass
{
    private const int MostHistory = 20;

    private readonly TerraformHost host;

    /// <summary>Passes at a host. What passes have left behind that did not come to their end is removed first.</summary>
    /// <param name="host">What the host gives.</param>
    public TerraformPass(TerraformHost host)
    {
        this.host = host;
        PrivateFolder.Sweep(Path.GetFullPath(Path.Combine(host.CacheFolder, "private")));
    }

    /// <summary>Runs the pass. Whatever goes wrong is told by the status; nothing is thrown for it.</summary>
    /// <param name="input">What it is about.</param>
    /// <param name="cancellation">Has it stop: a run under way is told so, and waited for; an application may go on for a while
    /// before.</param>
    /// <exception cref="OperationCanceledException">It was told to stop before anything was applied, so that there is nothing to
    /// tell.</exception>
    public async Task<UnitStatus> RunAsync(TerraformInput input, CancellationToken cancellation)
    {
        var status = Begin(input);
        try
        {
            if (!input.Rules.WithAcknowledgements(input.Tree, "acknowledgements").TryGet(out var rules))
                return Fail(status, "the acknowledgements of the repository do not load; nothing was planned");
            status = status with { RuleSetDigest = rules.Digest };
            var (work, reason) = await TerraformWork.OpenAsync(host, input, cancellation);
            if (work is null) return FailUnlessStopped(status, reason!, cancellation);
            using (work) return await PlanAsync(work, rules, input, status, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(status, $"the work folder cannot be used: {e.Message}");
        }
    }

    private async Task<UnitStatus> PlanAsync(
        TerraformWork work, RuleSet rules, TerraformInput input, UnitStatus status, CancellationToken cancellation)
    {
        var (plan, reason) = await work.PlanAsync("plan", [], cancellation);
        if (plan is null) return FailUnlessStopped(status, reason!, cancellation);
        var changes = Attach(input, plan.Changes);
        var refreshed = changes;
        if (!PlanDigest.Effects(changes).Any())
        {
            (var drift, reason) = await work.PlanAsync("refresh", ["-refresh-only"], cancellation);
            if (drift is null) return FailUnlessStopped(status, reason!, cancellation);
            refreshed = drift.Changes;
        }

        var verdict = new PlanJudge(rules, input, host.Time.GetUtcNow()).Judge(changes, refreshed, cancellation);
        status = status with
        {
            Drift = verdict.Drift,
            Blocked = verdict.Blocked,
            Approvals = verdict.Approvals,
            Objects = CountOf(changes),
            Paused = verdict.Paused ?? input.Paused,
        };
        return verdict switch
        {
            { Phase: null } => await ApplyAsync(work, plan, verdict, status, cancellation),
            { Phase: UnitPhase.Synced or UnitPhase.Held } when !PlanDigest.Effects(changes).Any() =>
                Applied(status, verdict.Phase.Value, verdict.Message),
            _ => status with { Phase = verdict.Phase.Value, Message = verdict.Message },
        };
    }

    // The status says that it began before it does: whoever reads it after a crash knows that the state may be ahead of what was
    // told.
    private async Task<UnitStatus> ApplyAsync(
        TerraformWork work, MadePlan plan, PlanVerdict verdict, UnitStatus status, CancellationToken cancellation)
    {
        status = status with
        {
            Phase = UnitPhase.Progressing,
            Message = $"{verdict.Message}: under way",
            Applying = verdict.Digest,
        };
        await host.SaveAsync(status, cancellation);
        var (run, reason) = await work.ApplyAsync(plan, cancellation);
        host.Applied?.Invoke(reason is null);
        status = status with { Applying = null };
        if (reason is null)
            return Record(
                Applied(
                    status, status.Drift.Any(static entry => entry is { Class: not "correct", IsTolerated: false }) ? UnitPhase.Held : UnitPhase.Synced,
                    verdict.Message), verdict.Message, plan.Changes);
        var lost = run?.Stopped is null ? "" : "; what it made up to then is in the state, and the next pass plans anew";
        return Fail(status, reason + lost);
    }

    private static ChangeSet Attach(TerraformInput input, ChangeSet plan) => TerraformConfiguration.Attach(
        plan,
        input.Applied is null ? null : TerraformConfiguration.Open(input.Applied, input.FolderName),
        TerraformConfiguration.Open(input.Tree, input.FolderName));

    private UnitStatus Begin(TerraformInput input)
    {
        var before = input.Before ?? new() { Unit = input.Unit.Key };
        var status = before with
        {
            Source = GitAddress.Show(input.Unit.Source.Url),
            Attempted = input.Tree.Commit,
            ObservedGeneration = input.Unit.Generation,
            Environment = input.Unit.Environment,
            LastAttempt = host.Time.GetUtcNow(),
            Paused = input.Paused,
            Trouble = null,
            Applying = null,
        };
        return before.Applying is { } lost
            ? Remember(
                status, UnitPhase.Failed,
                $"the application of plan {lost} began and is not known to have ended; a new plan is made", [])
            : status;
    }

    private UnitStatus Applied(UnitStatus status, UnitPhase phase, string message) => status with
    {
        Phase = phase,
        Message = message,
        Applied = status.Attempted,
        LastGood = status.Attempted,
        LastSuccess = phase == UnitPhase.Synced ? host.Time.GetUtcNow() : status.LastSuccess,
    };

    // One that was told to stop has not failed.
    private UnitStatus FailUnlessStopped(UnitStatus status, string message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Fail(status, message);
    }

    private UnitStatus Fail(UnitStatus status, string message) =>
        Remember(status with { Phase = UnitPhase.Failed, Message = message }, UnitPhase.Failed, message, []);

    private UnitStatus Record(UnitStatus status, string message, ChangeSet plan) =>
        Remember(status, status.Phase, message, [.. PlanDigest.Effects(plan)]);

    // One that fails alike again and again is one entry, the first.
    private UnitStatus Remember(UnitStatus status, UnitPhase phase, string message, ImmutableArray<Change> effects)
    {
        var entry = new HistoryEntry(host.Time.GetUtcNow(), status.Attempted ?? "", UnitPhases.Word(phase), message)
        {
            Created = effects.Count(static change => change.Operation is Operation.Create or Operation.Import),
            Updated = effects.Count(static change => change.Operation == Operation.Update),
            Pruned = effects.Count(DeletionSet.IsDeletion),
        };
        var last = status.History.FirstOrDefault();
        var isSame = last is not null
            && effects.IsEmpty
            && (last.Revision, last.Outcome, last.Message) == (entry.Revision, entry.Outcome, entry.Message);
        return isSame ? status : status with { History = [entry, .. status.History.Take(MostHistory - 1)] };
    }

    private static int CountOf(ChangeSet plan) =>
        plan.Changes.Count(static change => change.Origin == ChangeOrigin.Plan
            && change.Operation is not (Operation.Delete or Operation.Forget)
            && change.Resource is TerraformId { IsData: false, Deposed: null });
}
