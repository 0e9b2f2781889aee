using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies.Costs;

/// <summary>
/// What rules cost when somebody wrote it down. Fuel and allocations hold on every machine, so the file may be committed and held
/// against a run anywhere; times say only how it was on one machine, and are never compared.
/// </summary>
/// <param name="ToolVersion">The program that measured.</param>
/// <param name="Rules">What was measured, by name of the rule.</param>
public sealed record CostBaseline(string ToolVersion, ImmutableSortedDictionary<string, ImmutableArray<InputCost>> Rules)
{
    /// <summary>Version of the format. A reader may rely on every field while the number before the point stays.</summary>
    public const string SchemaVersion = "1.0";

    /// <summary>Writes a report as a baseline: rules by name, so that a new one differs from the old where costs do.</summary>
    public static void Write(CostReport report, string toolVersion, TextWriter writer)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 14);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schemaVersion", SchemaVersion);
            json.WriteString("toolVersion", toolVersion);
            json.WriteStartArray("rules");
            foreach (var rule in report.Rules.Where(static rule => rule.Runs > 0)
                .OrderBy(static rule => rule.Rule, StringComparer.Ordinal))
                Write(json, rule);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        writer.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>Reads a baseline, or tells everything that is wrong with the file.</summary>
    public static Loaded<CostBaseline> Read(string path, ReadOnlyMemory<byte> utf8)
    {
        var loaded = JsonReader.Read(new TextFile(path, utf8), utf8, ReaderLimits.Default);
        if (!loaded.TryGet(out var document)) return new(loaded.Problems);
        var problems = new ProblemList();
        var baseline = Read(document.Root, problems);
        return problems.Count > 0 ? new(problems.InFileOrder()) : new(baseline!);
    }

    private static CostBaseline? Read(Node root, ProblemList problems)
    {
        if (Reads.Mapping(root, "baseline", problems) is not { } mapping) return null;
        var fields = new FieldReader(mapping, problems);
        if (fields.RequiredText("schemaVersion") is { Length: > 0 } version
            && version.Split('.')[0] != SchemaVersion.Split('.')[0])
            problems.Add(
                mapping["schemaVersion"]!, $"unknown format `{version}`",
                $"this program reads {SchemaVersion}; write the baseline anew with `--save`");
        var tool = fields.RequiredText("toolVersion");
        fields.Require("rules");
        var rules = fields.Items("rules")
            .Select(node => ReadRule(node, problems))
            .OfType<(string Name, ImmutableArray<InputCost> Inputs)>();
        return new(
            tool,
            rules.GroupBy(static rule => rule.Name, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(
                    static same => same.Key, static same => same.First().Inputs, StringComparer.Ordinal));
    }

    private static (string Name, ImmutableArray<InputCost> Inputs)? ReadRule(Node node, ProblemList problems)
    {
        if (Reads.Mapping(node, "rules", problems) is not { } mapping) return null;
        var fields = new FieldReader(mapping, problems);
        fields.Require("inputs");
        return (fields.RequiredText("name"),
            [.. fields.Items("inputs").Select(input => ReadInput(input, problems)).OfType<InputCost>()]);
    }

    private static InputCost? ReadInput(Node node, ProblemList problems)
    {
        if (Reads.Mapping(node, "inputs", problems) is not { } mapping) return null;
        var fields = new FieldReader(mapping, problems);
        return new(
            fields.RequiredText("name"), fields.RequiredText("digest"), (int)Number(fields, "runs"), Number(fields, "fuel"),
            Number(fields, "allocatedBytes"));
    }

    private static long Number(FieldReader fields, string name)
    {
        if (!fields.Require(name)) return 0;
        if (fields.Any(name) is ScalarNode { Kind: NodeKind.Number } scalar
            && long.TryParse(scalar.Text, out var number)
            && number >= 0)
            return number;
        fields.Problems.Add(
            fields.Mapping[name]!, $"`{name}` must be a whole number, not {Reads.Describe(fields.Mapping[name]!)}");
        return 0;
    }

    private static void Write(Utf8JsonWriter json, MeasuredRule rule)
    {
        json.WriteStartObject();
        json.WriteString("name", rule.Rule);
        if (rule.Time is { } time) json.WriteNumber("nanosecondsPerRun", (long)time.Median.TotalNanoseconds);
        json.WriteStartArray("inputs");
        foreach (var input in rule.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("name", input.Name);
            json.WriteString("digest", input.Digest);
            json.WriteNumber("runs", input.Runs);
            json.WriteNumber("fuel", input.Fuel);
            json.WriteNumber("allocatedBytes", input.AllocatedBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
