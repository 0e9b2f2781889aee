using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Status;
using GitOpsPolicy.Reconciler.Units;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Units;

/// <summary>What the API server takes for a unit, and what the engine does.</summary>
public sealed class ReconciliationSchemaTests
{
    private const string Stranger = "xStranger";
    private const string Known = "known here: ";

    private static readonly MappingNode Definition = Sample.Object(File.ReadAllText(Path.Join(
        Repository.Root, "charts", "gitops-policy", "crds", "reconciliations.gitopspolicy.dev.yaml")));
    private static readonly MappingNode Version = Definition.Mapping("spec")!.Mappings("versions").Single();
    private static readonly MappingNode Schema = Version.Mapping("schema")!.Mapping("openAPIV3Schema")!;
    private static readonly MappingNode Spec = Schema.Mapping("properties")!.Mapping("spec")!;
    private static readonly MappingNode Status = Schema.Mapping("properties")!.Mapping("status")!;

    public static TheoryData<string> Mappings() => [.. MappingsOf(Spec, "/spec")];

    public static TheoryData<string> Words() => [.. EnumsOf(Spec, "/spec")];

    [Theory]
    [MemberData(nameof(Mappings))]
    public void The_reader_knows_the_fields_of_the_schema_and_no_others(string pointer)
    {
        var problem = ProblemWith(pointer, Stranger, ScalarNode.Boolean(true), $"unknown field `{Stranger}`");
        var fields = At(pointer).Mapping("properties")!.Entries
            .ToArray()
            .Select(static entry => entry.Key)
            .Order(StringComparer.Ordinal);
        Assert.Equal(Known + string.Join(", ", fields), problem.Hint);
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void The_reader_takes_the_words_of_the_schema_and_no_others(string pointer)
    {
        var (parent, name) = (pointer[..pointer.LastIndexOf('/')], pointer[(pointer.LastIndexOf('/') + 1)..]);
        var problem = ProblemWith(parent, name, ScalarNode.String(Stranger), $"`{Stranger}`");
        var words = ((SequenceNode)At(pointer)["enum"]!).Items.ToArray().Cast<ScalarNode>().Select(static word => word.Text);
        Assert.Equal("one of " + string.Join(", ", words), problem.Hint);
    }

    [Fact]
    public void What_the_reader_asks_for_the_schema_requires()
    {
        var read = UnitReader.Read(Sample.Object("{apiVersion: gitopspolicy.dev/v1alpha1, kind: Reconciliation, metadata: {name: shop}, spec: {source: {}, suspend: {}, dependsOn: [{}], render: {decryption: {secretRef: {} } } } }"));
        Assert.Equal(
            ["`by` is missing", "`name` is missing", "`name` is missing", "`reason` is missing", "`url` is missing"],
            read.Problems.Select(static problem => problem.Message).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["by,reason", "name", "name", "url"],
            new[] { "/spec/suspend", "/spec/dependsOn", "/spec/render/decryption/secretRef", "/spec/source" }.Select(
                static pointer => Required(At(pointer))));
    }

    [Fact]
    public void A_status_has_the_fields_of_the_schema_and_no_others()
    {
        var status = StatusObject.Of(Statuses.Full(), isTriedAgain: false, null, Statuses.Now)!;
        Assert.Equal(
            PathsOf(Status, "").Order(StringComparer.Ordinal),
            PathsIn(status, "").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_phase_is_a_word_of_the_schema() => Assert.Equal(
        UnitPhases.All.Select(UnitPhases.Word),
        ((SequenceNode)Status.Mapping("properties")!.Mapping("phase")!["enum"]!).Items.ToArray()
            .Cast<ScalarNode>()
            .Select(static word => word.Text));

    [Fact]
    public void Editors_know_the_fields_that_the_server_knows()
    {
        var known = Sample.Object(File.ReadAllText(Path.Join(Repository.Root, "docs", "reference", "gitops-policy.schema.json")));
        var unit = known.Mapping("definitions")!.Mapping("Reconciliation")!.Mapping("properties")!.Mapping("spec")!;
        Assert.Equal(MappingsOf(Spec, "/spec"), MappingsOf(unit, "/spec"));
        Assert.Equal(EnumsOf(Spec, "/spec"), EnumsOf(unit, "/spec"));
        Assert.Equal(PathsOf(Spec, ""), PathsOf(unit, ""));
    }

    [Fact]
    public void The_page_says_what_to_do_about_each_phase()
    {
        var page = File.ReadAllText(Path.Join(Repository.Root, "docs", "operations", "reconcile-running.md"));
        Assert.All(
            UnitPhases.All.Select(UnitPhases.Word),
            word => Assert.Contains(
                $"\n| `{word}`, `{char.ToUpperInvariant(word[0])}{word[1..]}` | ", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_field_says_what_it_means()
    {
        string[] standard = ["/apiVersion", "/kind", "/metadata", "/metadata/name", "/spec"];
        Assert.Equal(standard, Undescribed(Schema, "").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_field_stands_on_the_page_about_units_as_the_schema_describes_it()
    {
        var page = File.ReadAllLines(Path.Join(Repository.Root, "docs", "operations", "reconcile-units.md"));
        foreach (var (path, schema) in FieldsOf(Spec, "").Concat(FieldsOf(Status, "")))
        {
            var plain = path[1..].Replace('/', '.');
            Assert.Contains(
                page,
                line => line.Replace("[]", "", StringComparison.Ordinal).StartsWith($"| `{plain}` |", StringComparison.Ordinal)
                    && line.EndsWith($" | {schema.Text("description")} |", StringComparison.Ordinal));
        }
    }

    // A whole unit with one thing wrong in it.
    private static Problem ProblemWith(string pointer, string name, Node value, string message)
    {
        var spec = Whole(Spec, "/spec", pointer, name, value);
        var unit = Sample.Object($"{{apiVersion: {UnitReader.ApiVersion}, kind: {UnitReader.Kind}, metadata: {{name: shop}}, spec: {NodeWriter.ToJson(spec)} }}");
        var problems = UnitReader.Read(unit).Problems
            .Where(problem => problem.Message.Contains(message, StringComparison.Ordinal))
            .ToList();
        return Assert.Single(problems);
    }

    private static Node Whole(MappingNode schema, string at, string pointer, string name, Node value)
    {
        if (schema.Text("type") == "array") return new SequenceNode([Whole(schema.Mapping("items")!, at, pointer, name, value)]);
        if (schema.Text("type") != "object") return SampleOf(schema);
        var entries = schema.Mapping("properties")!.Entries.ToArray()
            .Where(entry => at != "/spec/source" || entry.Key is not ("tag" or "commit" or "ref"))
            .Where(entry => at != pointer || entry.Key != name)
            .Select(entry => new MappingEntry(
                entry.Key, default, Whole((MappingNode)entry.Value, $"{at}/{entry.Key}", pointer, name, value)));
        return new MappingNode([.. entries, .. at == pointer ? (MappingEntry[])[new(name, default, value)] : []]);
    }

    private static ScalarNode SampleOf(MappingNode schema) => (schema.Text("type"), schema.Text("format"),
        schema["enum"] as SequenceNode) switch
    {
        (_, _, { } words) => ScalarNode.String(((ScalarNode)words[0]).Text),
        ("boolean", _, _) => ScalarNode.Boolean(true),
        ("integer", _, _) => ScalarNode.Numeric("7"),
        (_, "date-time", _) => ScalarNode.String("2026-11-21T20:00:00Z"),
        _ when schema.Text("pattern").Contains("ns|us", StringComparison.Ordinal) => ScalarNode.String("1m30s"),
        _ => ScalarNode.String("text"),
    };

    private static MappingNode At(string pointer)
    {
        var at = Schema;
        foreach (var step in pointer.Split('/').Skip(1)) at = ItemOf(at.Mapping("properties")!.Mapping(step)!);
        return at;
    }

    private static MappingNode ItemOf(MappingNode schema) => schema.Text("type") == "array" ? schema.Mapping("items")! : schema;

    private static string Required(MappingNode schema) =>
        string.Join(',', ((SequenceNode)schema["required"]!).Items.ToArray().Cast<ScalarNode>().Select(static name => name.Text));

    private static IEnumerable<(string Path, MappingNode Schema)> FieldsOf(MappingNode schema, string at)
    {
        if (ItemOf(schema).Mapping("properties") is not { } fields) yield break;
        foreach (var entry in fields.Entries.ToArray())
        {
            yield return ($"{at}/{entry.Key}", (MappingNode)entry.Value);
            foreach (var below in FieldsOf((MappingNode)entry.Value, $"{at}/{entry.Key}")) yield return below;
        }
    }

    private static IEnumerable<string> MappingsOf(MappingNode schema, string at) =>
        FieldsOf(schema, at).Where(static one => ItemOf(one.Schema).Mapping("properties") is not null)
            .Select(static one => one.Path)
            .Prepend(at);

    private static IEnumerable<string> EnumsOf(MappingNode schema, string at) =>
        FieldsOf(schema, at).Where(static one => one.Schema["enum"] is not null).Select(static one => one.Path);

    private static IEnumerable<string> PathsOf(MappingNode schema, string at) =>
        FieldsOf(schema, at).Select(static one => one.Path);

    private static IEnumerable<string> Undescribed(MappingNode schema, string at) =>
        FieldsOf(schema, at).Where(static one => one.Schema.Text("description").Length == 0).Select(static one => one.Path);

    private static IEnumerable<string> PathsIn(Node value, string at) => value switch
    {
        MappingNode mapping =>
            mapping.Entries.ToArray().SelectMany(entry => PathsIn(entry.Value, $"{at}/{entry.Key}").Prepend($"{at}/{entry.Key}")),
        SequenceNode list => list.Items.ToArray().SelectMany(item => PathsIn(item, at)),
        _ => [],
    };
}
