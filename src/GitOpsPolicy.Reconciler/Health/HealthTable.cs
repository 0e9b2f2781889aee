using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Reconciler.Health;

/// <summary>The rows of <c>health.yaml</c>: what words of its status mean for a kind.</summary>
internal sealed class HealthTable(ImmutableArray<HealthRow> rows)
{
    private static readonly Lazy<HealthTable> Data = new(static () =>
        new(KnowledgeData.Read(
            typeof(HealthTable).Assembly, "health.yaml", static fields => KnowledgeData.Rows(fields, "rows", ReadRow))));

    /// <summary>The table that ships in the binary.</summary>
    public static HealthTable Shipped => Data.Value;

    /// <summary>The rows, in the order in which they are looked through.</summary>
    public ImmutableArray<HealthRow> Rows { get; } = rows;

    /// <summary>The first row for a kind; null when there is none.</summary>
    public HealthRow? Find(string kindName) => Rows.FirstOrDefault(row => row.Kinds.Any(kind => kind.Fits(kindName)));

    private static HealthRow ReadRow(FieldReader row) => new(
        [.. row.TextList("kinds").Select(static text => new Glob(text))],
        KnowledgeData.Rows(row, "states", static state => new HealthCase(
            [.. state.TextList("when").Select(HealthTest.Parse)], state.Word<HealthState>("is") ?? HealthState.Unknown,
            state.Text("says"))),
        row.Word<HealthState>("otherwise") ?? HealthState.InProgress,
        row.Text("says") ?? "",
        row.Text("each"));
}

/// <summary>What is known of some kinds.</summary>
/// <param name="Kinds"><c>group/Kind</c>, globs.</param>
/// <param name="Cases">The first that fits decides.</param>
/// <param name="Otherwise">The state where none fits.</param>
/// <param name="Says">What to say then.</param>
/// <param name="Each">A pointer to a list: each of its items has conditions of its own, and the worst one decides; null for the
/// status as a whole.</param>
internal sealed record HealthRow(
    ImmutableArray<Glob> Kinds, ImmutableArray<HealthCase> Cases, HealthState Otherwise, string Says, string? Each)
{
    /// <summary>How an object is by this row.</summary>
    public ObjectHealth Judge(LiveObject live)
    {
        if (Each is null) return One(live);
        var parts = FieldWalk.At(live.Root, Each).OfType<SequenceNode>()
            .SelectMany(static list => list.Items.ToArray())
            .OfType<MappingNode>();
        return parts.Select(part => One(new(live.Root, part))).MaxBy(static health => health.State) ?? new(Otherwise, Says);
    }

    private ObjectHealth One(LiveObject live) =>
        Cases.Select(one => one.Judge(live)).FirstOrDefault(static health => health is not null) ?? new(Otherwise, Says);
}

/// <summary>What an object is when all its tests hold.</summary>
/// <param name="When">The tests.</param>
/// <param name="Is">The state.</param>
/// <param name="Says">What to say; null for what the object itself says.</param>
internal sealed record HealthCase(ImmutableArray<HealthTest> When, HealthState Is, string? Says)
{
    /// <summary>How the object is; null when a test does not hold.</summary>
    public ObjectHealth? Judge(LiveObject live)
    {
        var told = "";
        foreach (var test in When)
        {
            if (test.Find(live) is not { } found) return null;
            told = found;
        }

        return new(Is, Says ?? (Is == HealthState.Current ? "" : told));
    }
}
