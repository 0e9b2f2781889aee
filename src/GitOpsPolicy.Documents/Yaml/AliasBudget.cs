namespace GitOpsPolicy.Documents;

/// <summary>
/// Copies values for the places their aliases stand at, and stops a document whose aliases stand for far more than it says.
/// </summary>
internal sealed class AliasBudget(SourceFile file, ReaderLimits limits)
{
    /// <summary>
    /// go-yaml refuses a document of more than 1,000 values of which more than 99 in 100 come from aliases; so do we.
    /// </summary>
    private const int SmallDocument = 1_000;

    private int copied;
    private int visited;
    private int written;

    /// <summary>
    /// A fresh copy of a value. It stands at <paramref name="at"/>; what it holds keeps the place where it is written.
    /// </summary>
    /// <param name="node">The value.</param>
    /// <param name="at">Where the alias stands.</param>
    /// <param name="depth">How deep it stands.</param>
    /// <param name="writtenNodes">Values that the document has written out so far.</param>
    /// <exception cref="MalformedTextException">That is too much or too deep.</exception>
    public Node Copy(Node node, SourcePosition at, int depth, int writtenNodes)
    {
        written = writtenNodes;
        return Copy(node, at, at, depth);
    }

    /// <summary>Counts a look at one entry of a merged mapping, which costs time though it may leave nothing behind.</summary>
    /// <exception cref="MalformedTextException">That is too much.</exception>
    public void Visit(SourcePosition merge)
    {
        if (++visited > limits.MaxExpandedNodes)
            throw Refuse(merge, $"the merge keys of this document stand for more than {limits.MaxExpandedNodes:N0} values");
    }

    /// <summary>Counts a look at a value and everything below it.</summary>
    /// <exception cref="MalformedTextException">That is too much.</exception>
    public void Visit(Node node, SourcePosition merge)
    {
        Visit(merge);
        if (node is SequenceNode sequence)
        {
            foreach (var item in sequence.Items) Visit(item, merge);
        }
        else if (node is MappingNode mapping)
        {
            foreach (ref readonly var entry in mapping.Entries) Visit(entry.Value, merge);
        }
    }

    private Node Copy(Node node, SourcePosition at, SourcePosition alias, int depth)
    {
        Charge(alias);
        if (node is ScalarNode scalar) return scalar.CopyAt(at, scalar.Flags);
        if (depth >= limits.MaxDepth)
            throw Refuse(alias, $"values nest deeper than {limits.MaxDepth} levels with this alias written out");
        return node is SequenceNode sequence
            ? CopySequence(sequence, at, alias, depth + 1)
            : CopyMapping((MappingNode)node, at, alias, depth + 1);
    }

    private SequenceNode CopySequence(SequenceNode sequence, SourcePosition at, SourcePosition alias, int depth)
    {
        var items = new Node[sequence.Count];
        for (var i = 0; i < items.Length; i++) items[i] = Copy(sequence[i], sequence[i].Position, alias, depth);
        return new(items, at);
    }

    private MappingNode CopyMapping(MappingNode mapping, SourcePosition at, SourcePosition alias, int depth)
    {
        var entries = mapping.Entries.ToArray();
        foreach (ref var entry in entries.AsSpan())
            entry = entry with { Value = Copy(entry.Value, entry.Value.Position, alias, depth) };
        return new(entries, at);
    }

    private void Charge(SourcePosition alias)
    {
        copied++;
        if (copied > limits.MaxExpandedNodes)
            throw Refuse(alias, $"the aliases of this document stand for more than {limits.MaxExpandedNodes:N0} values");
        if (copied > SmallDocument && copied > (copied + written) * 0.99)
            throw Refuse(alias, "almost everything in this document comes from aliases");
    }

    private MalformedTextException Refuse(SourcePosition alias, string message) =>
        new(new(file.At(alias), message, "write the values out"));
}
