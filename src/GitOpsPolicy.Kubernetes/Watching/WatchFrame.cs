using System.Text.Json;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;

namespace GitOpsPolicy.Kubernetes.Watching;

/// <summary>Reads one line of a watch: <c>{"type":"ADDED","object":{…}}</c>. The object becomes a document of its own.</summary>
internal static class WatchFrame
{
    /// <summary>Reads the line.</summary>
    /// <exception cref="KubernetesException">It is no event, or the server ends the watch with a reason.</exception>
    public static WatchEvent Read(string request, byte[] line)
    {
        var (type, start, length) = Split(request, line);
        var read = ReadObject.From(request, line.AsMemory(start, length));
        if (read.Object is not { } root) return new WatchEvent.Unreadable(read.Problem!);
        return type switch
        {
            "ADDED" => new WatchEvent.Added(root),
            "MODIFIED" => new WatchEvent.Modified(root),
            "DELETED" => new WatchEvent.Deleted(root),
            "BOOKMARK" => new WatchEvent.Bookmark(new ObjectMetadata(root).ResourceVersion),
            "ERROR" => throw new KubernetesException(StatusReader.Read(request, root, 500)),
            _ => throw Malformed(request, $"unknown event type `{Shown.Text(type)}`"),
        };
    }

    private static (string Type, int Start, int Length) Split(string request, byte[] line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = ReadObject.DeepestStored });
            var (type, start, length) = ("", 0, 0);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isType, isObject) = (reader.ValueTextEquals("type"u8), reader.ValueTextEquals("object"u8));
                reader.Read();
                if (isType && reader.TokenType == JsonTokenType.String) type = reader.GetString()!;
                if (isObject) start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (isObject) length = (int)reader.BytesConsumed - start;
            }

            return length == 0 ? throw Malformed(request, "an event has no object") : (type, start, length);
        }
        catch (JsonException)
        {
            throw Malformed(request, "an event is no JSON");
        }
    }

    private static KubernetesException Malformed(string request, string what) =>
        new(new() { Stage = FailureStage.Reading, Request = request, Message = $"the watch cannot be read: {what}" });
}
