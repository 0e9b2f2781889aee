using System.Globalization;

namespace GitOpsPolicy.Documents;

/// <summary>An ordered list of values.</summary>
public sealed class SequenceNode : Node
{
    private readonly Node[] items;
    private Dictionary<Node, int>? places;

    /// <summary>Makes a sequence that becomes the parent of <paramref name="items"/>; the array is not copied.</summary>
    /// <exception cref="InvalidOperationException">An item has a parent already.</exception>
    public SequenceNode(Node[] items, SourcePosition position = default, NodeFlags flags = NodeFlags.None)
        : base(NodeKind.Sequence, position, flags)
    {
        this.items = items;
        foreach (var item in items) item.AdoptBy(this);
    }

    /// <summary>The values, in order.</summary>
    public ReadOnlySpan<Node> Items => items;

    /// <summary>How many values there are.</summary>
    public int Count => items.Length;

    /// <summary>The value at <paramref name="index"/>, counted from 0.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such value.</exception>
    public Node this[int index] => items[index];

    private protected override string StepTo(Node child) => IndexOf(child).ToString(CultureInfo.InvariantCulture);

    private int IndexOf(Node child)
    {
        if (items.Length > ManyChildren) return (places ??= BuildPlaces())[child];
        for (var i = 0; i < items.Length; i++)
            if (ReferenceEquals(items[i], child)) return i;
        throw new InvalidOperationException("The node is not a child of this sequence.");
    }

    // Two threads may both build it; either result is right.
    private Dictionary<Node, int> BuildPlaces()
    {
        var built = new Dictionary<Node, int>(items.Length, ReferenceEqualityComparer.Instance);
        for (var i = 0; i < items.Length; i++) built[items[i]] = i;
        return built;
    }
}
