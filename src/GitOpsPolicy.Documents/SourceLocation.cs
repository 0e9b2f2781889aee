namespace GitOpsPolicy.Documents;

/// <summary>A place in a text: where a token starts.</summary>
/// <param name="Line">Line, counted from 1. Zero means the whole file.</param>
/// <param name="Column">Column in UTF-16 code units, counted from 1. Zero means the whole line.</param>
public readonly record struct SourcePosition(int Line, int Column)
{
    /// <summary>No place in particular: the whole file.</summary>
    public static SourcePosition None => default;
}

/// <summary>A place in a file that a person can jump to.</summary>
/// <param name="File">Path as the user gave it, never made absolute; <c>-</c> is standard input.</param>
/// <param name="Line">Line, counted from 1. Zero means the whole file.</param>
/// <param name="Column">Column in UTF-16 code units, counted from 1. Zero means the whole line.</param>
public readonly record struct SourceLocation(string File, int Line, int Column)
{
    /// <summary>
    /// The form that editors and terminals make clickable: <c>file:line:column</c>, without the parts that are zero.
    /// </summary>
    public override string ToString() => (Line, Column) switch
    {
        (0, _) => File,
        (_, 0) => $"{File}:{Line}",
        _ => $"{File}:{Line}:{Column}",
    };
}
