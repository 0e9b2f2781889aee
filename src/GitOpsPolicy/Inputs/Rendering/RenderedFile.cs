using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Rendering;

/// <summary>
/// A text that a tool made out of several files. Where it is known which of them a value came from, that is its place.
/// </summary>
/// <param name="folder">The folder that was rendered.</param>
/// <param name="text">The text.</param>
internal sealed class RenderedFile(string folder, ReadOnlyMemory<byte> text) : SourceFile(folder.TrimEnd('/') + " (rendered)")
{
    private readonly TextFile lines = new(folder, text);
    private readonly Dictionary<SourcePosition, SourceLocation> origins = [];

    /// <summary>Tells where the value at a position comes from. Only while the text is being read.</summary>
    public void SetOrigin(SourcePosition position, SourceLocation origin) => origins[position] = origin;

    /// <inheritdoc/>
    public override SourceLocation At(SourcePosition position) =>
        origins.TryGetValue(position, out var origin) ? origin : base.At(position);

    /// <inheritdoc/>
    public override bool TryGetExcerpt(int line, int column, out Excerpt excerpt) =>
        lines.TryGetExcerpt(line, column, out excerpt);
}
