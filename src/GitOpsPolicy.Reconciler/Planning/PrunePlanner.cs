using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Planning;

/// <summary>What becomes of objects that left Git.</summary>
internal sealed record PruneAnswer
{
    /// <summary>They are deleted.</summary>
    public ImmutableArray<PruneStep> Steps { get; init; } = [];

    /// <summary>They stay.</summary>
    public ImmutableArray<(KubernetesId Id, Orphan Orphan)> Orphans { get; init; } = [];

    /// <summary>What would let those go that wait for it; null where none does.</summary>
    public PendingApproval? Approval { get; init; }

    /// <summary>What the rules forbid of it.</summary>
    public ImmutableArray<BlockedChange> Blocked { get; init; } = [];
}

/// <summary>
/// Decides about deletions. One that the table allows and no rule forbids is made, as long as there are few of them; all others
/// wait for an acknowledgement of exactly this set. What is not known for sure deletes nothing, whoever agreed to it.
/// </summary>
internal sealed class PrunePlanner(PlanInput input, Judged judged, string? heldBy)
{
    private const int MostNamed = 50;

    /// <summary>Decides about all of them.</summary>
    /// <param name="candidates">The objects that left Git and are the unit's, each with its deletion.</param>
    public PruneAnswer Decide(IReadOnlyList<PassObjectChanges> candidates)
    {
        if (candidates.Count == 0) return new();
        var asked = candidates.Select(Ask).ToList();
        var tooMany = asked.Count(static one => !one.IsAgreedTo) is var count && count > Limit()
            ? $"{count} objects would be deleted at once, more than {Limit()}"
            : null;
        var wholeDenied = input.WithoutPrunes is not null && judged.IsSetDenied ? judged.WhySetDenied().First().Message : null;
        var steps = ImmutableArray.CreateBuilder<PruneStep>();
        var orphans = ImmutableArray.CreateBuilder<(KubernetesId, Orphan)>();
        var waiting = new List<Question>();
        foreach (var one in asked)
        {
            var (stays, waits) = (heldBy ?? one.Stays, one.IsAgreedTo ? null : one.Waits ?? tooMany ?? wholeDenied);
            if (stays is null && waits is null) steps.Add(new(one.Changes.Object, one.IsAgreedTo));
            else
                orphans.Add(
                    (one.Changes.Object.Id, new(one.Changes.Object.Id.ToString(), stays ?? waits!, SinceOf(one.Changes.Object))));
            if (stays is null && waits is not null) waiting.Add(one);
        }

        return new()
        {
            Steps = [.. WaveOrder.ForDeletion(steps, static step => step.Object.Id)],
            Orphans = orphans.ToImmutable(),
            Approval = waiting.Count == 0 ? null : ApprovalOf(waiting),
            Blocked = [
                .. waiting.SelectMany(one => judged.WhyDenied(one.Changes.Prune!.Value)),
                .. wholeDenied is null ? [] : judged.WhySetDenied()
            ],
        };
    }

    private sealed record Question(PassObjectChanges Changes, bool IsAgreedTo, string? Stays, string? Waits);

    private Question Ask(PassObjectChanges changes)
    {
        var place = changes.Prune!.Value;
        var change = judged.ChangeAt(place);
        var advice = input.Advisor.Of(change, new() { Source = input.Source });
        var entry = input.Inventory.Find(changes.Object.Id);
        var isAgreedTo = judged.IsAcknowledged(place) || entry is { IsConfirmed: true };
        var isDenied = judged.IsDenied(place);
        var mark = changes.Object.KeepMark;
        var stays = !input.Unit.Prune.IsEnabled ? "the unit deletes nothing"
            : mark is { Asks: false }
                ? $"{mark.By} keeps it: take that off in a commit of its own, and once that is applied let the object leave Git; or delete it by hand"
            : input.NoPrunes;
        var waits = isDenied ? judged.WhyDenied(place).First().Message : advice.Prune switch
        {
            _ when entry is { WasFoundAgain: true } =>
                "it was found by its labels alone, since what was kept of the unit was lost: its deletion has to be confirmed",
            _ when mark is not null => $"{mark.By} asks for a confirmation of its deletion",
            _ when changes.Object.IsPreviousLost =>
                "what Git said of it before cannot be read any more, nor whether that was to keep it: its deletion has to be confirmed",
            PrunePolicy.Allow => null,
            PrunePolicy.Confirm => "its deletion has to be confirmed",
            _ => "it may be the only copy of what it holds: its deletion has to be acknowledged by name",
        };
        return new(changes, isAgreedTo, stays, waits);
    }

    private int Limit() => Math.Max(input.Unit.Prune.MaxCount, input.Inventory.Entries.Count * input.Unit.Prune.MaxPercent / 100);

    private DateTimeOffset SinceOf(PassObject one) => input.Inventory.Find(one.Id)?.LeftGit ?? input.Now;

    private PendingApproval ApprovalOf(List<Question> waiting)
    {
        ImmutableArray<Change> changes = [.. waiting.Select(one => judged.ChangeAt(one.Changes.Prune!.Value))];
        var digest = DeletionSet.Digest(changes);
        var stateful = changes.Count(change => input.Advisor.Of(change, DriftContext.None).IsStateful);
        var since = input.Before?.Approvals.FirstOrDefault(one => one.Digest == digest)?.Since ?? input.Now;
        var (first, more) = (changes[0].Resource.ToString(), changes.Length - 1);
        var message = $"{first}{(more > 0 ? $" and {more} more" : "")} left Git, and {(more > 0 ? "their deletions wait" : "its deletion waits")} for an acknowledgement of exactly this set, in the folder `acknowledgements` of the repository";
        return new("prune", digest, message, since)
        {
            Resources = [.. changes.Take(MostNamed).Select(static change => change.Resource.ToString())],
            Count = changes.Length,
            BlastRadius = $"{Counted.Of(changes.Length, "deletion")}{WithState(stateful, changes.Length)}",
            Acknowledgement = DeletionSet.WriteAcknowledgement(
                ApprovalText.NameOf(input.Unit.Key.Name, digest), changes, new("", "", "")),
        };
    }

    private static string WithState(int stateful, int all) => (stateful, all) switch
    {
        (0, _) => "",
        (1, 1) => ", and it holds state",
        (1, _) => ", 1 of them holds state",
        _ when stateful == all => ", and all hold state",
        _ => $", {stateful} of them hold state",
    };
}
