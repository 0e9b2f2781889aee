using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitOpsPolicy.Documents;

/// <summary>
/// Tells where each value of a YAML text is written. The text has to be one that <see cref="YamlReader"/> reads.
/// </summary>
internal sealed class YamlPlaces
{
    private readonly string text;
    private readonly YamlEvents events;
    private readonly List<YamlPlace?> roots = [];
    private readonly List<int> starts = [];

    private YamlPlaces(SourceFile file, string text)
    {
        this.text = text;
        events = new(file, Encoding.UTF8.GetBytes(text));
        while (events.Next() is { } happening)
        {
            if (happening is DocumentStart start) Open(start);
            else if (happening is NodeEvent or AnchorAlias) roots[^1] = Read(happening, null, default);
        }
    }

    /// <summary>Where the text of a document starts and ends, its <c>---</c> and the comments above the first included.</summary>
    /// <param name="index">Which document, counted from 0.</param>
    public (int Start, int End) RangeOf(int index) => (starts[index], index + 1 < starts.Count ? starts[index + 1] : text.Length);

    private void Open(DocumentStart start)
    {
        starts.Add(starts.Count == 0 ? 0 : IndexOf(start.Start));
        roots.Add(null);
    }

    /// <summary>The places of a text; null when it is no YAML, such as several JSON values in a row.</summary>
    /// <param name="file">What the text is called.</param>
    /// <param name="text">The text without byte order mark.</param>
    public static YamlPlaces? Of(SourceFile file, string text)
    {
        try
        {
            return new(file, text);
        }
        catch (MalformedTextException)
        {
            return null;
        }
    }

    /// <summary>
    /// Where a value is written; null when it is not written at one place of its own, because it came through an alias or a
    /// merge.
    /// </summary>
    public YamlPlace? Find(Node node)
    {
        var steps = new Stack<int>();
        for (var at = node; at.Parent is { } parent; at = parent) steps.Push(IndexIn(parent, at));
        var index = node.Document!.Index;
        var place = index < roots.Count ? roots[index] : null;
        while (place is not null && steps.TryPop(out var step))
            place = !place.Merges && step < place.Children.Count ? place.Children[step] : null;
        return place is { Form: not YamlForm.Alias } ? place : null;
    }

    private static int IndexIn(Node parent, Node child)
    {
        if (parent is SequenceNode sequence) return sequence.Items.IndexOf(child);
        var entries = ((MappingNode)parent).Entries;
        for (var i = 0; i < entries.Length; i++)
            if (ReferenceEquals(entries[i].Value, child)) return i;
        throw new ArgumentException("The node is no child of its parent.", nameof(child));
    }

    private YamlPlace Read(ParsingEvent start, YamlPlace? parent, (int, int) key)
    {
        if (start is Scalar or AnchorAlias) return Leaf(start, parent, key);
        var isFlow = start is MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow };
        var place = new YamlPlace
        {
            Form = isFlow ? YamlForm.Flow : YamlForm.Block,
            Start = IndexOf(start.Start),
            Column = (int)start.Start.Column - 1,
            IsList = start is SequenceStart,
            HasProperties = HasPropertiesOf(start), Parent = parent, Key = key,
        };
        var end = place.IsList ? ReadItems(place) : ReadEntries(place);
        place.End = isFlow ? IndexOf(end.Start) + 1 : place.Children.Count > 0 ? place.Children[^1].End : place.Start;
        return place;
    }

    private ParsingEvent ReadItems(YamlPlace list)
    {
        ParsingEvent next;
        while ((next = events.Next()!) is not SequenceEnd) list.Children.Add(Read(next, list, default));
        return next;
    }

    private ParsingEvent ReadEntries(YamlPlace mapping)
    {
        ParsingEvent next;
        while ((next = events.Next()!) is not MappingEnd)
        {
            var key = Leaf(next, mapping, default);
            mapping.Merges |= next is Scalar { Value: YamlMerge.Indicator, Style: ScalarStyle.Plain };
            mapping.Children.Add(Read(events.Next()!, mapping, (key.Start, key.End)));
        }

        return next;
    }

    private YamlPlace Leaf(ParsingEvent node, YamlPlace? parent, (int, int) key)
    {
        var start = IndexOf(node.Start);
        return new()
        {
            Form = node is AnchorAlias ? YamlForm.Alias : YamlForm.Scalar,
            Start = start,
            Column = (int)node.Start.Column - 1,
            End = Trimmed(start, IndexOf(node.End)),
            Style = (node as Scalar)?.Style ?? ScalarStyle.Any, HasProperties = HasPropertiesOf(node), Parent = parent, Key = key,
        };
    }

    // The scanner's end of a block of text is where the next thing starts.
    private int Trimmed(int start, int end)
    {
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        return end;
    }

    private int IndexOf(Mark mark) => Math.Min((int)mark.Index, text.Length);

    private static bool HasPropertiesOf(ParsingEvent happening) =>
        happening is NodeEvent node && (!node.Anchor.IsEmpty || !node.Tag.IsEmpty);
}
