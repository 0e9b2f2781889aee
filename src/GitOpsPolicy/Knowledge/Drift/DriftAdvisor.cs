using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>What to do about one drift.</summary>
/// <param name="Kind">How it departs.</param>
/// <param name="Class">What it calls for: the table's answer, made stricter by what is going on.</param>
/// <param name="Prune">Whether the resource may be pruned.</param>
public sealed record DriftAdvice(DriftKind Kind, DriftClass Class, PrunePolicy Prune)
{
    /// <summary>It holds state that Git cannot give back.</summary>
    public bool IsStateful { get; init; }

    /// <summary>It is about who may do what: whoever is on call is told.</summary>
    public bool IsSecurity { get; init; }

    /// <summary>Why the answer is stricter than the table's, a phrase for each reason.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>What differs; empty where one side is not there.</summary>
    public ImmutableArray<DriftPlace> Places { get; init; } = [];
}

/// <summary>One place that drifted.</summary>
/// <param name="Path">JSON pointer.</param>
/// <param name="Manager">The field manager that wrote it; null where the object does not say.</param>
/// <param name="Where">Where Git says otherwise.</param>
public sealed record DriftPlace(string Path, string? Manager, SourceLocation? Where)
{
    /// <summary>What Git says; null where it says nothing.</summary>
    public Node? Desired { get; init; }

    /// <summary>What lives; null where nothing does.</summary>
    public Node? Live { get; init; }
}

/// <summary>A change as the table sees it, before anybody asks what is going on around it.</summary>
public sealed class DriftSight
{
    private readonly DriftQuestion question;

    internal DriftSight(DriftQuestion question) => this.question = question;

    /// <summary>How it departs.</summary>
    public DriftKind Kind => question.Kind;

    /// <summary>What differs; empty where one side is not there.</summary>
    public ImmutableArray<DriftPlace> Places { get; internal init; } = [];

    /// <summary>What it calls for.</summary>
    /// <param name="around">What is going on around it.</param>
    /// <param name="frozenBy">The freeze window that is open for it, in words; null for none.</param>
    public DriftAdvice In(DriftContext around, string? frozenBy = null)
    {
        var decision = DriftDecision.Of(question with { FrozenBy = frozenBy, Around = around });
        return new(Kind, decision.Class, decision.Prune)
        {
            IsStateful = question.IsStateful,
            IsSecurity = question.IsSecurity,
            Reasons = decision.Reasons,
            Places = Places,
        };
    }
}

/// <summary>Tells what drift calls for, by a drift table. Rules ask the same through <c>gitops-policy/drift</c>.</summary>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class DriftAdvisor
{
    private readonly DriftTable table;

    /// <summary>Goes by the table of a rule set.</summary>
    public DriftAdvisor(RuleSet rules)
        : this(rules.Classes)
    {
    }

    internal DriftAdvisor(DriftTable table) => this.table = table;

    /// <summary>What a change calls for as drift; of any other change, whether its resource may be pruned.</summary>
    /// <param name="change">The change.</param>
    /// <param name="around">What is going on around it.</param>
    /// <param name="frozenBy">The freeze window that is open for it, in words; null for none.</param>
    public DriftAdvice Of(Change change, DriftContext around, string? frozenBy = null) => Look(change).In(around, frozenBy);

    /// <summary>What can be said of a change whatever is going on around it.</summary>
    public DriftSight Look(Change change)
    {
        var differences = Drifting.DifferencesOf(change);
        var answer = AnswerFor(change, differences);
        return new(new(Drifting.KindOf(change), answer.Class, PruneOf(change))
        {
            IsStateful = Statefulness.Of(change, table),
            IsSecurity = answer.IsSecurity,
            IsReferenced = change.Drift is { IsReferenced: true },
            NeedsReplace = change is { Resource: KubernetesId id, Before: { } before, After: { } after,
                Origin: ChangeOrigin.Drift }
                && !ImmutableFields.Changed(id, after, before).IsEmpty,
        })
        {
            Places = change.Before is null || change.After is null
                ? []
                : [.. differences.Select(difference => PlaceOf(change, difference))],
        };
    }

    /// <summary>
    /// The class of drift by the table alone; <see cref="DriftClass.Ignore"/> where nothing that means something differs.
    /// </summary>
    internal DriftClass ClassOf(Change change) => AnswerFor(change, Drifting.DifferencesOf(change)).Class;

    // What a row hangs on may be what has drifted: of the classes of both states the stricter counts.
    private ResourceClass RowOf(Change change)
    {
        var of = table.ClassOf(change.Resource, change.Before ?? change.After);
        if (change is not { Origin: ChangeOrigin.Drift, Before: not null, After: { } lives }) return of;
        var other = table.ClassOf(change.Resource, lives);
        return other.Drift > of.Drift ? other : of;
    }

    private PrunePolicy PruneOf(Change change)
    {
        var of = RowOf(change);
        return of is { IsOnlyCopy: true, Prune: PrunePolicy.Never } && change.Origin == ChangeOrigin.Diff
            ? PrunePolicy.Confirm
            : of.Prune;
    }

    private TableAnswer AnswerFor(Change change, List<Difference> differences)
    {
        var isQuiet = change.Before is not null
            && change.After is not null
            && differences.Count == 0
            && Drifting.KindOf(change) is DriftKind.Modified or DriftKind.Added or DriftKind.None;
        return isQuiet
            ? new(DriftClass.Ignore, false)
            : TableAnswer.Of(RowOf(change), change.Before is null || change.After is null ? [] : differences, change.Environment);
    }

    private static DriftPlace PlaceOf(Change change, Difference difference) =>
        new(difference.Path, Drifting.ManagerOf(change, difference), Drifting.PlaceOf(change, difference)?.Location)
        {
            Desired = difference.Before,
            Live = difference.After,
        };
}
