using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Admission;

namespace GitOpsPolicy.Replaying;

/// <summary>A review without its secrets.</summary>
/// <param name="Json">The review as an API server would send it, in one line.</param>
/// <param name="Pointers">Where stand-ins are: <c>/object/data/password</c>.</param>
internal sealed record RedactedReview(ReadOnlyMemory<byte> Json, ImmutableArray<string> Pointers);

/// <summary>
/// Takes secrets out of reviews: the values of Secrets, whatever detectors recognise, and copies of either anywhere else. Of a
/// request only what rules can see is written.
/// </summary>
internal sealed class ReviewRedaction(StandIns standIns)
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1_000,
        SkipValidation = true,
    };

    /// <summary>The review without its secrets.</summary>
    public RedactedReview Redact(AdmissionReview review)
    {
        var output = new ArrayBufferWriter<byte>();
        var copies = new SecretCopies(review.SensitiveTexts, standIns);
        using var json = new Utf8JsonWriter(output, Readable);
        var objects = new RedactedObjects(json, copies, standIns);
        json.WriteStartObject();
        json.WriteString("apiVersion", AdmissionReviewReader.ApiVersion);
        json.WriteString("kind", "AdmissionReview");
        json.WriteStartObject("request");
        WriteRequest(json, review, copies);
        objects.Write("object", review.Object);
        objects.Write("oldObject", review.OldObject);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return new(output.WrittenMemory, objects.Pointers);
    }

    private static void WriteRequest(Utf8JsonWriter json, AdmissionReview review, SecretCopies copies)
    {
        json.WriteString("uid", review.Uid);
        json.WriteStartObject("kind");
        WriteKind(json, review.Resource.Group, review.Resource.Version, review.Resource.Kind);
        json.WriteEndObject();
        if (review.RequestKind.Split('/') is [var group, var version, var kind])
        {
            json.WriteStartObject("requestKind");
            WriteKind(json, group, version, kind);
            json.WriteEndObject();
        }

        if (review.Subresource.Length > 0) json.WriteString("subResource", review.Subresource);
        json.WriteString("name", copies.OutOfName(review.Resource.Name));
        if (review.Namespace.Length > 0) json.WriteString("namespace", copies.OutOfName(review.Namespace));
        json.WriteString("operation", Word(review.Operation));
        json.WriteStartObject("userInfo");
        json.WriteString("username", copies.OutOfName(review.User));
        json.WriteStartArray("groups");
        foreach (var of in review.Groups) json.WriteStringValue(copies.OutOfName(of));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteBoolean("dryRun", review.IsDryRun);
    }

    private static void WriteKind(Utf8JsonWriter json, string group, string version, string kind)
    {
        json.WriteString("group", group);
        json.WriteString("version", version);
        json.WriteString("kind", kind);
    }

    private static string Word(Operation operation) => operation switch
    {
        Operation.Create => "CREATE",
        Operation.Update => "UPDATE",
        Operation.Delete => "DELETE",
        Operation.Connect => "CONNECT",
        _ => throw new ArgumentException($"No request does {operation}.", nameof(operation)),
    };
}
