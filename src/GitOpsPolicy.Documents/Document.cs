namespace GitOpsPolicy.Documents;

/// <summary>One value read from a text, with the text it came from.</summary>
public sealed class Document
{
    /// <summary>Makes a document that becomes the holder of <paramref name="root"/>.</summary>
    /// <param name="source">The text the document was read from.</param>
    /// <param name="index">Which document of that text this is, counted from 0 (YAML texts may hold several).</param>
    /// <param name="root">The value.</param>
    /// <exception cref="InvalidOperationException">The root belongs to another document or node already.</exception>
    public Document(SourceFile source, int index, Node root)
    {
        (Source, Index, Root) = (source, index, root);
        root.AdoptBy(this);
    }

    /// <summary>The text the document was read from.</summary>
    public SourceFile Source { get; }

    /// <summary>Which document of its text this is, counted from 0.</summary>
    public int Index { get; }

    /// <summary>The value.</summary>
    public Node Root { get; }
}
