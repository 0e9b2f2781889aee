using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Knowledge.Prune;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>What is known of one drift when it is decided what to do.</summary>
/// <param name="Kind">How it departs.</param>
/// <param name="Class">What the table says.</param>
/// <param name="Prune">Whether the table lets it be pruned.</param>
internal sealed record DriftQuestion(DriftKind Kind, DriftClass Class, PrunePolicy Prune)
{
    /// <summary>It holds state.</summary>
    public bool IsStateful { get; init; }

    /// <summary>It is about who may do what.</summary>
    public bool IsSecurity { get; init; }

    /// <summary>It left Git, and a Pod that lives refers to it.</summary>
    public bool IsReferenced { get; init; }

    /// <summary>Bringing it back would take making it anew.</summary>
    public bool NeedsReplace { get; init; }

    /// <summary>The freeze window of the configuration that is open over it, in a few words; null for none.</summary>
    public string? FrozenBy { get; init; }

    /// <summary>What is going on around it.</summary>
    public DriftContext Around { get; init; } = DriftContext.None;
}

/// <summary>What to do about one drift: the table's answer, made stricter by what is going on.</summary>
/// <param name="Class">What to do.</param>
/// <param name="Prune">Whether it may be pruned.</param>
/// <param name="Reasons">Why it is not as the table says, a phrase for each row that made it stricter, in the order of the
/// rows.</param>
internal sealed record DriftDecision(DriftClass Class, PrunePolicy Prune, ImmutableArray<string> Reasons)
{
    // Each row may only make the answer stricter, and what is ignored stays ignored unless a row says otherwise of all.
    private static readonly ImmutableArray<Row> Rows =
    [
        new(
            q => q.Kind == DriftKind.Unknown, AtLeast: DriftClass.Alert, "what lives is not known for sure",
            PruneAtLeast: PrunePolicy.Never),
        new(
            q => q.Around.Source == SourceState.Unknown, AtLeast: DriftClass.Alert, "what Git says is not known",
            PruneAtLeast: PrunePolicy.Never),
        new(
            q => q.Around.Source == SourceState.Stale, AtLeast: DriftClass.Alert, "what Git says may be out of date",
            PruneAtLeast: PrunePolicy.Never),
        new(
            q => q.Around.IsGitForbidden, AtLeast: DriftClass.Freeze, "what Git says violates the rules",
            PruneAtLeast: PrunePolicy.Never),
        new(
            q => q.Kind == DriftKind.Policy, AtLeast: DriftClass.Freeze, "what Git says violates the rules",
            PruneAtLeast: PrunePolicy.Never),
        new(
            q => q.Kind == DriftKind.Identity && q.IsStateful, AtLeast: DriftClass.Freeze,
            "another object has taken the name of one that holds state", PruneAtLeast: PrunePolicy.Never),
        new(
            q => q.Kind == DriftKind.Identity, AtLeast: DriftClass.Alert, "another object has taken its name",
            PruneAtLeast: PrunePolicy.Never),
        new(
            q => q.Kind == DriftKind.Conflict, AtLeast: DriftClass.Alert, "more than one claims it",
            PruneAtLeast: PrunePolicy.Never),
        new(q => q.IsReferenced, AtLeast: DriftClass.Ignore, "a Pod still refers to it", PruneAtLeast: PrunePolicy.Confirm),
        new(q => q.Kind == DriftKind.Missing && q.IsStateful, AtLeast: DriftClass.Freeze, "made again it would be empty"),
        new(
            q => q.Class == DriftClass.Correct && q.NeedsReplace, AtLeast: DriftClass.Alert,
            "bringing it back would take making it anew"),
        new(
            q => q.Class == DriftClass.Correct && (q.FrozenBy is not null || q.Around.IsFrozen) && !q.IsSecurity,
            AtLeast: DriftClass.Alert, "a freeze window is open")
        {
            Told = q => q.FrozenBy,
        },
        new(q => q.Class == DriftClass.Correct && q.Around.IsBreakGlass, AtLeast: DriftClass.Alert, "the glass is broken here"),
        new(
            q => q.Class == DriftClass.Alert && q.Around.IsOverdue, AtLeast: DriftClass.Freeze,
            "nobody has decided about it in time"),
    ];

    /// <summary>Decides.</summary>
    public static DriftDecision Of(DriftQuestion question)
    {
        var (drift, prune) = (question.Class, question.Prune);
        var reasons = ImmutableArray.CreateBuilder<string>();
        foreach (var row in Rows)
        {
            if (!row.Fits(question)) continue;
            if (row.AtLeast > drift || row.PruneAtLeast > prune) reasons.Add(row.Told?.Invoke(question) ?? row.Because);
            if (row.AtLeast > drift) drift = row.AtLeast;
            if (row.PruneAtLeast > prune) prune = row.PruneAtLeast;
        }

        return new(drift, prune, reasons.ToImmutable());
    }

    private sealed record Row(
        Func<DriftQuestion, bool> Fits, DriftClass AtLeast, string Because, PrunePolicy PruneAtLeast = PrunePolicy.Allow)
    {
        /// <summary>What the question says instead; null for <see cref="Because"/>.</summary>
        public Func<DriftQuestion, string?>? Told { get; init; }
    }
}
