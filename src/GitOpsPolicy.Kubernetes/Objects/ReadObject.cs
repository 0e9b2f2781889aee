using System.Text.Json;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Http;

namespace GitOpsPolicy.Kubernetes.Objects;

/// <summary>Makes an object of its bytes, or says which object cannot be read, so that somebody can look at it.</summary>
internal static class ReadObject
{
    /// <summary>What the API server itself takes.</summary>
    public const int DeepestStored = 10_100;

    /// <summary>Reads an object.</summary>
    /// <param name="request">The request that brought it.</param>
    /// <param name="bytes">The object in JSON.</param>
    public static ListedObject From(string request, ReadOnlyMemory<byte> bytes)
    {
        var loaded = JsonReader.Read(new ServerText(request), bytes, ServerText.Limits);
        if (loaded.TryGet(out var document))
            return document.Root is MappingNode root
                ? new(root, null)
                : new(null, new(new(request, 0, 0), "an item is no object"));
        var problem = loaded.Problems[0];
        return new(
            null,
            NameIn(bytes.Span) is { } name
                ? problem with { Location = problem.Location with { File = $"{request}: {Shown.Text(name)}" } }
                : problem);
    }

    /// <summary><c>namespace/name</c> of an object that is JSON at least; null where nothing tells.</summary>
    private static string? NameIn(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DeepestStored });
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("metadata"u8)) return NameInMetadata(ref reader);
                reader.Skip();
            }

            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? NameInMetadata(ref Utf8JsonReader reader)
    {
        var (place, name) = ("", "");
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isName, isPlace) = (reader.ValueTextEquals("name"u8), reader.ValueTextEquals("namespace"u8));
            reader.Read();
            if (isName && reader.TokenType == JsonTokenType.String) name = reader.GetString()!;
            if (isPlace && reader.TokenType == JsonTokenType.String) place = reader.GetString()!;
            reader.Skip();
        }

        return (place, name) switch
        {
            (_, "") => null,
            ("", _) => name,
            _ => $"{place}/{name}",
        };
    }
}
