using System.Buffers;
using System.Text.Json;

namespace GitOpsPolicy.Kubernetes.Objects;

/// <summary>Where one item of a list stands in the bytes of its page.</summary>
/// <param name="Start">Offset of its first byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="HasType">It says itself what it is. Built-in types leave <c>apiVersion</c> and <c>kind</c> to the list.</param>
internal readonly record struct ItemRange(long Start, long Length, bool HasType);

/// <summary>
/// The layout of a list's page, found in one pass without making anything of its items. So an item that cannot be read, because
/// somebody stored one that nests without end, spoils itself alone.
/// </summary>
internal sealed class PageSplitter
{
    private PageSplitter()
    {
    }

    /// <summary>The list's own type, such as <c>PodList</c>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>The version of the list and its items.</summary>
    public string ApiVersion { get; private set; } = "";

    /// <summary>The state of the cluster that the list shows.</summary>
    public string ResourceVersion { get; private set; } = "";

    /// <summary>Where the next page starts; empty on the last one.</summary>
    public string Continue { get; private set; } = "";

    /// <summary>The items, in order.</summary>
    public List<ItemRange> Items { get; } = [];

    /// <summary>Splits a page.</summary>
    /// <exception cref="JsonException">The page is no JSON object.</exception>
    public static PageSplitter Split(in ReadOnlySequence<byte> page)
    {
        var parts = new PageSplitter();
        var reader = new Utf8JsonReader(page, new JsonReaderOptions { MaxDepth = ReadObject.DeepestStored });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("The answer is no JSON object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) parts.ReadField(ref reader);
        return parts;
    }

    private void ReadField(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("items"u8)) ReadItems(ref reader);
        else if (reader.ValueTextEquals("metadata"u8)) ReadMetadata(ref reader);
        else if (reader.ValueTextEquals("kind"u8)) Kind = TextAfter(ref reader);
        else if (reader.ValueTextEquals("apiVersion"u8)) ApiVersion = TextAfter(ref reader);
        else reader.Skip();
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("resourceVersion"u8)) ResourceVersion = TextAfter(ref reader);
            else if (reader.ValueTextEquals("continue"u8)) Continue = TextAfter(ref reader);
            else reader.Skip();
        }
    }

    private void ReadItems(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) return; // null: no items
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = reader.TokenStartIndex;
            var hasType = reader.TokenType == JsonTokenType.StartObject && NamesItsType(ref reader);
            Items.Add(new(start, reader.BytesConsumed - start, hasType));
        }
    }

    private static bool NamesItsType(ref Utf8JsonReader reader)
    {
        var named = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            named |= reader.ValueTextEquals("kind"u8);
            reader.Skip();
        }

        return named;
    }

    private static string TextAfter(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return reader.GetString()!;
        reader.Skip();
        return "";
    }
}
