using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using GitOpsPolicy.Inputs.Admission;

namespace GitOpsPolicy.Webhook.RuleSets;

/// <summary>A request that no rule set may deny.</summary>
/// <param name="Name">What it does, in a few words.</param>
/// <param name="Review">The request.</param>
internal sealed record ActivationRequest(string Name, AdmissionReview Review)
{
    /// <summary>
    /// Rules may deny it and yet be sound: what a cluster's own Pods look like, and where their images come from, differs from
    /// one to the next, and the chart has nobody ask about their namespaces. Such a denial is told of, not refused.
    /// </summary>
    public bool IsOnlyTold { get; init; }
}

/// <summary>
/// The requests by which a cluster keeps itself alive, from the data file beside this one. What the namespace
/// <see cref="Placeholder"/> stands for there is the webhook's own namespace.
/// </summary>
internal static class ActivationRequests
{
    private const string Resource = "ruleSets/activation-requests.json";
    private const string Placeholder = "own-namespace";

    /// <summary>The requests.</summary>
    /// <param name="ownNamespace">The namespace that the webhook itself runs in.</param>
    public static ImmutableArray<ActivationRequest> In(string ownNamespace)
    {
        using var stream = typeof(ActivationRequests).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The program lacks `{Resource}`.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        using var document = JsonDocument.Parse(reader.ReadToEnd().Replace(Placeholder, ownNamespace, StringComparison.Ordinal));
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    private static ActivationRequest Read(JsonElement entry)
    {
        var name = entry.GetProperty("name").GetString()!;
        var request = entry.GetProperty("request").GetRawText();
        var body = $$"""{"apiVersion":"{{AdmissionReviewReader.ApiVersion}}","kind":"AdmissionReview","request":{{request}}}""";
        var loaded = AdmissionReviewReader.Read(Encoding.UTF8.GetBytes(body));
        var isOnlyTold = entry.TryGetProperty("onlyTold", out var told) && told.GetBoolean();
        return loaded.TryGet(out var review)
            ? new(name, review) { IsOnlyTold = isOnlyTold }
            : throw new InvalidOperationException($"`{name}` is no request: {loaded.Problems[0]}");
    }
}
