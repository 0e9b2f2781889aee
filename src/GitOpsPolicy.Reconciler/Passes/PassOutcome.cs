using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Health;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>What is kept and told after a pass.</summary>
/// <param name="Inventory">The objects of the unit.</param>
/// <param name="Status">What is known of it.</param>
/// <param name="IsWorthKeeping">Something is other than what is kept, times left aside: a pass that found nothing new writes
/// nothing.</param>
/// <param name="Again">When the unit wants its next pass; null for whenever it is its turn.</param>
/// <param name="IsPassingFailure">Another try may go better.</param>
internal sealed record PassOutcome(
    Inventory Inventory, UnitStatus Status, bool IsWorthKeeping, TimeSpan? Again, bool IsPassingFailure)
{
    private const int MostHistory = 20;
    private const int MostCorrections = 10;

    // Between looks at what is getting ready.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    /// <summary>Makes it of what a pass found out.</summary>
    public static PassOutcome Of(PassFacts facts, UnitState state, DateTimeOffset now) => new Maker(facts, state, now).Make();

    private sealed class Maker(PassFacts facts, UnitState state, DateTimeOffset now)
    {
        private readonly UnitStatus before = state.Status ?? new UnitStatus { Unit = facts.Unit.Key };
        private readonly Execution? execution = facts.Execution;
        private readonly bool isWhole = IsWhole(facts);
        private readonly CommitExtent extent = CommitExtent.Of(facts, state.Status ?? new UnitStatus { Unit = facts.Unit.Key });

        public PassOutcome Make()
        {
            var inventory = InventoryAfter();
            var isGood = isWhole && (execution!.Unsettled.Count == 0 || !facts.Unit.Health.Waits);
            var verdict = RevisionVerdict.Of(facts, before, extent);
            var commit = facts.Target.Commit;
            var status = before with
            {
                ObservedGeneration = facts.Unit.Generation,
                Source = Sources.GitAddress.Show(facts.Unit.Source.Url),
                Ref = facts.Unit.Source.Ref,
                Environment = facts.Unit.Environment,
                RuleSetDigest = facts.Rules.Digest,
                Attempted = facts.Target.Fetched ?? before.Attempted,
                Applied = isWhole ? commit : before.Applied,
                LastGood = isGood ? commit : before.LastGood,
                Refused = verdict.Refusals.Commits,
                // what is good now may have been what was missing
                RefusedContents = isGood && !facts.Target.IsRollback ? [] : verdict.Refusals.Contents,
                Retried = facts.Unit.Retry ?? before.Retried,
                LastAttempt = facts.Began,
                LastSuccess = isGood && facts.Target is { IsRollback: false, Waits: null } && facts.Trouble is null
                    ? now
                    : UnitStatus.Later(before.LastSuccess, facts.Memory.Last?.LastSuccess),
                Objects = inventory.Entries.Count,
                Drift = facts.Plan is null ? before.Drift : [.. facts.Plan.Drift, .. Conflicts()],
                Approvals = [
                    .. facts.Target.Approval is { } approval ? [approval] : (PendingApproval[])[],
                    .. facts.Plan?.Approvals
                        ?? (facts.Target.Commit is null ? [] : before.Approvals.Where(static one => one.Subject != "rewrite"))
                ],
                Blocked = facts.Plan is { } plan ? [.. plan.Blocked, .. Refused()] : before.Blocked,
                Orphans = facts.Plan?.Orphans ?? before.Orphans,
                Notes = facts is { Plan: null, Notes.Count: 0 } ? before.Notes : [.. facts.Notes.Select(SafeText.OneLine)],
                Unhealthy = execution is null ? before.Unhealthy : Unhealthy(),
                Trouble = facts.Trouble is { } trouble
                    ? new(
                        trouble.Stage, SafeText.OneLine(trouble.Message),
                        before.Trouble is { } earlier && earlier.Stage == trouble.Stage ? earlier.Since : now)
                    : null,
                Paused = facts.Plan is null ? before.Paused : facts.Paused,
            };
            var (phase, message) = new PassMessage(facts, verdict, before) { Extent = extent }.Of(status);
            status = status with { Phase = phase, Message = SafeText.OneLine(message) };
            status = status with { History = HistoryAfter(status) };
            var isPassing = facts.Trouble is not null
                || facts.Objects.Any(static one => one.MayBeReadSoon)
                || facts.Failures.Any(static one => one.Outcome is WriteOutcome.Failed { IsPassing: true });
            return new(inventory, status, IsOther(status, inventory), AgainAfter(status), isPassing);
        }

        // What is not known is not as Git says, however little was to be written.
        private static bool IsWhole(PassFacts facts) =>
            facts is { Unread: null, Going: null, Execution: { IsWritten: true, Failures.Count: 0 },
                Plan: { IsRevisionHeld: false, Held.IsEmpty: true } plan, Paused: null
                or { Because: Pause.BreakGlass } }
                && !plan.Drift.Any(static one => one.Class == "freeze");

        private Inventory InventoryAfter()
        {
            var inventory = execution?.Inventory ?? state.Inventory;
            if (facts.Plan is not { } plan) return inventory;
            foreach (var id in plan.Gone) inventory = inventory.Without(id);
            foreach (var id in plan.Kept)
                if (inventory.Find(id) is { LeftGit: null } entry)
                    inventory = inventory.With(entry with { LeftGit = facts.Began });
            foreach (var manifest in facts.Rendered!.Objects)
            {
                if (inventory.Find(manifest.Id) is not { IsAnnounced: false } entry) continue;
                var settled = entry with
                {
                    LeftGit = null,
                    IsConfirmed = false,
                    Revision = isWhole && entry.Digest == DesiredDigest.Of(manifest) ? facts.Target.Commit! : entry.Revision,
                };
                if (settled != entry) inventory = inventory.With(settled);
            }

            return inventory;
        }

        private IEnumerable<DriftEntry> Conflicts() =>
            (execution?.Failures ?? []).Where(static one => one.Outcome is WriteOutcome.Conflict).Select(one =>
            {
                var conflict = (WriteOutcome.Conflict)one.Outcome;
                var since = before.Drift.FirstOrDefault(entry =>
                    entry.Resource == one.Id.ToString() && entry.Kind == "conflict")?.Since
                    ?? now;
                return new DriftEntry(
                    one.Id.ToString(), "conflict", "alert",
                    SafeText.OneLine($"{conflict.Message}: name the manager in `drift.overridableManagers` to take it back, or leave the field out of Git"), since, "")
                {
                    Manager = conflict.Managers[0],
                };
            });

        // What the cluster does not take of a commit stands beside what the rules do not.
        private IEnumerable<BlockedChange> Refused() =>
            facts.Failures.Where(static one => one is { IsGits: true, Outcome: WriteOutcome.Failed { IsRefusal: true } })
                .Select(one => new BlockedChange(
                    one.Id.ToString(), BlockedChange.ByCluster,
                    SafeText.OneLine(facts.Masked(((WriteOutcome.Failed)one.Outcome).Message)), $"{one.Location}")
                {
                    Operation = one.Operation,
                    Remediation = RefusalAdvice.Of((WriteOutcome.Failed)one.Outcome),
                    Since = before.Blocked.FirstOrDefault(known =>
                        known.Rule == BlockedChange.ByCluster && known.Resource == one.Id.ToString())?.Since ?? now,
                });

        private ImmutableArray<UnhealthyObject> Unhealthy() =>
        [
            .. execution!.Unsettled.Select(one => new UnhealthyObject(
                one.Id.ToString(), one.Health.Word, one.Health.Message,
                SinceUnhealthy(one.Id), facts.Target.Commit ?? "")),
            .. facts.Objects.Where(static one => one.Unreadable is not null)
                .Select(one => new UnhealthyObject(
                    one.Id.ToString(), ObjectHealth.WordOf(HealthState.Unknown), "it cannot be read", SinceUnhealthy(one.Id),
                    facts.Target.Commit ?? "")),
        ];

        private DateTimeOffset SinceUnhealthy(KubernetesId id) =>
            before.Unhealthy.FirstOrDefault(known => known.Resource == id.ToString())?.Since ?? now;

        private ImmutableArray<HistoryEntry> HistoryAfter(UnitStatus status)
        {
            var (created, updated, corrected, pruned) = execution?.Counts ?? default;
            var hasWritten = created + updated + corrected + pruned > 0;
            if (!hasWritten && status.Phase == before.Phase && status.Attempted == before.Attempted) return before.History;
            if (!hasWritten && status.Phase is UnitPhase.Progressing or UnitPhase.Pending) return before.History;
            var entry = new HistoryEntry(now, facts.Target.Commit ?? "", UnitPhases.Word(status.Phase), status.Message) 
            {
                Created = created,
                Updated = updated,
                Corrected = corrected,
                Pruned = pruned,
                Corrections = [.. (execution?.Corrected ?? []).Take(MostCorrections)
                    .Select(static one => new Correction(one.Resource, one.Kind, one.Message) { Manager = one.Manager })],
            };
            return [entry, .. before.History.Take(MostHistory - 1)];
        }

        private bool IsOther(UnitStatus status, Inventory inventory) =>
            state.Status is not { } kept || !IsSame(inventory, state.Inventory) || !UnitStatusJson.TellTheSame(status, kept);

        private static bool IsSame(Inventory one, Inventory other) =>
            ReferenceEquals(one.Entries, other.Entries)
                || InventoryJson.Write(one).Equals(InventoryJson.Write(other), StringComparison.Ordinal);

        private TimeSpan? AgainAfter(UnitStatus status) => status.Phase switch
        {
            _ when facts.Target.Waits is not null => Later,
            UnitPhase.Progressing => Soon,
            UnitPhase.RolledBack when !facts.Target.IsRollback => TimeSpan.Zero,
            UnitPhase.Unhealthy or UnitPhase.RolledBack when status.Unhealthy.Length > 0 => Later,
            _ when facts.Execution?.Failures.Any(static one => one.Outcome is WriteOutcome.Changed) == true => Soon,
            _ when facts.Plan is { Prunes.IsEmpty: false } && execution is { IsWritten: true, Failures.Count: 0 } => Soon,
            _ => null,
        };
    }
}
