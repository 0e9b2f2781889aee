using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Kubernetes.Http;

/// <summary>Reads what the API server says when it refuses.</summary>
internal static class StatusReader
{
    private const int LongestMessage = 2000;

    /// <summary>The failure that an answer with an error code tells of.</summary>
    public static ApiFailure Read(ApiRequest request, HttpResponseMessage response, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var bytes = body.ToArray();
        var status = JsonReader.Read(new TextFile("status", bytes), bytes, ReaderLimits.Default).TryGet(out var document)
            ? document.Root as MappingNode
            : null;
        var failure = status?.Text("kind") == "Status"
            ? Read(request.Label, status, (int)response.StatusCode)
            : new()
            {
                Stage = FailureStage.Refused,
                Request = request.Label,
                Code = (int)response.StatusCode,
                Message = Plain(response, bytes),
            };
        return failure with { RetryAfter = Wait(response.Headers.RetryAfter, now) ?? failure.RetryAfter };
    }

    /// <summary>The failure that a <c>Status</c> object tells of.</summary>
    public static ApiFailure Read(string request, MappingNode status, int code)
    {
        var details = status.Mapping("details");
        ImmutableArray<FailureCause> causes = [.. (details?.Mappings("causes")
            ?? []).Select(static cause => new FailureCause(
                cause.Text("reason"), cause.Text("field"), Shorten(cause.Text("message"))))
            .OrderBy(static cause => cause.Field, StringComparer.Ordinal)
            .ThenBy(static cause => cause.Message, StringComparer.Ordinal)];
        return new()
        {
            Stage = FailureStage.Refused,
            Request = request,
            Code = (status["code"] as ScalarNode) is { Kind: NodeKind.Number, Number: >= 100 and < 1000 } told
                ? (int)told.Number
                : code,
            Reason = status.Text("reason"),
            ObjectName = details?.Text("name") ?? "",
            Message = Shorten(InOrder(status.Text("message"), causes)),
            Causes = causes,
            RetryAfter = details?["retryAfterSeconds"] is ScalarNode { Kind: NodeKind.Number, Number: > 0 } wait
                ? TimeSpan.FromSeconds(Math.Min(wait.Number, 86_400))
                : null,
            Continue = status.Mapping("metadata")?.Text("continue") is { Length: > 0 } token ? token : null,
        };
    }

    // What is wrong with an object a server tells in an order that changes from one time to the next, and a message that changes
    // looks like news.
    private static string InOrder(string message, ImmutableArray<FailureCause> causes)
    {
        if (causes.Length < 2 || !message.EndsWith(']') || message.IndexOf(": [", StringComparison.Ordinal) is not (> 0 and var at))
            return message;
        var told = causes.Select(static cause => cause.Field.Length == 0 ? cause.Message : $"{cause.Field}: {cause.Message}");
        return $"{message[..at]}: {string.Join(", ", told.Distinct(StringComparer.Ordinal))}";
    }

    private static TimeSpan? Wait(RetryConditionHeaderValue? header, DateTimeOffset now) =>
        header?.Delta ?? (header?.Date is { } date ? (date > now ? date - now : TimeSpan.Zero) : null);

    // A proxy or a load balancer answers in its own words.
    private static string Plain(HttpResponseMessage response, byte[] body)
    {
        var line = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 400))).Split('\n')
            .FirstOrDefault(static line => line.Trim().Length > 0);
        return line is null ? response.ReasonPhrase ?? "no reason given" : Shorten(line.Trim());
    }

    private static string Shorten(string text) => Shown.Line(text.Length > LongestMessage ? text[..LongestMessage] + "…" : text);
}
