using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Reports;

/// <summary>What a reviewer needs before merging: what would happen, what of it destroys, and what could not be told.</summary>
public sealed class ChangeSummary
{
    private const int NamedInSentence = 10;
    private const string Checked = "checked";

    private ChangeSummary(ImmutableArray<SummaryCount> counts, ImmutableArray<DestructiveChange> destructive) =>
        (Counts, Destructive) = (counts, destructive);

    /// <summary>How many resources each thing happens to, in a fixed order; nothing that happens to none.</summary>
    public ImmutableArray<SummaryCount> Counts { get; }

    /// <summary>The changes that destroy something or let go of it, in the order of the change set.</summary>
    public ImmutableArray<DestructiveChange> Destructive { get; }

    /// <summary>
    /// The summary in one line: <c>changes: 1 created, 2 deleted; destroyed or let go: aws_db_instance.main, …</c>.
    /// </summary>
    public string Sentence
    {
        get
        {
            var counts = Counts.IsEmpty ? "none" : string.Join(", ", Counts.Select(static part => $"{part.Count} {part.Word}"));
            if (Destructive.IsEmpty) return $"changes: {counts}";
            var names = string.Join(
                ", ",
                Destructive.Take(
                    NamedInSentence).Select(static destroyed =>
                        destroyed.Change.Resource + (destroyed.IsAcknowledged ? " (acknowledged)" : "")));
            var more = Destructive.Length > NamedInSentence ? $" and {Destructive.Length - NamedInSentence} more" : "";
            return $"changes: {counts}; destroyed or let go: {names}{more}";
        }
    }

    /// <summary>Sums up the changes of a decision.</summary>
    public static ChangeSummary Of(Decision decision)
    {
        var changes = decision.ChangeSet.Changes;
        var counts = changes.GroupBy(Word)
            .ToDictionary(static group => group.Key, static group => group.Count(), StringComparer.Ordinal);
        if (decision.ChangeSet.Uneventful is var more and > 0) counts[Checked] = counts.GetValueOrDefault(Checked) + more;
        return new(
            [.. Words.Where(counts.ContainsKey).Select(word => new SummaryCount(word, counts[word]))],
            [.. changes.Select((change, i) => new DestructiveChange(change, decision.Acknowledged.BinarySearch(i) >= 0))
                .Where(static one => IsDestructive(one.Change))]);
    }

    /// <summary>The words of a summary, what matters least first.</summary>
    private static readonly ImmutableArray<string> Words =
        [
            Checked, "created", "imported", "updated", "renamed", "replaced", "pruned", "deleted", "forgotten", "drifted", "read",
            "connected", "unchanged"
        ];

    /// <summary>The one word for what happens to a resource.</summary>
    public static string Word(Change change) => change switch
    {
        { Origin: ChangeOrigin.Drift } => "drifted",
        { Origin: ChangeOrigin.Manifest or ChangeOrigin.Live } => Checked,
        { Operation: Operation.None, Previous: not null } => "renamed",
        { Operation: Operation.None } => "unchanged",
        { Operation: Operation.Create } => "created",
        { Operation: Operation.Update } => "updated",
        { Operation: Operation.Replace } => "replaced",
        { Operation: Operation.Delete, Cause: ChangeCause.Prune } => "pruned",
        { Operation: Operation.Delete } => "deleted",
        { Operation: Operation.Forget } => "forgotten",
        { Operation: Operation.Import } => "imported",
        { Operation: Operation.Read } => "read",
        { Operation: Operation.Connect } => "connected",
        _ => throw new ArgumentException($"No word for {change.Operation} from {change.Origin}.", nameof(change)),
    };

    /// <summary>The change destroys what it names, or lets go of it.</summary>
    public static bool IsDestructive(Change change) =>
        change.Origin is not ChangeOrigin.Drift && change.Operation is Operation.Delete or Operation.Replace or Operation.Forget;
}

/// <summary>How many resources something happens to.</summary>
/// <param name="Word">What happens: <c>created</c>, <c>updated</c>, <c>replaced</c>, <c>pruned</c> and so on.</param>
/// <param name="Count">To how many; at least 1.</param>
public readonly record struct SummaryCount(string Word, int Count);

/// <summary>A change that destroys what it names, or lets go of it.</summary>
/// <param name="Change">The change.</param>
/// <param name="IsAcknowledged">An acknowledgement says that it is meant.</param>
public readonly record struct DestructiveChange(Change Change, bool IsAcknowledged);
