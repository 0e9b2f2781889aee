using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GitOpsPolicy.Webhook.Admission;

/// <summary>Writes an answer as the API server wants it: same version and kind as the question, same uid, no patch.</summary>
internal static class AnswerWriter
{
    // Nobody puts the answer into a page: quotes and angle brackets may stay what they are.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonEncodedText ApiVersion = JsonEncodedText.Encode("apiVersion");
    private static readonly JsonEncodedText Version = JsonEncodedText.Encode("admission.k8s.io/v1");
    private static readonly JsonEncodedText Kind = JsonEncodedText.Encode("kind");
    private static readonly JsonEncodedText Review = JsonEncodedText.Encode("AdmissionReview");
    private static readonly JsonEncodedText Response = JsonEncodedText.Encode("response");
    private static readonly JsonEncodedText Uid = JsonEncodedText.Encode("uid");
    private static readonly JsonEncodedText Allowed = JsonEncodedText.Encode("allowed");
    private static readonly JsonEncodedText Status = JsonEncodedText.Encode("status");
    private static readonly JsonEncodedText Warnings = JsonEncodedText.Encode("warnings");
    private static readonly JsonEncodedText Annotations = JsonEncodedText.Encode("auditAnnotations");

    /// <summary>Writes the answer to the request with a uid.</summary>
    public static void Write(IBufferWriter<byte> to, string uid, Answer answer)
    {
        using var json = new Utf8JsonWriter(to, Readable);
        json.WriteStartObject();
        json.WriteString(ApiVersion, Version);
        json.WriteString(Kind, Review);
        json.WriteStartObject(Response);
        json.WriteString(Uid, uid);
        json.WriteBoolean(Allowed, answer.IsAllowed);
        if (!answer.IsAllowed) WriteStatus(json, answer);
        WriteWarnings(json, answer);
        WriteAnnotations(json, answer);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter json, Answer answer)
    {
        json.WriteStartObject(Status);
        json.WriteString("status", "Failure");
        json.WriteNumber("code", answer.Code);
        json.WriteString("reason", answer.Reason);
        json.WriteString("message", answer.Message);
        json.WriteEndObject();
    }

    private static void WriteWarnings(Utf8JsonWriter json, Answer answer)
    {
        if (answer.Warnings.IsEmpty) return;
        json.WriteStartArray(Warnings);
        foreach (var warning in answer.Warnings) json.WriteStringValue(warning);
        json.WriteEndArray();
    }

    private static void WriteAnnotations(Utf8JsonWriter json, Answer answer)
    {
        if (answer.Annotations.IsEmpty) return;
        json.WriteStartObject(Annotations);
        foreach (var (key, value) in answer.Annotations) json.WriteString(key, value);
        json.WriteEndObject();
    }
}
