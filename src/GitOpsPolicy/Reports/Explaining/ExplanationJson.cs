using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using GitOpsPolicy.Evaluation.Explaining;

namespace GitOpsPolicy.Reports.Explaining;

/// <summary>Why findings are there, for programs, as <c>docs/reference/explanation.schema.json</c> describes it.</summary>
public static class ExplanationJson
{
    /// <summary>Version of the format. A reader may rely on every field while the number before the point stays.</summary>
    public const string SchemaVersion = "1.0";

    /// <summary>Writes them.</summary>
    public static void Write(ImmutableArray<FindingExplanation> explanations, TextWriter writer)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 12);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schemaVersion", SchemaVersion);
            json.WriteStartArray("findings");
            foreach (var explanation in explanations) Write(json, explanation);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        writer.Write(Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n");
    }

    private static void Write(Utf8JsonWriter json, FindingExplanation explanation)
    {
        var finding = explanation.Finding;
        json.WriteStartObject();
        json.WriteString("fingerprint", finding.Fingerprint);
        json.WriteString("rule", finding.Rule);
        json.WriteString("action", finding.Action.ToString().ToLowerInvariant());
        json.WriteString("message", finding.Message);
        if (finding.Resource is { } resource) json.WriteString("resource", resource.Canonical);
        json.WriteString("location", finding.Location.ToString());
        json.WriteString("pointer", finding.Pointer);
        if (explanation.Rule?.Description is { } description) json.WriteString("why", description.Trim());
        WriteFacts(json, "facts", explanation.Facts);
        WriteFacts(json, "parameters", explanation.Parameters);
        WriteFacts(json, "verdict", explanation.Verdict);
        json.WriteStartArray("ways");
        foreach (var way in explanation.Ways) json.WriteStringValue(way);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFacts(Utf8JsonWriter json, string name, ImmutableArray<Fact> facts)
    {
        json.WriteStartArray(name);
        foreach (var fact in facts)
        {
            json.WriteStartObject();
            json.WriteString("name", fact.Name);
            json.WriteString("text", fact.Text);
            if (fact.Location is { Line: > 0 } place) json.WriteString("location", place.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
