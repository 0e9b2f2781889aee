using System.Buffers;
using System.Text.Json;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Testing.Coverage;

namespace GitOpsPolicy.Reports.Coverage;

/// <summary>What tests came to, for programs, as <c>docs/reference/coverage.schema.json</c> describes it.</summary>
public static class CoverageJson
{
    /// <summary>Version of the format. A reader may rely on every field while the number before the point stays.</summary>
    public const string SchemaVersion = "1.0";

    /// <summary>Writes the whole report.</summary>
    public static void Write(CoverageReport report, TextWriter writer)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 14);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schemaVersion", SchemaVersion);
            json.WriteStartObject("total");
            WriteShares(json, report.Lines, report.Branches, report.Messages);
            json.WriteEndObject();
            json.WriteStartArray("rules");
            foreach (var unit in report.Units) WriteUnit(json, unit);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        Report.WriteJson(writer, buffer.WrittenSpan);
    }

    private static void WriteUnit(Utf8JsonWriter json, UnitCoverage unit)
    {
        json.WriteStartObject();
        if (unit.Rule is { } rule) json.WriteString("rule", rule);
        json.WriteString("file", unit.File);
        WriteShares(json, unit.LineShare, unit.BranchShare, unit.MessageShare);
        json.WriteStartArray("lineHits");
        foreach (var line in unit.Lines)
        {
            json.WriteStartObject();
            json.WriteNumber("line", line.Line);
            json.WriteNumber("hits", line.Hits);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("branchHits");
        foreach (var branch in unit.Branches) WriteBranch(json, branch);
        json.WriteEndArray();
        json.WriteStartArray("messageHits");
        foreach (var message in unit.Messages) WriteMessage(json, message);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBranch(Utf8JsonWriter json, BranchCoverage branch)
    {
        json.WriteStartObject();
        WritePlace(json, branch.Location);
        json.WriteString("construct", branch.Construct);
        json.WriteStartArray("outcomes");
        foreach (var outcome in branch.Outcomes)
        {
            json.WriteStartObject();
            json.WriteString("outcome", outcome.Name);
            json.WriteNumber("hits", outcome.Hits);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, MessageCoverage message)
    {
        json.WriteStartObject();
        WritePlace(json, message.Location);
        json.WriteString("action", message.Action);
        json.WriteNumber("produced", message.Produced);
        json.WriteNumber("withheld", message.Withheld);
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, SourceLocation place)
    {
        json.WriteNumber("line", place.Line);
        json.WriteNumber("column", place.Column);
    }

    private static void WriteShares(Utf8JsonWriter json, Share lines, Share branches, Share messages)
    {
        WriteShare(json, "lines", lines);
        WriteShare(json, "branches", branches);
        WriteShare(json, "messages", messages);
    }

    private static void WriteShare(Utf8JsonWriter json, string name, Share share)
    {
        json.WriteStartObject(name);
        json.WriteNumber("covered", share.Covered);
        json.WriteNumber("total", share.Total);
        json.WriteNumber("percent", share.Percent);
        json.WriteEndObject();
    }
}
