using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GitOpsPolicy.Replaying;

namespace GitOpsPolicy.Reports.Replaying;

/// <summary>What came of replaying a recording, for programs: the fields that docs/operations/replay.md names.</summary>
public static class ReplayJsonReport
{
    /// <summary>Writes it all as one object.</summary>
    public static void Write(ReplaySummary summary, string toolVersion, TextWriter writer)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 14);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("toolVersion", toolVersion);
            json.WriteString("ruleset", summary.Digest);
            WriteCounts(json, summary);
            WriteRows(json, summary);
            WriteExamples(json, "newlyDeniedExamples", summary.Examples(ReplayResult.NewlyDenied));
            WriteExamples(json, "newlyAllowedExamples", summary.Examples(ReplayResult.NewlyAllowed));
            WriteExamples(json, "notReplayableExamples", summary.Examples(ReplayResult.NotReplayable));
            json.WriteEndObject();
        }

        Report.WriteJson(writer, buffer.WrittenSpan);
    }

    private static void WriteCounts(Utf8JsonWriter json, ReplaySummary summary)
    {
        json.WriteNumber("reviews", summary.Count);
        json.WriteNumber("newlyDenied", summary[ReplayResult.NewlyDenied]);
        json.WriteNumber("newlyAllowed", summary[ReplayResult.NewlyAllowed]);
        json.WriteNumber("same", summary[ReplayResult.Same]);
        json.WriteNumber("notReplayable", summary[ReplayResult.NotReplayable]);
        json.WriteNumber("notJudged", summary[ReplayResult.NotJudged]);
        json.WriteNumber("breakGlass", summary.BrokenGlass);
        json.WriteNumber("redacted", summary.Redacted);
        json.WriteStartObject("recordedRulesets");
        foreach (var (digest, count) in summary.Digests) json.WriteNumber(digest, count);
        json.WriteEndObject();
        json.WriteStartObject("sameDigest");
        json.WriteNumber("reviews", summary.SameDigest);
        json.WriteNumber("equal", summary.Equal);
        json.WriteNumber("equalButForRedacted", summary.EqualButRedacted);
        WriteExamples(json, "different", summary.Unequal);
        json.WriteEndObject();
    }

    private static void WriteRows(Utf8JsonWriter json, ReplaySummary summary)
    {
        json.WriteStartArray("rules");
        foreach (var ((rule, place), row) in summary.Rows)
        {
            json.WriteStartObject();
            json.WriteString("rule", rule);
            json.WriteString("namespace", place);
            json.WriteNumber("newlyDenied", row.NewlyDenied);
            json.WriteNumber("newlyAllowed", row.NewlyAllowed);
            json.WriteNumber("stillDenied", row.StillDenied);
            json.WriteNumber("notReplayable", row.NotReplayable);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteExamples(Utf8JsonWriter json, string name, IReadOnlyList<ReplayExample> examples)
    {
        json.WriteStartArray(name);
        foreach (var one in examples)
        {
            json.WriteStartObject();
            json.WriteString("time", one.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("request", one.Request);
            json.WriteNumber("times", one.Times);
            json.WriteString("namespace", one.Namespace);
            json.WriteString("decision", one.DecisionId);
            WriteNames(json, one.Rules);
            if (one.Message is not null) json.WriteString("message", one.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNames(Utf8JsonWriter json, ImmutableArray<string> rules)
    {
        json.WriteStartArray("rules");
        foreach (var rule in rules) json.WriteStringValue(rule);
        json.WriteEndArray();
    }
}
