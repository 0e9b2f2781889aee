using System.Collections.Immutable;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Planning;

/// <summary>
/// Makes a plan of what was found and judged. It does nothing itself and asks nobody: the same input gives the same plan, which
/// is what makes every decision of the engine testable.
/// </summary>
public static class Planner
{
    /// <summary>Plans one pass.</summary>
    public static Plan Make(PlanInput input)
    {
        var judged = new Judged(input.Decision, input.Rules);
        var drift = new DriftPlanner(input, judged);
        var answers = input.Changes.Objects
            .Select(changes => (Changes: changes, Drift: changes.Drift is null ? DriftAnswer.Nothing : drift.Decide(changes)))
            .ToList();
        var blocked = BlockedByGit(input, judged, answers).ToImmutableArray();
        var isHeld = !blocked.IsEmpty;
        var isFrozen = answers.Exists(static answer => answer.Drift.Freezes);

        // A freeze window lets through what drift decisions let through: what is about who may do what. Broken glass stops
        // nothing that Git says.
        var writes = input.Paused is { Because: Pause.Suspended }
            ? []
            : WritesOf(answers, judged)
                .Where(step => input.Paused is not { Because: Pause.FreezeWindow } || step.Kind == StepKind.Correct)
                .Where(step => !isHeld || !step.IsGits)
                .ToList();
        var allowed = Ration(writes, input, out var hasMore);
        var heldBy = isHeld ? "the rules forbid what Git says"
            : input.Paused is { } pause ? $"nothing is deleted while the unit is held ({pause.Because})"
            : isFrozen ? "drift of this unit waits for a decision, and until then nothing of it is deleted" : null;
        var prunes = new PrunePlanner(
            input, judged, heldBy).Decide([.. input.Changes.Objects.Where(static changes => changes.Prune is not null)]);
        var corrected = allowed.Where(static step => step.Kind == StepKind.Correct)
            .Select(static step => step.Object)
            .ToHashSet(ReferenceEqualityComparer.Instance);
        return new()
        {
            Writes = [.. allowed.OrderBy(static step => step.Wave)
                .ThenBy(static step => WaveOrder.RankOf(step.Object.Id))
                .ThenBy(static step => step.Object.Id.Canonical, StringComparer.Ordinal)],
            Prunes = prunes.Steps,
            Gone = [.. input.Changes.Objects
                .Where(static one =>
                    one.Object.Desired is null && one.Prune is null && one.Object.Unreadable is null && !one.Object.IsGoing)
                .Select(static one => one.Object.Id)],
            Orphans = [.. prunes.Orphans.Select(static one => one.Orphan)],
            Kept = [.. prunes.Orphans.Select(static one => one.Id)],
            Drift = [.. answers.Where(answer => answer.Drift.Entry is not null && !corrected.Contains(answer.Changes.Object))
                .Select(static answer => answer.Drift.Entry!)],
            Questions = [.. answers.Select(static answer => answer.Drift.Question).OfType<DriftQuestion>()],
            Notes = [.. answers.Select(static answer => answer.Drift.Note).OfType<string>()],
            Approvals = [
                .. prunes.Approval is { } approval ? [approval] : (PendingApproval[])[],
                .. answers.Where(static answer => answer.Drift.Freezes).Select(answer => ApprovalOf(input, answer.Drift.Entry!))
            ],
            Blocked = [.. blocked.Concat(prunes.Blocked)
                .DistinctBy(static one => (one.Rule, one.Resource, one.Message))
                .Select(one => one with { Since = SinceOf(one, input) })],
            IsRevisionHeld = isHeld,
            HasMoreToCorrect = hasMore,
        };
    }

    // What Git brings is whole or not at all; a deletion or a correction that is forbidden holds up nothing else.
    private static IEnumerable<BlockedChange> BlockedByGit(
        PlanInput input, Judged judged, List<(PassObjectChanges Changes, DriftAnswer Drift)> answers)
    {
        foreach (var (changes, _) in answers)
        {
            if (changes.Write is not { } write || !IsGits(changes) || !judged.IsDenied(write)) continue;
            foreach (var one in judged.WhyDenied(write)) yield return one;
        }

        var whole = input.WithoutPrunes is { } without ? new Judged(without, input.Rules) : judged;
        if (whole.IsSetDenied)
            foreach (var one in whole.WhySetDenied()) yield return one;
    }

    private static IEnumerable<PlanStep> WritesOf(List<(PassObjectChanges Changes, DriftAnswer Drift)> answers, Judged judged)
    {
        foreach (var (changes, drift) in answers)
        {
            if (changes.Write is not { } write || changes.Object.Desired is not { } desired || drift.Freezes) continue;
            var isGits = IsGits(changes);
            if (!isGits && !drift.Corrects) continue;
            if (!isGits && judged.IsDenied(write)) continue;
            var kind = drift.Corrects ? StepKind.Correct : changes.Object.Live is null ? StepKind.Create : StepKind.Update;
            yield return new(kind, changes.Object, WaveOrder.Of(desired))
            {
                Drift = drift.Corrects ? drift.Entry : null,
                TakesBack = drift.TakesBack,
                Added = drift.Corrects ? drift.Added : [],
            };
        }
    }

    // Git says something new, or the object has lost the marks by which it is watched and found; else only drift is a reason to
    // write.
    private static bool IsGits(PassObjectChanges changes) =>
        changes.Object.IsChangedInGit
            || changes.Object.AppliedUid is null
            || (changes.Object.IsUnmarked && changes.Drift is null);

    // So much drift at once is not what the table was written for: it is brought back little by little, and seen.
    private static List<PlanStep> Ration(List<PlanStep> writes, PlanInput input, out bool hasMore)
    {
        var most = Math.Max(1, (int)Math.Ceiling(input.Inventory.Entries.Count * input.Unit.Drift.MaxPercentPerPass / 100.0));
        var late = writes.Where(static step => !step.IsGits)
            .OrderBy(static step => step.Wave)
            .Skip(most)
            .ToHashSet();
        hasMore = late.Count > 0;
        return hasMore ? [.. writes.Where(step => !late.Contains(step))] : writes;
    }

    private static PendingApproval ApprovalOf(PlanInput input, DriftEntry entry) => new(
        "drift", entry.Digest,
        $"{entry.Resource} has drifted and waits for a decision: adopt, revert or tolerate, in an acknowledgement of its digest",
        entry.Since)
    {
        Resources = [entry.Resource],
        Count = 1,
        Acknowledgement = ApprovalText.Write(
            ApprovalText.NameOf(input.Unit.Key.Name, entry.Digest), ApprovalSubject.Drift, entry.Digest),
    };

    private static DateTimeOffset SinceOf(BlockedChange one, PlanInput input) =>
        input.Before?.Blocked.FirstOrDefault(before =>
            before.Rule == one.Rule && before.Resource == one.Resource)?.Since is { } since
                && since != default
            ? since
            : input.Now;
}
