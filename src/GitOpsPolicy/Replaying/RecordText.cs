using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Replaying;

/// <summary>
/// Records as lines of a file: a checksum of 16 hex digits, a space, the record in JSON. A line that was not written to its end
/// is told by its checksum.
/// </summary>
public static class RecordText
{
    private const int ChecksumLength = 16;
    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1_000 };

    /// <summary>The line of a record, with its end.</summary>
    public static byte[] Write(RecordedReview record)
    {
        var buffer = new ArrayBufferWriter<byte>(record.Review.Length + 1_024);
        using (var json = new Utf8JsonWriter(buffer, Readable)) Write(json, record);
        return [.. Encoding.ASCII.GetBytes(Checksum(buffer.WrittenSpan)), (byte)' ', .. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>Reads a line without its end; false when it is damaged, or of a version that is not known here.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> line, [NotNullWhen(true)] out RecordedReview? record)
    {
        record = null;
        if (line.Length <= ChecksumLength || line.Span[ChecksumLength] != ' ') return false;
        var text = line[(ChecksumLength + 1)..];
        if (!line.Span[..ChecksumLength].SequenceEqual(Encoding.ASCII.GetBytes(Checksum(text.Span)))) return false;
        try
        {
            using var json = JsonDocument.Parse(text, Deep);
            record = json.RootElement.GetProperty("version").GetInt32() == RecordedReview.Version ? Read(json.RootElement) : null;
            return record is not null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static string Checksum(ReadOnlySpan<byte> text) => Convert.ToHexStringLower(SHA256.HashData(text))[..ChecksumLength];

    private static void Write(Utf8JsonWriter json, RecordedReview record)
    {
        json.WriteStartObject();
        json.WriteNumber("version", RecordedReview.Version);
        json.WriteString("time", record.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("ruleset", record.RuleSetDigest);
        json.WriteString("surface", "admission");
        json.WriteString("enforcement", record.Enforcement);
        if (record.IsCanary) json.WriteBoolean("canary", true);
        if (record.Environment is { } environment) json.WriteString("environment", environment);
        json.WriteBoolean("allowed", record.IsAllowed);
        if (record.BreakGlass is { } leave) json.WriteString("breakGlass", leave);
        if (record.Decision is { } decision) Write(json, decision, record.DecisionId);
        Write(json, "redacted", record.Redacted);
        Write(json, "restsOnRedacted", record.RestsOnRedacted);
        json.WritePropertyName("review");
        json.WriteRawValue(record.Review.Span, skipInputValidation: true);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RecordedDecision decision, string id)
    {
        json.WriteStartObject("decision");
        json.WriteString("id", id);
        json.WriteString("outcome", Words<Outcome>.Of(decision.Outcome));
        json.WriteBoolean("denied", decision.IsDenied);
        json.WriteStartArray("findings");
        foreach (var finding in decision.Findings)
        {
            json.WriteStartObject();
            json.WriteString("rule", finding.Rule);
            json.WriteString("action", Words<FindingAction>.Of(finding.Action));
            json.WriteString("fingerprint", finding.Fingerprint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Write(json, "failed", decision.Failed);
        Write(json, "undetermined", decision.Undetermined);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        if (texts.IsEmpty) return;
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static RecordedReview Read(JsonElement json) => new()
    {
        Time = json.GetProperty("time").GetDateTimeOffset(),
        RuleSetDigest = Text(json, "ruleset")!,
        IsCanary = json.TryGetProperty("canary", out _),
        Environment = Text(json, "environment"),
        Enforcement = Text(json, "enforcement")!,
        IsAllowed = json.GetProperty("allowed").GetBoolean(),
        BreakGlass = Text(json, "breakGlass"),
        DecisionId = json.TryGetProperty("decision", out var decision) ? Text(decision, "id")! : "",
        Decision = decision.ValueKind == JsonValueKind.Object ? ReadDecision(decision) : null,
        Redacted = Texts(json, "redacted"),
        RestsOnRedacted = Texts(json, "restsOnRedacted"),
        Review = Encoding.UTF8.GetBytes(json.GetProperty("review").GetRawText()),
    };

    private static RecordedDecision ReadDecision(JsonElement json) => new()
    {
        Outcome = Word<Outcome>(Text(json, "outcome")),
        IsDenied = json.GetProperty("denied").GetBoolean(),
        Findings = [.. json.GetProperty("findings")
            .EnumerateArray()
            .Select(static one => new RecordedFinding(
                Text(one, "rule")!, Word<FindingAction>(Text(one, "action")), Text(one, "fingerprint")!))],
        Failed = Texts(json, "failed"),
        Undetermined = Texts(json, "undetermined"),
    };

    private static T Word<T>(string? word)
        where T : struct, Enum =>
            word is not null && Words<T>.TryParse(word, out var value)
                ? value
                : throw new FormatException($"`{word}` is no word for this.");

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static ImmutableArray<string> Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(static value => value.GetString()!)] : [];
}
