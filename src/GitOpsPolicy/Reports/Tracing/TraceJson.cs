using System.Buffers;
using System.Text.Json;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Evaluation.Tracing;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Reports.Tracing;

/// <summary>How a rule came to its answer, for programs, as <c>docs/reference/trace.schema.json</c> describes it.</summary>
public static class TraceJson
{
    /// <summary>Version of the format. A reader may rely on every field while the number before the point stays.</summary>
    public const string SchemaVersion = "1.0";

    /// <summary>Writes the whole account.</summary>
    public static void Write(RuleTrace trace, TextWriter writer)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 14);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schemaVersion", SchemaVersion);
            json.WriteString("rule", trace.Rule);
            WriteAll(json, "judgements", trace.Judgements, WriteJudgement);
            json.WriteNumber("leftOut", trace.LeftOut);
            json.WriteNumber("notMatched", trace.NotMatched);
            json.WriteEndObject();
        }

        Report.WriteJson(writer, buffer.WrittenSpan);
    }

    private static void WriteJudgement(Utf8JsonWriter json, JudgementTrace judgement)
    {
        if (judgement.Change is { } change)
        {
            json.WriteString("resource", change.Resource.ToString());
            json.WriteString("operation", Words<Operation>.Of(change.Operation));
            WritePlace(json, "at", change.Location);
        }

        json.WriteString("answer", judgement.Answer);
        if (judgement.NotRun is { } why) json.WriteString("notRun", why);
        if (judgement.Ending is { } ending) json.WriteString("ending", ending);
        WriteAll(json, "match", judgement.Match, WriteMatch);
        WriteAll(json, "steps", judgement.Steps, WriteStep);
        json.WriteNumber("stepsLeftOut", judgement.StepsLeftOut);
        WriteAll(json, "reports", judgement.Reports, WriteReport);
        WriteAll(json, "withheld", judgement.Withheld, static (json, withheld) =>
        {
            json.WriteString("action", withheld.Action);
            WritePlace(json, "rule", withheld.At);
        });
    }

    private static void WriteMatch(Utf8JsonWriter json, MatchTrace match)
    {
        json.WriteString("constraint", match.Constraint);
        json.WriteString("wanted", match.Wanted);
        json.WriteString("actual", match.Actual);
        json.WriteBoolean("holds", match.Holds);
        WritePlace(json, "rule", match.Location);
    }

    private static void WriteStep(Utf8JsonWriter json, StepTrace step)
    {
        json.WriteString("kind", step.IsRead ? "read" : "branch");
        json.WriteString("what", step.What);
        json.WriteString("result", step.Result);
        WritePlace(json, "rule", step.At);
        if (step.Source is { } source) WritePlace(json, "at", source);
        if (step.Pointer is { } pointer) json.WriteString("pointer", pointer);
    }

    private static void WriteReport(Utf8JsonWriter json, ReportTrace report)
    {
        json.WriteString("action", Words<FindingAction>.Of(report.Action));
        json.WriteString("message", report.Message);
        WritePlace(json, "rule", report.At);
        if (report.Target is { } target) WritePlace(json, "at", target);
    }

    private static void WritePlace(Utf8JsonWriter json, string name, SourceLocation place)
    {
        if (place != default) json.WriteString(name, place.ToString());
    }

    private static void WriteAll<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
