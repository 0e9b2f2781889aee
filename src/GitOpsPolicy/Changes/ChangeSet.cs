using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Changes;

/// <summary>All changes of one pull request, plan or reconcile pass.</summary>
public sealed record ChangeSet
{
    /// <summary>
    /// The changes, in the order of their sources. Unchanged resources are in it with <see cref="Operation.None"/>.
    /// </summary>
    public required ImmutableArray<Change> Changes { get; init; }

    /// <summary>
    /// Resources that were judged and are told by number alone, since nothing was found about them; they are not among the
    /// changes.
    /// </summary>
    public int Uneventful { get; init; }

    /// <summary>How many resources there were before; null where that is not known (manifests judged as they stand).</summary>
    public int? CountBefore { get; init; }

    /// <summary>
    /// Why this is not the whole picture, one sentence each: a targeted, errored or deferred plan, a file that could not be
    /// rendered. While there is a reason, nothing may conclude that something else is <em>not</em> deleted.
    /// </summary>
    public ImmutableArray<string> Incomplete { get; init; } = [];

    /// <summary>Inputs that could not be read or understood. Any of these makes the answer untrustworthy (exit code 3).</summary>
    public ImmutableArray<Problem> Problems { get; init; } = [];

    /// <summary>Things worth telling that change no verdict, one sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Every text known to be sensitive in these inputs, for masking by value: masks by path miss copies.</summary>
    public ImmutableHashSet<string> SensitiveTexts { get; init; } = [];

    /// <summary>The configured environments; empty where there are none, or nobody has said yet.</summary>
    public ImmutableArray<EnvironmentStep> Environments { get; init; } = [];

    /// <summary>What the host found out about environments; null where it found out nothing.</summary>
    public PromotionFacts? Promotion { get; init; }

    /// <summary>Both sets as one, the other's changes after these. References between changes are kept.</summary>
    public ChangeSet Append(ChangeSet other)
    {
        var offset = Changes.Length;
        return new()
        {
            Changes = [
                .. Changes,
                .. other.Changes.Select(change =>
                    change.PairedWith is { } paired ? change with { PairedWith = paired + offset } : change)
            ],
            Uneventful = Uneventful + other.Uneventful,
            CountBefore = CountBefore is null && other.CountBefore is null ? null : (CountBefore ?? 0) + (other.CountBefore ?? 0),
            Incomplete = [.. Incomplete, .. other.Incomplete],
            Problems = [.. Problems, .. other.Problems],
            Notes = [.. Notes, .. other.Notes],
            SensitiveTexts = SensitiveTexts.Union(other.SensitiveTexts),
            Promotion = Promotion ?? other.Promotion,
            Environments = Environments.IsEmpty ? other.Environments : Environments,
        };
    }
}
