using System.Text.Json;
using GitOpsPolicy.Inputs.Admission;

namespace GitOpsPolicy.Webhook.Admission;

/// <summary>
/// The first bytes of a review whose whole cannot be read. API servers write version, kind and uid first (the order of the fields
/// in <c>k8s.io/api/admission/v1</c>), so that a review can be denied by its uid whatever follows.
/// </summary>
internal static class ReviewHead
{
    /// <summary>The bytes that are looked at.</summary>
    public const int Bytes = 4096;

    /// <summary>The uid; null when these are not the first bytes of a review of the version that is understood.</summary>
    public static string? UidIn(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body[..Math.Min(body.Length, Bytes)], isFinalBlock: false, state: default);
        var (isVersion, isReview, field) = (false, false, "");
        try
        {
            while (reader.Read())
            {
                switch (reader.CurrentDepth, reader.TokenType)
                {
                    case ( > 2, _):
                        return null;
                    case (_, JsonTokenType.PropertyName):
                        field = $"{reader.CurrentDepth} {reader.GetString()}";
                        break;
                    case (1, JsonTokenType.String):
                        isVersion |= field == "1 apiVersion" && reader.ValueTextEquals(AdmissionReviewReader.ApiVersion);
                        isReview |= field == "1 kind" && reader.ValueTextEquals("AdmissionReview");
                        break;
                    case (2, JsonTokenType.String) when isVersion && isReview && field == "2 uid":
                        return reader.GetString();
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or half of a surrogate pair.
        }

        return null;
    }
}
