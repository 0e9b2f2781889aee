using System.Collections.Immutable;
using System.Text.Json;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>
/// A comment by which Flux's image automation finds the values that it writes: <c># {"$imagepolicy": "namespace:policy"}</c>,
/// with <c>:tag</c>, <c>:name</c> or <c>:digest</c> where the value is only that part. Format: fluxcd.io, "Configure image update
/// automation".
/// </summary>
/// <param name="Node">The value.</param>
/// <param name="Policy">Namespace and name of the ImagePolicy, with a colon between; empty where the comment cannot be
/// read.</param>
/// <param name="Part">The part of a reference that the value is; null for all of it.</param>
/// <param name="Problem">Why Flux passes the comment over; null when it does not.</param>
internal sealed record ImageMarker(Node Node, string Policy, string? Part, string? Problem)
{
    private const string Name = "$imagepolicy";

    /// <summary>The markers behind the values that name an image, each value once.</summary>
    public static ImmutableArray<ImageMarker> Of(FoundImage image)
    {
        var markers = ImmutableArray.CreateBuilder<ImageMarker>();
        foreach (var node in new[] { image.Node, image.Tag, image.Digest })
            if (node is not null && !markers.Any(marker => ReferenceEquals(marker.Node, node)) && Read(node) is { } read)
                markers.Add(read);
        return markers.ToImmutable();
    }

    // The comment is one of the whole line, so of several values on it only the one right before the comment is meant.
    private static ImageMarker? Read(Node node)
    {
        if (LineComment.Of(node) is not { } comment || !comment.Contains("imagepolicy", StringComparison.Ordinal)) return null;
        try
        {
            using var json = JsonDocument.Parse(comment);
            return json.RootElement.ValueKind == JsonValueKind.Object
                    && json.RootElement.TryGetProperty(Name, out var value)
                    && value.ValueKind == JsonValueKind.String
                ? Read(node, value.GetString()!)
                : new(node, "", null, $"has no text under `{Name}`");
        }
        catch (JsonException)
        {
            return new(node, "", null, "is no JSON");
        }
    }

    private static ImageMarker Read(Node node, string text) => text.Split(':') switch
    {
        [{ Length: > 0 } space, { Length: > 0 } name] => new(node, $"{space}:{name}", null, null),
        [{ Length: > 0 } space, { Length: > 0 } name, "tag" or "name" or "digest"] parts =>
            new(node, $"{space}:{name}", parts[2], null),
        [{ Length: > 0 } space, { Length: > 0 } name, var part] =>
            new(node, $"{space}:{name}", null, $"asks for `{part}`, which is none of tag, name and digest"),
        _ => new(node, "", null, "does not say `namespace:policy`"),
    };
}
