using System.Collections.Immutable;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>What is kept and told after a pass.</summary>
/// <param name="Inventory">The objects of the unit.</param>
/// <param name="Status">What is known of it.</param>
/// <param name="IsWorthKeeping">Something is other than what is kept, times left aside: a pass that found nothing new writes nothing.</param>
/// <param name="Again">When the unit wants its next pass; null for whenever it is its turn.</param>
/// <param name="IsPassingFailure">Another try may go better.</param>
internal sealed record PassOutcome(Inventory Inventory, UnitStatus Status, bool IsWorthKeeping, TimeSpan? Again, bool IsPassingFailure)
{
    private const int MostHistory = 20;
    private const int MostRefused = 10;

    // Between looks at what is getting ready.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    /// <summary>Makes it of what a pass found out.</summary>
    public static PassOutcome Of(PassFacts facts, UnitState state, DateTimeOffset now) => new Maker(facts, state, now).Make();

    private sealed class Maker(PassFacts facts, UnitState state, DateTimeOffset now)
    {
        private readonly UnitStatus before = state.Status ?? new UnitStatus { Unit = facts.Unit.Key };
        private readonly Execution? execution = facts.Execution;
        private readonly string? failure = facts.Execution is null || !facts.Unit.Health.Waits ? null : Reversal.FailureOf(facts.Unit, facts.Execution);

        // What is not known is not as Git says, however little was to be written.
        private readonly PassObject? unread = facts.Objects.FirstOrDefault(static one => one.Unreadable is not null);
        private string? unforgiving;

        public PassOutcome Make()
        {
            var isWhole = unread is null && execution is { IsWritten: true, Failures.Count: 0 } && facts.Plan is { IsRevisionHeld: false } && (facts.Paused is null or { Because: Pause.BreakGlass }) && !facts.Plan.Drift.Any(static one => one.Class == "freeze");
            var inventory = InventoryAfter(isWhole);
            var isGood = isWhole && (execution!.Unsettled.Count == 0 || !facts.Unit.Health.Waits);
            var refused = RefusedAfter();
            var commit = facts.Target.Commit;
            var status = before with
            {
                ObservedGeneration = facts.Unit.Generation,
                Source = Sources.GitAddress.Show(facts.Unit.Source.Url),
                Environment = facts.Unit.Environment,
                RuleSetDigest = facts.Rules.Digest,
                Attempted = facts.Target.Fetched ?? before.Attempted,
                Applied = isWhole ? commit : before.Applied,
                LastGood = isGood ? commit : before.LastGood,
                Refused = refused,
                LastAttempt = facts.Began,
                LastSuccess = isGood && !facts.Target.IsRollback && facts.Trouble is null ? now : before.LastSuccess,
                Objects = inventory.Entries.Count,
                Drift = facts.Plan is null ? before.Drift : [.. facts.Plan.Drift, .. Conflicts()],
                Approvals = [.. facts.Target.Approval is { } approval ? [approval] : (PendingApproval[])[], .. facts.Plan?.Approvals ?? (facts.Target.Commit is null ? [] : before.Approvals.Where(static one => one.Subject != "rewrite"))],
                Blocked = facts.Plan?.Blocked ?? before.Blocked,
                Orphans = facts.Plan?.Orphans ?? before.Orphans,
                Notes = facts.Plan is null ? before.Notes : [.. facts.Notes.Select(SafeText.OneLine)],
                Unhealthy = execution is null ? before.Unhealthy : Unhealthy(),
                Trouble = facts.Trouble is { } trouble ? new(trouble.Stage, SafeText.OneLine(trouble.Message), before.Trouble is { } earlier && earlier.Stage == trouble.Stage ? earlier.Since : now) : null,
                Paused = facts.Plan is null ? before.Paused : facts.Paused,
            };
            var (phase, message) = Tell(status);
            status = status with { Phase = phase, Message = SafeText.OneLine(message) };
            status = status with { History = HistoryAfter(status) };
            var isPassing = facts.Trouble is not null || (execution?.Failures.Any(static one => one.Outcome is WriteOutcome.Failed { IsPassing: true }) ?? false);
            return new(inventory, status, IsOther(status, inventory), AgainAfter(status), isPassing);
        }

        private Inventory InventoryAfter(bool isWhole)
        {
            var inventory = execution?.Inventory ?? state.Inventory;
            if (facts.Plan is not { } plan) return inventory;
            foreach (var id in plan.Gone) inventory = inventory.Without(id);
            foreach (var id in plan.Kept)
                if (inventory.Find(id) is { LeftGit: null } entry) inventory = inventory.With(entry with { LeftGit = facts.Began });
            foreach (var manifest in facts.Rendered!.Objects)
            {
                if (inventory.Find(manifest.Id) is not { IsAnnounced: false } entry) continue;
                var settled = entry with { LeftGit = null, IsConfirmed = false, Revision = isWhole && entry.Digest == DesiredDigest.Of(manifest) ? facts.Target.Commit! : entry.Revision };
                if (settled != entry) inventory = inventory.With(settled);
            }

            return inventory;
        }

        // A revision that failed is not tried again; where going back would lose something, it stays, and so does everything that comes after it.
        private ImmutableArray<string> RefusedAfter()
        {
            var commit = facts.Target.Commit;
            if (failure is null || commit is null || facts.Target.IsRollback || before.LastGood is not { } good || good == commit) return before.Refused;
            if (!facts.Unit.Rollback.IsEnabled)
            {
                unforgiving = "the unit rolls nothing back";
                return before.Refused;
            }

            if (facts.Memory.SinceApplied(commit) > facts.Unit.Rollback.Window + facts.Unit.Health.Timeout)
            {
                unforgiving = "it was applied too long ago";
                return before.Refused;
            }

            unforgiving = facts.Memory.Rendered(good) is { } rendered
                ? Reversal.Irreversible(rendered.Objects, facts.Rendered!.Objects, new DriftAdvisor(facts.Rules))
                : "what was good before cannot be rendered any more";
            return unforgiving is null ? [commit, .. before.Refused.Where(one => one != commit).Take(MostRefused - 1)] : before.Refused;
        }

        private IEnumerable<DriftEntry> Conflicts() => (execution?.Failures ?? []).Where(static one => one.Outcome is WriteOutcome.Conflict).Select(one =>
        {
            var conflict = (WriteOutcome.Conflict)one.Outcome;
            var since = before.Drift.FirstOrDefault(entry => entry.Resource == one.Id.ToString() && entry.Kind == "conflict")?.Since ?? now;
            return new DriftEntry(one.Id.ToString(), "conflict", "alert", SafeText.OneLine($"{conflict.Message}: name the manager in `drift.overridableManagers` to take it back, or leave the field out of Git"), since, "") { Manager = conflict.Managers[0] };
        });

        private ImmutableArray<UnhealthyObject> Unhealthy() =>
        [
            .. execution!.Unsettled.Select(one => new UnhealthyObject(
                one.Id.ToString(), char.ToLowerInvariant(one.Health.State.ToString()[0]) + one.Health.State.ToString()[1..], one.Health.Message,
                before.Unhealthy.FirstOrDefault(known => known.Resource == one.Id.ToString())?.Since ?? now, facts.Target.Commit ?? "")),
        ];

        private (UnitPhase Phase, string Message) Tell(UnitStatus status)
        {
            var commit = facts.Target.Commit is { } known ? PassTarget.Short(known) : "";
            var failed = execution?.Failures.FirstOrDefault(static one => one.Outcome is WriteOutcome.Failed);
            return status switch
            {
                _ when facts.Trouble is { } trouble => (UnitPhase.Failed, $"{trouble.Stage}: {trouble.Message}"),
                _ when failed is not null => (UnitPhase.Failed, $"{failed.Id}: {Masked(((WriteOutcome.Failed)failed.Outcome).Message)}"),
                _ when unread is not null && facts.Trouble is null => (UnitPhase.Failed, $"{unread.Id} cannot be read: {Masked(unread.Unreadable!)}"),
                { Paused: { } pause } => (UnitPhase.Suspended, $"{pause.Because}{(pause.By.Length > 0 ? $" by {pause.By}" : "")}: {pause.Reason}{(pause.Until is { } until ? $", until {Policies.Reading.Times.Write(until)}" : "")}"),
                _ when facts.Plan is { IsRevisionHeld: true } plan => (UnitPhase.Blocked, $"{commit} is not applied, since the rules forbid it: {plan.Blocked[0].Message}"),
                _ when facts.Target.IsRollback => (UnitPhase.RolledBack, $"{PassTarget.Short(facts.Target.Fetched!)} did not get healthy, and {commit} is applied until a newer commit is good{WhyRefused()}"),
                _ when failure is not null && !status.Refused.Contains(facts.Target.Commit!) => (UnitPhase.Unhealthy, $"{failure}{(unforgiving is null ? "" : $"; not rolled back: {unforgiving}")}"),
                _ when failure is not null => (UnitPhase.RolledBack, $"{failure}; going back to {PassTarget.Short(status.LastGood!)}"),
                { Approvals: [var approval, ..] } => (UnitPhase.Held, approval.Message),
                { Unhealthy: [var unhealthy, ..] } when facts.Unit.Health.Waits => (UnitPhase.Progressing, $"waiting for {unhealthy.Resource}{(unhealthy.Message.Length > 0 ? $": {unhealthy.Message}" : "")}"),
                _ when facts.Plan is { HasMoreToCorrect: true } || (execution?.Failures.Any(static one => one.Outcome is WriteOutcome.Changed) ?? false) => (UnitPhase.Progressing, "not everything could be written at once"),
                { Drift: [var drift, ..] } => (UnitPhase.Held, $"{drift.Resource} has drifted and stays as it is until Git says the same, or somebody decides otherwise: {drift.Message}"),
                { Orphans: [var orphan, ..] } => (UnitPhase.Synced, $"{commit} is applied; {status.Orphans.Length} object{(status.Orphans.Length == 1 ? "" : "s")} that left Git {(status.Orphans.Length == 1 ? "stays" : "stay")}, the first {orphan.Resource}: {orphan.Message}"),
                _ => (UnitPhase.Synced, $"{commit} is applied"),
            };
        }

        private string WhyRefused() =>
            before.History.FirstOrDefault(one => one.Revision == facts.Target.Fetched && one.Outcome == UnitPhases.Word(UnitPhase.RolledBack)) is { } then ? $" ({then.Message})" : "";

        // A server repeats in what it refuses what it was sent.
        private string Masked(string message)
        {
            foreach (var secret in facts.Rendered?.SensitiveTexts ?? [])
                if (secret.Length > 3) message = message.Replace(secret, "(sensitive)", StringComparison.Ordinal);
            return message;
        }

        private ImmutableArray<HistoryEntry> HistoryAfter(UnitStatus status)
        {
            var (created, updated, corrected, pruned) = execution?.Counts ?? default;
            var hasWritten = created + updated + corrected + pruned > 0;
            if (!hasWritten && status.Phase == before.Phase && status.Attempted == before.Attempted) return before.History;
            if (!hasWritten && status.Phase is UnitPhase.Progressing or UnitPhase.Pending) return before.History;
            var entry = new HistoryEntry(now, facts.Target.Commit ?? "", UnitPhases.Word(status.Phase), status.Message) { Created = created, Updated = updated, Corrected = corrected, Pruned = pruned };
            return [entry, .. before.History.Take(MostHistory - 1)];
        }

        private bool IsOther(UnitStatus status, Inventory inventory)
        {
            if (state.Status is not { } kept || !InventoryJson.Write(inventory).Equals(InventoryJson.Write(state.Inventory), StringComparison.Ordinal)) return true;
            var alike = status with { LastAttempt = kept.LastAttempt, LastSuccess = kept.LastSuccess };
            return !UnitStatusJson.Write(alike).AsSpan().SequenceEqual(UnitStatusJson.Write(kept));
        }

        private TimeSpan? AgainAfter(UnitStatus status) => status.Phase switch
        {
            UnitPhase.Progressing => Soon,
            UnitPhase.RolledBack when !facts.Target.IsRollback => TimeSpan.Zero,
            UnitPhase.Unhealthy or UnitPhase.RolledBack when status.Unhealthy.Length > 0 => Later,
            _ when facts.Execution?.Failures.Any(static one => one.Outcome is WriteOutcome.Changed) == true => Soon,
            _ when facts.Plan is { Prunes.IsEmpty: false } && execution is { IsWritten: true, Failures.Count: 0 } => Soon,
            _ => null,
        };
    }
}
