using System.Diagnostics.CodeAnalysis;

namespace GitOpsPolicy.Documents;

/// <summary>One key of a mapping with its value.</summary>
/// <param name="Key">The key's text.</param>
/// <param name="KeyPosition">Where the key starts.</param>
/// <param name="Value">The value.</param>
public readonly record struct MappingEntry(string Key, SourcePosition KeyPosition, Node Value);

/// <summary>Values under distinct text keys, in the order of the source.</summary>
public sealed class MappingNode : Node
{
    /// <summary>
    /// Up to this many keys a scan beats a hash table, which has to be made for each document and then used a few times: keys are
    /// mostly shared strings, so most are found by comparing references.
    /// </summary>
    private const int ScanLimit = 16;

    private readonly MappingEntry[] entries;
    private Dictionary<string, int>? index;
    private Dictionary<Node, int>? places;

    /// <summary>Makes a mapping that becomes the parent of the values; the array is not copied. Keys must be distinct.</summary>
    /// <exception cref="InvalidOperationException">A value has a parent already.</exception>
    public MappingNode(MappingEntry[] entries, SourcePosition position = default, NodeFlags flags = NodeFlags.None)
        : base(NodeKind.Mapping, position, flags)
    {
        this.entries = entries;
        foreach (ref readonly var entry in entries.AsSpan()) entry.Value.AdoptBy(this);
    }

    /// <summary>Keys and values in the order of the source.</summary>
    public ReadOnlySpan<MappingEntry> Entries => entries;

    /// <summary>How many keys there are.</summary>
    public int Count => entries.Length;

    /// <summary>The value under a key, compared ordinally; false when there is none.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out Node? value)
    {
        var at = IndexOf(key);
        value = at < 0 ? null : entries[at].Value;
        return at >= 0;
    }

    /// <summary>The value under a key, for a caller that asks many alike mappings for the same key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="place">Where the key was the last time; updated when it is elsewhere.</param>
    internal Node? Find(string key, ref int place)
    {
        var guess = place;
        if ((uint)guess < (uint)entries.Length && ReferenceEquals(entries[guess].Key, key)) return entries[guess].Value;
        var at = IndexOf(key);
        if (at < 0) return null;
        place = at;
        return entries[at].Value;
    }

    /// <summary>The value under a key, or null when there is none.</summary>
    public Node? this[string key] => TryGet(key, out var value) ? value : null;

    /// <summary>The position of a key among <see cref="Entries"/>; -1 when there is none.</summary>
    public int IndexOf(string key)
    {
        if (entries.Length > ScanLimit) return (index ??= BuildIndex()).GetValueOrDefault(key, -1);
        for (var i = 0; i < entries.Length; i++)
            if (ReferenceEquals(entries[i].Key, key)) return i;
        for (var i = 0; i < entries.Length; i++)
            if (entries[i].Key == key) return i;
        return -1;
    }

    // Two threads may both build it; either result is right.
    private Dictionary<string, int> BuildIndex()
    {
        var built = new Dictionary<string, int>(entries.Length, StringComparer.Ordinal);
        for (var i = 0; i < entries.Length; i++) built[entries[i].Key] = i;
        return built;
    }

    private Dictionary<Node, int> BuildPlaces()
    {
        var built = new Dictionary<Node, int>(entries.Length, ReferenceEqualityComparer.Instance);
        for (var i = 0; i < entries.Length; i++) built[entries[i].Value] = i;
        return built;
    }

    private protected override string StepTo(Node child)
    {
        if (entries.Length > ManyChildren) return entries[(places ??= BuildPlaces())[child]].Key;
        foreach (ref readonly var entry in entries.AsSpan())
            if (ReferenceEquals(entry.Value, child)) return entry.Key;
        throw new InvalidOperationException("The node is not a child of this mapping.");
    }
}
