using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Terraform;

/// <summary>What becomes of a plan.</summary>
/// <param name="Digest">What an approval of it names.</param>
/// <param name="Phase">How the unit is while it is not applied; null when it is to be applied now.</param>
/// <param name="Message">Why it is not applied, or what it does.</param>
internal sealed record PlanVerdict(string Digest, UnitPhase? Phase, string Message)
{
    /// <summary>What the rules forbid of it.</summary>
    public ImmutableArray<BlockedChange> Blocked { get; init; } = [];

    /// <summary>What has drifted.</summary>
    public ImmutableArray<DriftEntry> Drift { get; init; } = [];

    /// <summary>Why nothing is written at the moment; null when it is.</summary>
    public Pause? Paused { get; init; }

    /// <summary>What waits for an approval.</summary>
    public ImmutableArray<PendingApproval> Approvals { get; init; } = [];
}

/// <summary>
/// Decides about a plan, without doing anything: the rules first, then what holds everything, then drift that must not be written
/// over, then approvals. What could not be decided, and a rule that failed, count as a denial.
/// </summary>
/// <param name="rules">The rules with the acknowledgements of the commit.</param>
/// <param name="input">The pass.</param>
/// <param name="now">The time.</param>
internal sealed class PlanJudge(RuleSet rules, TerraformInput input, DateTimeOffset now)
{
    private const int MostResources = 50;

    private Unit Unit => input.Unit;

    /// <summary>Decides.</summary>
    /// <param name="plan">What would be done.</param>
    /// <param name="refreshed">What has drifted: the same plan, or one that only refreshes.</param>
    /// <param name="cancellation">Stops the rules.</param>
    public PlanVerdict Judge(ChangeSet plan, ChangeSet refreshed, CancellationToken cancellation)
    {
        var decision = Evaluate(plan, cancellation);
        var drifted = ReferenceEquals(plan, refreshed) ? decision : Evaluate(refreshed, cancellation);
        var deniedDrift = Denials(drifted).Select(static finding => finding.Change)
            .OfType<Change>()
            .Where(static change => change.Origin == ChangeOrigin.Drift)
            .ToHashSet(ReferenceEqualityComparer.Instance);
        var drift = new TerraformDrift(rules, input, now).Class(drifted.ChangeSet, deniedDrift.Contains);
        var effects = PlanDigest.Effects(decision.ChangeSet).ToImmutableArray();
        var blocked = Blocked(decision);
        var digest = PlanDigest.Of(Unit, decision.ChangeSet);
        var verdict = Decide(digest, effects, blocked, drift);
        var told = drift.Values.OrderBy(static entry => entry.Resource, StringComparer.Ordinal).ToImmutableArray();
        return verdict with
        {
            Blocked = blocked,
            Drift = told,
            Approvals = [.. verdict.Approvals, .. DeletionsOf(decision, effects), .. DecisionsOf(told)],
        };
    }

    private PlanVerdict Decide(
        string digest, ImmutableArray<Change> effects, ImmutableArray<BlockedChange> blocked,
        ImmutableDictionary<ResourceId, DriftEntry> drift)
    {
        var held = drift.Values.Where(static entry => entry is { Class: not "correct", IsTolerated: false })
            .OrderBy(static entry => entry.Resource, StringComparer.Ordinal)
            .ToList();
        if (blocked.Length > 0)
            return new(
                digest, UnitPhase.Blocked,
                $"the rules forbid the plan: {blocked[0].Message}{(blocked.Length > 1 ? $"; and {blocked.Length - 1} more" : "")}");
        var does = Summary(effects);
        if (PauseOf() is { } pause)
            return new(digest, UnitPhase.Suspended, pause.InWords() + (effects.IsEmpty ? "" : $"; {does} wait"))
            {
                Paused = pause,
            };
        if (effects.IsEmpty && held.Count > 0)
            return new(
                digest, UnitPhase.Held,
                $"{Counted.Of(held.Count, "resource")} drifted, and nobody has decided what becomes of it: {string.Join(", ", held.Take(3).Select(static entry => entry.Resource))}");
        if (effects.IsEmpty) return new(digest, UnitPhase.Synced, "what Git says is what there is");
        var approved = IsApproved(digest);
        var frozen = effects.Select(change => drift.GetValueOrDefault(change.Resource))
            .FirstOrDefault(static entry => entry is { Class: "freeze" });
        if (frozen is not null)
            return new(
                digest, UnitPhase.Held,
                $"{does} would write over `{frozen.Resource}`, which drifted and is frozen: decide about the drift first");
        var touched = effects.Select(change => drift.GetValueOrDefault(change.Resource))
            .FirstOrDefault(static entry => entry is { Class: "alert" });
        return (approved, NeedsApproval(effects), touched) switch
        {
            (true, _, _) or (_, false, null) => new(digest, null, does),
            (_, _, null) => Ask(digest, effects, $"{does} wait for an approval"),
            _ => Ask(digest, effects, $"{does} would write over `{touched.Resource}`, which drifted, and wait for an approval"),
        };
    }

    private PlanVerdict Ask(string digest, ImmutableArray<Change> effects, string message)
    {
        var before = input.Before?.Approvals.FirstOrDefault(one => one.Subject == "plan" && one.Digest == digest);
        var how = $"{message}: write an `Acknowledgement` into `acknowledgements` whose `approves` names `subject: plan` and `digest: {digest}`";
        var pending = new PendingApproval("plan", digest, SafeText.OneLine(how), before?.Since ?? now)
        {
            Resources = [.. effects.Take(MostResources)
                .Select(change => SafeText.OneLine(input.Hide(
                    $"{change.Operation.ToString().ToLowerInvariant()} {change.Resource}")))],
            Count = effects.Length,
            BlastRadius = BlastRadius(effects),
            Acknowledgement = ApprovalText.Write(ApprovalText.NameOf(Unit.Key.Name, digest), ApprovalSubject.Plan, digest),
        };
        return new(digest, UnitPhase.Held, message) { Approvals = [pending] };
    }

    // What the rules would let go if somebody said that it is meant, as of what leaves Git.
    private ImmutableArray<PendingApproval> DeletionsOf(Decision decision, ImmutableArray<Change> effects)
    {
        if (!Denials(decision).Any(static finding => finding.Change is { } change && DeletionSet.IsDeletion(change))) return [];
        ImmutableArray<Change> gone = [.. effects.Where(DeletionSet.IsDeletion)];
        var digest = DeletionSet.Digest(gone);
        var since = input.Before?.Approvals.FirstOrDefault(one => one.Digest == digest)?.Since ?? now;
        return
        [
            new(
                "prune", digest,
                $"{Counted.Of(gone.Length, "deletion")} of the plan may only be made once an acknowledgement names them", since)
            {
                Resources = [.. gone.Take(MostResources).Select(change => SafeText.OneLine(input.Hide($"{change.Resource}")))],
                Count = gone.Length,
                BlastRadius = BlastRadius(effects),
                Acknowledgement = DeletionSet.WriteAcknowledgement(
                    ApprovalText.NameOf(Unit.Key.Name, digest), gone, new("", "", "")),
            },
        ];
    }

    // Drift that nobody has decided about waits for that, and for as long as it has been there.
    private IEnumerable<PendingApproval> DecisionsOf(IEnumerable<DriftEntry> drift) =>
        drift.Where(static entry => entry.Class == "freeze").Select(entry => new PendingApproval(
            "drift", entry.Digest,
            $"{entry.Resource} has drifted and waits for a decision: adopt, revert or tolerate, in an acknowledgement of its digest", entry.Since)
        {
            Resources = [entry.Resource],
            Count = 1,
            Acknowledgement = ApprovalText.Write(
                ApprovalText.NameOf(Unit.Key.Name, entry.Digest), ApprovalSubject.Drift, entry.Digest),
        });

    private string BlastRadius(ImmutableArray<Change> effects)
    {
        var advisor = new DriftAdvisor(rules);
        var gone = effects.Where(DeletionSet.IsDeletion).ToList();
        if (gone.Count == 0) return "";
        var stateful = gone.Count(change => advisor.Of(change, DriftContext.None).IsStateful);
        return $"{Counted.Of(gone.Count, "deletion")}, {stateful} stateful";
    }

    private Pause? PauseOf() => input.Paused
        ?? (rules.Config.Drift.FreezeWindows.ActiveAt(now, Unit.Environment, null) is { } open
            ? new(Pause.FreezeWindow, "", open.Reason ?? open.ToString(), open.Until)
            : null);

    private bool NeedsApproval(ImmutableArray<Change> effects) => Unit.Terraform!.Approval switch
    {
        PlanApproval.Always => true,
        PlanApproval.Destructive => effects.Any(DeletionSet.IsDeletion),
        _ => false,
    };

    private bool IsApproved(string digest) => rules
        .ApprovalsOn(DateOnly.FromDateTime(now.UtcDateTime), Unit.Environment)
        .Any(one => one.Subject == ApprovalSubject.Plan && one.Digest == digest);

    private Decision Evaluate(ChangeSet plan, CancellationToken cancellation)
    {
        var changes = plan with { Changes = [.. plan.Changes.Select(static change =>
            change with { Surface = Surface.Reconcile })] };
        var options = new EvaluationOptions
        {
            Today = DateOnly.FromDateTime(now.UtcDateTime),
            Environment = Unit.Environment,
            Drift = new() { Now = now, IsFrozen = input.Paused is not null },
        };
        return new Evaluator(rules).Evaluate(changes, options, cancellation);
    }

    private static IEnumerable<Finding> Denials(Decision decision) =>
        decision.Findings.Where(static finding => finding.Action == FindingAction.Deny);

    // Drift has its own place in a status: it is no change that anybody asked for.
    private ImmutableArray<BlockedChange> Blocked(Decision decision)
    {
        var told = Denials(decision).Where(static finding => finding.Change?.Origin != ChangeOrigin.Drift)
            .Select(static finding => new BlockedChange(
                finding.Resource?.ToString() ?? "", finding.Rule, SafeText.OneLine(finding.Message), $"{finding.Location}")
            {
                Operation = finding.Change is null ? "" : finding.Change.Operation.ToString().ToLowerInvariant(),
                Severity = finding.Severity.ToString().ToLowerInvariant(),
                Remediation = finding.Remediation ?? "",
                Fingerprint = finding.Fingerprint,
            });
        var open = decision.Undetermined.Select(static one => new BlockedChange(
            one.Resource?.ToString() ?? "", one.Rule,
            SafeText.OneLine($"`{one.Rule}` cannot decide: {string.Join(", ", one.Unknowns)} is not known"), $"{one.Location}"));
        var failed = decision.Failures.Select(static one => new BlockedChange(
            one.Resource?.ToString() ?? "", one.Rule, SafeText.OneLine($"`{one.Rule}` failed: {one.Message}"),
            $"{one.Location}"));
        return [.. told.Concat(open)
            .Concat(failed)
            .Select(one => one with { Resource = input.Hide(one.Resource), Message = input.Hide(one.Message) })
            .Select(one => one with { Since = SinceOf(one) })];
    }

    private DateTimeOffset SinceOf(BlockedChange one) =>
        input.Before?.Blocked.FirstOrDefault(before =>
            before.Rule == one.Rule && before.Resource == one.Resource && before.Fingerprint == one.Fingerprint)?.Since
            ?? now;

    private static string Summary(ImmutableArray<Change> effects)
    {
        var made = effects.Count(static change => change.Operation is Operation.Create or Operation.Import);
        var anew = effects.Count(static change => change.Operation == Operation.Replace);
        var gone = effects.Count(DeletionSet.IsDeletion) - anew;
        return $"{made} to create, {effects.Length - made - gone - anew} to change, {gone} to destroy{(anew > 0 ? $", {anew} to replace" : "")}";
    }
}
