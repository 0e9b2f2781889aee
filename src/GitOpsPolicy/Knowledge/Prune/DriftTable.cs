using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Knowledge.Prune;

/// <summary>Resource classes in the order they are tried: those of the user's table, then the shipped ones.</summary>
/// <threadsafety>Safe from any thread.</threadsafety>
internal sealed class DriftTable
{
    private static readonly Lazy<ImmutableArray<Row>> ShippedRows = new(ReadShipped);

    // Rows of a table, each with what it fits. A name without a star is looked up; only the rest are tried one by one.
    private sealed record Row(
        ResourceClass Class, ImmutableArray<Glob> Kinds, ImmutableArray<Glob> Types, ImmutableArray<Glob> Namespaces)
    {
        /// <summary>Globs over names; empty for any.</summary>
        public ImmutableArray<Glob> Names { get; init; } = [];

        /// <summary>
        /// What the object has to hold, a glob by JSON pointer; a row with some fits no resource of which only the name is known.
        /// </summary>
        public ImmutableArray<(string Pointer, ImmutableArray<Glob> Globs)> Where { get; init; } = [];

        /// <summary>The same, of which one has to be so.</summary>
        public ImmutableArray<(string Pointer, ImmutableArray<Glob> Globs)> WhereAny { get; init; } = [];

        /// <summary>Where the object has to hold a policy that allows everything; empty where it need not.</summary>
        public ImmutableArray<FieldPattern> AllowsAll { get; init; } = [];
    }

    private readonly ImmutableArray<Row> rows;

    private DriftTable(ImmutableArray<Row> rows) => this.rows = rows;

    /// <summary>The table that ships in the binary.</summary>
    public static DriftTable Shipped => new(ShippedRows.Value);

    /// <summary>Reads a <c>DriftTable</c> document, or the <c>spec</c> of one, to be laid over the shipped table.</summary>
    public static DriftTable Read(MappingNode document, ProblemList problems) =>
        new([.. ReadRows(document, problems), .. ShippedRows.Value]);

    /// <summary>The class of a resource. Every resource has one: the last rows of the shipped table fit all.</summary>
    /// <param name="id">The resource.</param>
    /// <param name="root">The object, on which some rows hang; null where only the name is known.</param>
    public ResourceClass ClassOf(ResourceId id, Node? root = null)
    {
        var (name, space, own) = id switch
        {
            KubernetesId kubernetes =>
                (GuardTable.NameOf(kubernetes.Group, kubernetes.Kind), kubernetes.Namespace, kubernetes.Name),
            TerraformId terraform => (terraform.Type, null, terraform.Name),
            FileId file => ($"files/{file.Kind}", "", file.Path),
            _ => throw new ArgumentException($"No class for {id}.", nameof(id)),
        };
        foreach (var row in rows)
            if (Fits(row, name, space) && FitsObject(row, own, root)) return row.Class;
        throw new InvalidOperationException($"The shipped drift table has no row for {name}.");
    }

    /// <summary>The class of this resource may hang on documents within its texts.</summary>
    public bool ReadsTexts(ResourceId id) =>
        id is TerraformId terraform && rows.Any(row => !row.AllowsAll.IsEmpty && FitsAny(row.Types, terraform.Type));

    private static bool Fits(Row row, string name, string? space)
    {
        if (row.Namespaces.Length > 0 && (space is null || !FitsAny(row.Namespaces, space))) return false;
        return FitsAny(space is null ? row.Types : row.Kinds, name);
    }

    private static bool FitsObject(Row row, string name, Node? root) =>
        (row.Names.IsEmpty || FitsAny(row.Names, name))
        && row.Where.All(entry => Holds(root, entry.Pointer, entry.Globs))
        && (row.WhereAny.IsEmpty || row.WhereAny.Any(entry => Holds(root, entry.Pointer, entry.Globs)))
        && (row.AllowsAll.IsEmpty || AllowingEverything.IsIn(root, row.AllowsAll));

    private static bool Holds(Node? root, string pointer, ImmutableArray<Glob> globs) =>
        root is not null
            && JsonPointer.Find(root, pointer) is ScalarNode { IsUnknown: false } scalar
            && FitsAny(globs, scalar.Text);

    private static bool FitsAny(ImmutableArray<Glob> globs, string text)
    {
        foreach (var glob in globs)
            if (glob.Fits(text)) return true;
        return false;
    }

    private static ImmutableArray<Row> ReadShipped()
    {
        var problems = new ProblemList();
        var shipped = ReadRows(KnowledgeData.Read("drift-table.yaml"), problems);
        return problems.Count == 0
            ? shipped
            : throw new InvalidOperationException($"The shipped drift table is broken: {problems.InFileOrder()[0]}");
    }

    private static ImmutableArray<Row> ReadRows(MappingNode document, ProblemList problems)
    {
        var spec = document["spec"] as MappingNode ?? document;
        var fields = new FieldReader(spec, problems);
        if (!fields.Require("classes")) return [];
        var read = fields.Items("classes").Select(node => ReadRow(node, problems)).OfType<Row>().ToImmutableArray();
        fields.Finish();
        return read;
    }

    private static Row? ReadRow(Node node, ProblemList problems)
    {
        if (Reads.Mapping(node, "classes", problems) is not { } mapping) return null;
        var fields = new FieldReader(mapping, problems);
        var before = problems.Count;
        fields.Require("drift");
        fields.Require("prune");
        var of = new ResourceClass(
            fields.RequiredText("name"),
            fields.Word<DriftClass>("drift") ?? DriftClass.Alert,
            fields.Word<PrunePolicy>("prune") ?? PrunePolicy.Confirm,
            fields.Flag("stateful") ?? false,
            fields.Flag("backup") ?? false,
            fields.Text("why") ?? "")
        {
            IsSecurity = fields.Flag("security") ?? false,
            IsOnlyCopy = fields.Flag("onlyCopy") ?? false,
            Fields = [.. fields.Items("fields").Select(item => ReadFieldRule(item, problems)).OfType<FieldRule>()],
        };
        var row = new Row(of, Globs(fields, "kinds"), Globs(fields, "types"), Globs(fields, "namespaces"))
        {
            Names = Globs(fields, "names"),
            Where = [.. fields.Entries("where").Select(entry => ReadCondition(entry, problems))],
            WhereAny = [.. fields.Entries("whereAny").Select(entry => ReadCondition(entry, problems))],
            AllowsAll = ReadPaths(fields, "allowsAll"),
        };
        if (row.Kinds.IsEmpty && row.Types.IsEmpty)
            problems.Add(mapping, $"class `{of.Name}` fits nothing", "give it `kinds` or `types`");
        fields.Finish();
        return problems.Count == before ? row : null;
    }

    private static FieldRule? ReadFieldRule(Node node, ProblemList problems)
    {
        if (Reads.Mapping(node, "fields", problems) is not { } mapping) return null;
        var fields = new FieldReader(mapping, problems);
        var before = problems.Count;
        fields.Require("paths");
        fields.Require("drift");
        var rule = new FieldRule(
            ReadPaths(fields, "paths"), fields.Word<DriftClass>("drift") ?? DriftClass.Alert, fields.Flag("security") ?? false,
            Globs(fields, "environments"), fields.Flag("lowering") ?? false);
        fields.Finish();
        return problems.Count == before ? rule : null;
    }

    private static ImmutableArray<FieldPattern> ReadPaths(FieldReader fields, string name)
    {
        foreach (var path in fields.Items(name))
            if (path.AsText() is { } text && !FieldPattern.IsWellFormed(text))
                fields.Problems.Add(path, $"`{text}` is no path", DriftIgnore.PathHint);
        return [.. fields.TextList(name).Where(FieldPattern.IsWellFormed).Select(static path => new FieldPattern(path))];
    }

    private static (string Pointer, ImmutableArray<Glob> Globs) ReadCondition(MappingEntry entry, ProblemList problems)
    {
        if (!entry.Key.StartsWith('/'))
            problems.Add(entry.Value, $"`{entry.Key}` is no path", "write a JSON pointer such as `/roleRef/name`");
        var texts = entry.Value is SequenceNode list ? list.Items.ToArray() : [entry.Value];
        return (entry.Key,
            [.. texts.Select(text => Reads.Text(text, entry.Key, problems)).OfType<string>().Select(text => new Glob(text))]);
    }

    private static ImmutableArray<Glob> Globs(FieldReader fields, string name) =>
        [.. fields.TextList(name).Select(text => new Glob(text))];
}
