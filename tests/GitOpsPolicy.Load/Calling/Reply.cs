using System.Text.Json;

namespace GitOpsPolicy.Load.Calling;

/// <summary>What came back for one request.</summary>
/// <param name="Status">HTTP status; 0 when nothing came back.</param>
/// <param name="Uid">The uid of the answer; empty when it was none.</param>
/// <param name="IsAllowed">The request may go on; false when there is no answer.</param>
internal sealed record Reply(int Status, string Uid = "", bool IsAllowed = false)
{
    /// <summary>Why nothing came back; null when something did.</summary>
    public string? Failure { get; init; }

    /// <summary>Names of the rules that denied it, in order of their names.</summary>
    public string[] DeniedBy { get; init; } = [];

    /// <summary>The digest of the rules it was judged by.</summary>
    public string RuleSet { get; init; } = "";

    /// <summary>What the user is shown besides.</summary>
    public string[] Warnings { get; init; } = [];

    /// <summary>Reads the body of an answer.</summary>
    public static Reply Of(int status, byte[] body)
    {
        if (status != 200) return new(status);
        try
        {
            using var document = JsonDocument.Parse(body);
            var response = document.RootElement.GetProperty("response");
            var annotations = response.TryGetProperty("auditAnnotations", out var told) ? told : default;
            return new(status, response.GetProperty("uid").GetString()!, response.GetProperty("allowed").GetBoolean())
            {
                DeniedBy = Annotation(annotations, "denied-by") is { Length: > 0 } names
                    ? [.. names.Split(',').Order(StringComparer.Ordinal)]
                    : [],
                RuleSet = Annotation(annotations, "ruleset"),
                Warnings = response.TryGetProperty("warnings", out var warnings)
                    ? [.. warnings.EnumerateArray().Select(static one => one.GetString()!)]
                    : [],
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new(status) { Failure = $"no answer to a review: {e.Message}" };
        }
    }

    private static string Annotation(JsonElement annotations, string name) =>
        annotations.ValueKind == JsonValueKind.Object && annotations.TryGetProperty(name, out var value)
            ? value.GetString()!
            : "";
}
