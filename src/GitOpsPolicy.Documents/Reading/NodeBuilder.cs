namespace GitOpsPolicy.Documents;

/// <summary>
/// Puts a tree together from the events of a text, without recursion and without a list per level: the children of all open
/// sequences and mappings share two stacks, and closing one copies its slice. Depth, size and distinct keys are checked here.
/// </summary>
internal sealed class NodeBuilder(SourceFile file, ReaderLimits limits)
{
    /// <summary>Up to this many keys are compared pairwise.</summary>
    private const int PairwiseLimit = 8;

    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private Frame[] frames = new Frame[16];
    private Node[] items = new Node[64];
    private MappingEntry[] entries = new MappingEntry[64];
    private int depth;
    private int itemCount;
    private int entryCount;

    /// <summary>How many sequences and mappings are open.</summary>
    public int Depth => depth;

    /// <summary>Values in this document so far.</summary>
    public int NodeCount { get; private set; }

    /// <summary>The finished tree; null while it is being built.</summary>
    public Node? Root { get; private set; }

    /// <summary>The innermost open value is a mapping and waits for a key.</summary>
    public bool WantsKey => depth > 0 && frames[depth - 1] is { Kind: NodeKind.Mapping, Key: null };

    /// <summary>The innermost open value is a mapping.</summary>
    public bool IsMappingOpen => depth > 0 && frames[depth - 1].Kind == NodeKind.Mapping;

    /// <summary>The next value belongs to a merge key.</summary>
    public bool IsMergeNext => depth > 0 && ReferenceEquals(frames[depth - 1].Key, YamlMerge.Key);

    /// <summary>What the innermost open mapping holds so far.</summary>
    public ReadOnlySpan<MappingEntry> OpenEntries =>
        entries.AsSpan(frames[depth - 1].Start, entryCount - frames[depth - 1].Start);

    /// <summary>Forgets the finished tree, ready for the next document.</summary>
    public void Reset() => (Root, NodeCount, depth, itemCount, entryCount) = (null, 0, 0, 0, 0);

    /// <summary>Opens a sequence or mapping.</summary>
    public void Open(NodeKind kind, SourcePosition at)
    {
        if (depth >= limits.MaxDepth)
            throw Refuse(at, $"values nest deeper than {limits.MaxDepth} levels", "flatten the document");
        Count(at);
        if (depth == frames.Length) Array.Resize(ref frames, depth * 2);
        frames[depth++] = new(kind, at, kind == NodeKind.Sequence ? itemCount : entryCount);
    }

    /// <summary>Gives the key of the value that comes next.</summary>
    public void Key(string name, SourcePosition at)
    {
        ref var frame = ref frames[depth - 1];
        (frame.Key, frame.KeyPosition) = (name, at);
    }

    /// <summary>Adds a scalar to what is open.</summary>
    public void Add(ScalarNode scalar)
    {
        Count(scalar.Position);
        Place(scalar);
    }

    /// <summary>Adds a finished value that has been counted already.</summary>
    public void Place(Node value)
    {
        if (depth == 0)
        {
            Root = value;
            return;
        }

        ref var frame = ref frames[depth - 1];
        if (frame.Kind == NodeKind.Sequence)
        {
            if (itemCount == items.Length) Array.Resize(ref items, itemCount * 2);
            items[itemCount++] = value;
            return;
        }

        if (entryCount == entries.Length) Array.Resize(ref entries, entryCount * 2);
        entries[entryCount++] = new(frame.Key!, frame.KeyPosition, value);
        frame.Key = null;
    }

    /// <summary>Gives the innermost open mapping other entries than it holds.</summary>
    public void ReplaceOpenEntries(List<MappingEntry> replacement)
    {
        var start = frames[depth - 1].Start;
        entryCount = start + replacement.Count;
        if (entryCount > entries.Length) Array.Resize(ref entries, entryCount * 2);
        replacement.CopyTo(entries, start);
    }

    /// <summary>
    /// Closes the innermost sequence or mapping and gives it back; it is a child of what is open around it by then.
    /// </summary>
    public Node Close()
    {
        var frame = frames[--depth];
        Node closed = frame.Kind == NodeKind.Sequence
            ? new SequenceNode(TakeItems(frame.Start), frame.Position)
            : new MappingNode(TakeEntries(frame.Start), frame.Position);
        Place(closed);
        return closed;
    }

    /// <summary>The mistake of a key that its mapping has already.</summary>
    public static MalformedTextException Duplicate(SourceFile file, string key, SourcePosition at, SourcePosition first) => new(
        new(
            file.At(at), $"the key `{Shown.Text(key)}` stands at line {first.Line}, column {first.Column} already",
            "remove one of the two"));

    private Node[] TakeItems(int start)
    {
        var taken = items.AsSpan(start, itemCount - start).ToArray();
        itemCount = start;
        return taken;
    }

    private MappingEntry[] TakeEntries(int start)
    {
        var slice = entries.AsSpan(start, entryCount - start);
        RequireDistinctKeys(slice);
        entryCount = start;
        return slice.ToArray();
    }

    private void RequireDistinctKeys(ReadOnlySpan<MappingEntry> mapping)
    {
        if (mapping.Length > PairwiseLimit)
        {
            RequireDistinctKeysByHash(mapping);
            return;
        }

        for (var i = 1; i < mapping.Length; i++)
            for (var j = 0; j < i; j++)
                if (mapping[i].Key == mapping[j].Key)
                    throw Duplicate(file, mapping[i].Key, mapping[i].KeyPosition, mapping[j].KeyPosition);
    }

    private void RequireDistinctKeysByHash(ReadOnlySpan<MappingEntry> mapping)
    {
        foreach (ref readonly var entry in mapping)
        {
            if (seen.Add(entry.Key)) continue;
            foreach (ref readonly var first in mapping)
                if (first.Key == entry.Key) throw Duplicate(file, entry.Key, entry.KeyPosition, first.KeyPosition);
        }

        seen.Clear();
        if (seen.Capacity > 4096) seen.TrimExcess(0);
    }

    private void Count(SourcePosition at)
    {
        if (++NodeCount > limits.MaxNodes)
            throw Refuse(at, $"the document holds more than {limits.MaxNodes:N0} values", "split it");
    }

    private MalformedTextException Refuse(SourcePosition at, string message, string hint) => new(new(file.At(at), message, hint));

    /// <summary>An open sequence or mapping.</summary>
    private struct Frame(NodeKind kind, SourcePosition position, int start)
    {
        public readonly NodeKind Kind = kind;
        public readonly SourcePosition Position = position;
        public readonly int Start = start;
        public string? Key;
        public SourcePosition KeyPosition;
    }
}
