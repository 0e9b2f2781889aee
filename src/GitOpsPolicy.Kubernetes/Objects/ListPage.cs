using System.Buffers;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Http;

namespace GitOpsPolicy.Kubernetes.Objects;

/// <summary>One object of a list: the object, or why it cannot be read.</summary>
/// <param name="Object">The object, <c>apiVersion</c> and <c>kind</c> included; null when it cannot be read.</param>
/// <param name="Problem">Why it cannot be read; null when it can.</param>
public readonly record struct ListedObject(MappingNode? Object, Problem? Problem);

/// <summary>
/// One page of a list. Its objects are read one at a time, while the page is at hand: until the next one is asked for.
/// </summary>
public sealed class ListPage
{
    private readonly PageSplitter parts;
    private readonly string request;
    private ResponseBuffer? buffer;

    internal ListPage(string request, ResponseBuffer buffer, PageSplitter parts, bool startsOver) =>
        (this.request, this.buffer, this.parts, StartsOver) = (request, buffer, parts, startsOver);

    /// <summary>The state of the cluster that the list shows; a watch can start from it.</summary>
    public string ResourceVersion => parts.ResourceVersion;

    /// <summary>How many objects are on this page.</summary>
    public int Count => parts.Items.Count;

    /// <summary>The list took too long and begins again: what earlier pages held counts no more.</summary>
    public bool StartsOver { get; }

    /// <summary>The objects, made as they are asked for.</summary>
    /// <exception cref="InvalidOperationException">The next page was asked for meanwhile.</exception>
    public IEnumerable<ListedObject> Items() => parts.Items.Select(Read);

    /// <summary>Lets go of the bytes.</summary>
    internal void Close() => buffer = null;

    private ListedObject Read(ItemRange range)
    {
        var page = buffer
            ?? throw new InvalidOperationException("The page is gone; read its objects before the next one is asked for.");
        var item = page.Bytes.Slice(range.Start, range.Length);
        var bytes = range.HasType || range.Length < 2 ? item.ToArray() : WithType(item);
        return ReadObject.From(request, bytes);
    }

    // {"metadata":…} becomes {"apiVersion":"v1","kind":"Pod","metadata":…}
    private byte[] WithType(ReadOnlySequence<byte> item)
    {
        var kind = parts.Kind.EndsWith("List", StringComparison.Ordinal) ? parts.Kind[..^4] : parts.Kind;
        var type = $$"""{"apiVersion":"{{parts.ApiVersion}}","kind":"{{kind}}"{{(IsEmptyObject(item) ? "" : ",")}}""";
        var bytes = new byte[Encoding.UTF8.GetByteCount(type) + item.Length - 1];
        var written = Encoding.UTF8.GetBytes(type, bytes);
        item.Slice(1).CopyTo(bytes.AsSpan(written));
        return bytes;
    }

    private static bool IsEmptyObject(ReadOnlySequence<byte> item)
    {
        var reader = new System.Text.Json.Utf8JsonReader(item);
        return reader.Read() && reader.Read() && reader.TokenType == System.Text.Json.JsonTokenType.EndObject;
    }
}
