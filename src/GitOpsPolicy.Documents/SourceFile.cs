namespace GitOpsPolicy.Documents;

/// <summary>A text that documents were read from. Findings show its lines, so it can give them back on request.</summary>
public abstract class SourceFile(string path)
{
    /// <summary>Path as the user gave it, with forward slashes; <c>-</c> is standard input.</summary>
    public string Path { get; } = path;

    /// <summary>
    /// Where the text comes from when it is not a file of the work tree, such as <c>main</c> for a Git revision; else null.
    /// </summary>
    public string? Revision { get; init; }

    /// <summary>
    /// Gives the whole text of one line, without its line end. Long lines are cut around <paramref name="column"/>.
    /// </summary>
    /// <param name="line">Line, counted from 1.</param>
    /// <param name="column">Column of interest in UTF-16 code units, counted from 1.</param>
    /// <param name="excerpt">The line, or the part of it around the column.</param>
    /// <returns>False when the text is no longer at hand or has no such line.</returns>
    public abstract bool TryGetExcerpt(int line, int column, out Excerpt excerpt);

    /// <summary>
    /// The place that a person should look at for a place in this text: the same one, unless the text was made from others.
    /// </summary>
    public virtual SourceLocation At(SourcePosition position) => new(Path, position.Line, position.Column);
}

/// <summary>One line of source as shown under a finding.</summary>
/// <param name="Text">The line, or a part of it.</param>
/// <param name="Caret">Offset into <paramref name="Text"/> of the column asked for, from 0.</param>
public readonly record struct Excerpt(string Text, int Caret);
