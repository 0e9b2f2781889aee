using System.Collections.Immutable;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Knowledge.Prune;

/// <summary>The rows of <c>kubernetes-guards.yaml</c>.</summary>
internal sealed class GuardTable
{
    private static readonly Lazy<GuardTable> Data = new(static () => KnowledgeData.Read("kubernetes-guards.yaml", Read));

    /// <summary>The table that ships in the binary.</summary>
    public static GuardTable Shipped => Data.Value;

    /// <summary>Words of Argo CD's list of options.</summary>
    public required ImmutableArray<OptionRow> Options { get; init; }

    /// <summary>Annotations and labels.</summary>
    public required ImmutableArray<MarkRow> Marks { get; init; }

    /// <summary>Fields of kinds.</summary>
    public required ImmutableArray<FieldRow> Fields { get; init; }

    /// <summary>Objects whose guards count for others.</summary>
    public required ImmutableArray<LentRow> Lent { get; init; }

    /// <summary>How to tell which tool manages an object.</summary>
    public required ImmutableArray<ManagerRow> Managers { get; init; }

    /// <summary>How the table calls a kind: <c>group/Kind</c>, the core group written out.</summary>
    public static string NameOf(string group, string kind) => $"{(group.Length == 0 ? "core" : group)}/{kind}";

    private static GuardTable Read(FieldReader fields) => new()
    {
        Options = KnowledgeData.Rows(
            fields, "argoOptions", row => new OptionRow(row.RequiredText("option"), Effect(row), Reach(row))),
        Marks = KnowledgeData.Rows(fields, "marks", row => new MarkRow(
            row.RequiredText("key"), row.TextList("values"), row.TextList("tools"), Effect(row), Reach(row), Kinds(row, "kinds"),
            row.Flag("anyCase") ?? false, row.Flag("labels") ?? false)),
        Fields = KnowledgeData.Rows(
            fields, "fields",
            row => new FieldRow(
                Kinds(row, "kinds"), row.RequiredText("field").Split('.'), row.TextList("values"), row.TextList("unless"),
                Effect(row), Reach(row))),
        Lent = KnowledgeData.Rows(
            fields, "lent",
            row => new LentRow(Kinds(row, "kinds"), row.RequiredText("field").Split('.'), row.RequiredText("by"))),
        Managers = KnowledgeData.Rows(
            fields, "managers", row => new ManagerRow(row.RequiredText("tool"), row.Text("annotation"), row.Text("label"))),
    };

    private static GuardEffect Effect(FieldReader row) => row.Word<GuardEffect>("effect") ?? GuardEffect.Prevents;

    private static GuardReach Reach(FieldReader row) =>
        row.WordList<GuardReach>("against").Aggregate(GuardReach.None, static (all, one) => all | one);

    private static ImmutableArray<Glob> Kinds(FieldReader row, string name) =>
        [.. row.TextList(name).Select(text => new Glob(text))];
}

/// <summary>One word of Argo CD's options.</summary>
internal sealed record OptionRow(string Option, GuardEffect Effect, GuardReach Reach);

/// <summary>One annotation or label.</summary>
internal sealed record MarkRow(
    string Key, ImmutableArray<string> Values, ImmutableArray<string> Tools, GuardEffect Effect, GuardReach Reach,
    ImmutableArray<Glob> Kinds, bool AnyCase, bool OrLabel);

/// <summary>One field. <c>Values</c> guard; where there are none, everything but <c>Unless</c> does.</summary>
internal sealed record FieldRow(
    ImmutableArray<Glob> Kinds, string[] Path, ImmutableArray<string> Values, ImmutableArray<string> Unless, GuardEffect Effect,
    GuardReach Reach);

/// <summary>The object that a field names keeps the data of the kinds.</summary>
/// <param name="Kinds">Whose data.</param>
/// <param name="Path">The field with the name.</param>
/// <param name="By">The kind of what it names.</param>
internal sealed record LentRow(ImmutableArray<Glob> Kinds, string[] Path, string By);

/// <summary>An annotation or label that a tool puts on what it manages.</summary>
internal sealed record ManagerRow(string Tool, string? Annotation, string? Label);
