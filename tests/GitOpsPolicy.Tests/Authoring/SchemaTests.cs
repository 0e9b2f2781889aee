using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using GitOpsPolicy.Authoring;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Knowledge.Freezes;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Parameters;
using GitOpsPolicy.Policies.Testing;
using GitOpsPolicy.Tests.Reports;
using Xunit;

namespace GitOpsPolicy.Tests.Authoring;

/// <summary>The schema that editors use says what the readers say.</summary>
public sealed class SchemaTests
{
    private const string Unknown = "zzzzzzzzzz";
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));
    private static readonly JsonElement Schema = JsonDocument.Parse(AuthoringData.Read(AuthoringData.SchemaFile)).RootElement;
    private static readonly JsonSchema Checker = new(Schema);

    public static TheoryData<string> FilesOfOurs()
    {
        var data = new TheoryData<string>();
        foreach (var folder in (string[])[
            "policies", "docs/examples", "tests/GitOpsPolicy.Tests/Authoring/Samples", "tests/GitOpsPolicy.Benchmarks/Rules"
        ])
            foreach (var file in Directory.GetFiles(Path.Combine(Root, folder), "*.yaml", SearchOption.AllDirectories).Order(
                StringComparer.Ordinal))
                if (Path.GetFileName(file) != "broken.yaml"
                    && File.ReadAllText(file).Contains("gitopspolicy.dev/", StringComparison.Ordinal))
                    data.Add(Path.GetRelativePath(Root, file));
        return data;
    }

    public static TheoryData<string, string> Broken()
    {
        var data = new TheoryData<string, string>();
        foreach (var text in File.ReadAllText(Sample("broken.yaml")).ReplaceLineEndings("\n").Split("---\n"))
            data.Add(text.Split('\n')[0].TrimStart('#', ' '), text);
        return data;
    }

    public static TheoryData<string, string> Words() => new()
    {
        { "severity", string.Join(' ', Words<Severity>.All) },
        { "operation", string.Join(' ', Words<Operation>.All) },
        { "origin", string.Join(' ', Words<ChangeOrigin>.All) },
        { "surface", string.Join(' ', Words<Surface>.All) },
        { "enforcement", string.Join(' ', Words<Enforcement>.All) },
        { "parameterType", string.Join(' ', Words<ParameterType>.All) },
        { "change/properties/cause", string.Join(' ', Words<ChangeCause>.All) },
        { "change/properties/drift/properties/kind", string.Join(' ', Words<DriftKind>.All) },
        { "patternCheck/properties/action", string.Join(' ', Words<FindingAction>.All) },
        { "expectation/properties/action", string.Join(' ', Words<ExpectedAction>.All) },
        { "ruleSpec/properties/scope", string.Join(' ', Words<RuleScope>.All) },
        { "driftClass/properties/drift", string.Join(' ', Words<DriftClass>.All) },
        { "driftField/properties/drift", string.Join(' ', Words<DriftClass>.All) },
        { "freezeWindow/properties/kind", string.Join(' ', Words<FreezeKind>.All) },
        { "driftClass/properties/prune", string.Join(' ', Words<PrunePolicy>.All) },
    };

    [Theory]
    [MemberData(nameof(FilesOfOurs))]
    public void Every_file_that_ships_is_as_the_schema_says(string path)
    {
        var documents = PolicyReaders.Documents(File.ReadAllText(Path.Combine(Root, path)), path).ToList();
        Assert.NotEmpty(documents);
        foreach (var document in documents) Assert.Empty(Checker.Check(PolicyReaders.Json(document)));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_the_readers_refuse_the_schema_refuses_too(string mistake, string text)
    {
        var document = Assert.Single(PolicyReaders.Documents(text));
        Assert.True(PolicyReaders.Problems(document).Count > 0, $"the reader takes {mistake}");
        Assert.True(Checker.Check(PolicyReaders.Json(document)).Count > 0, $"the schema takes {mistake}");
    }

    [Fact]
    public void Every_mapping_has_the_fields_that_its_reader_knows()
    {
        var places = Places();
        foreach (var (definition, fields) in ClosedMappings(Schema.GetProperty("definitions"), ""))
        {
            // its reader is another project's, whose tests hold the two together
            if (definition.StartsWith("Reconciliation/", StringComparison.Ordinal)) continue;

            Assert.True(
                places.TryGetValue(definition, out var place),
                $"mappings.cases does not say where {definition} stands in a sample");
            var known = definition == "operators" ? KnownOperators(place) : KnownFields(place);
            Assert.True(
                known.SetEquals(fields),
                $"{definition}: the reader knows {string.Join(", ", known.Order(StringComparer.Ordinal))}, the schema {string.Join(", ", fields.Order(StringComparer.Ordinal))}");
        }
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void Every_list_of_words_is_the_readers_own(string definition, string words)
    {
        var listed = At(Schema.GetProperty("definitions"), definition).GetProperty("enum")
            .EnumerateArray()
            .Where(e => e.ValueKind == JsonValueKind.String)
            .Select(e => e.GetString()!);
        Assert.Equal(words.Split(' ').Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, (string File, string Pointer)> Places() => File.ReadLines(Sample("mappings.cases"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(" => "))
        .ToDictionary(
            line => line[0], line => (line[1].Split(' ')[0], line[1].Contains(' ') ? line[1].Split(' ')[1] : ""),
            StringComparer.Ordinal);

    // Every part of the schema that says `additionalProperties: false`, with its fields.
    private static IEnumerable<(string Definition, HashSet<string> Fields)> ClosedMappings(JsonElement schema, string at)
    {
        if (schema.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in schema.EnumerateArray())
                foreach (var found in ClosedMappings(item, $"{at}/{index++}")) yield return found;
        }

        if (schema.ValueKind != JsonValueKind.Object) yield break;
        if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.False)
            yield return (at,
                schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal));
        foreach (var part in schema.EnumerateObject())
            foreach (var found in ClosedMappings(part.Value, at.Length == 0 ? part.Name : $"{at}/{part.Name}"))
                yield return found;
    }

    private static HashSet<string> KnownFields((string File, string Pointer) place)
    {
        var problem = Assert.Single(ProblemsWith(place, Unknown), p => p.Message == $"unknown field `{Unknown}`");
        return problem.Hint!["known here: ".Length..].Split(", ").ToHashSet(StringComparer.Ordinal);
    }

    // An operator is what a pattern does not take for a field: beside another operator, a field is a mistake.
    private static HashSet<string> KnownOperators((string File, string Pointer) place)
    {
        var candidates = Schema.GetProperty("definitions").GetProperty("operators")
            .GetProperty("properties")
            .EnumerateObject()
            .Select(p => p.Name)
            .Append(Unknown);
        return candidates
            .Where(name => !ProblemsWith(place, name).Any(p => p.Message.Contains("mixes the field", StringComparison.Ordinal)))
            .ToHashSet(StringComparer.Ordinal);
    }

    private static List<Problem> ProblemsWith((string File, string Pointer) place, string field)
    {
        var document = Assert.Single(PolicyReaders.Documents(File.ReadAllText(Sample(place.File))));
        var json = JsonNode.Parse(NodeWriter.ToJson(document))!;
        var target = place.Pointer.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(json, (node, step) => node is JsonArray list ? list[int.Parse(step)]! : node[step]!);
        if (!target.AsObject().ContainsKey(field)) target[field] = 1;
        return PolicyReaders.Problems(Assert.Single(PolicyReaders.Documents(json.ToJsonString())));
    }

    private static JsonElement At(JsonElement element, string path) =>
        path.Split('/').Aggregate(element, (e, step) => e.GetProperty(step));

    private static string Sample(string name) => Path.Combine(Here(), "Samples", name);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
