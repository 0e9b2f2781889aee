using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>
/// The text is not in the language from some place on. The parser turns it into a problem and goes on after the statement.
/// </summary>
internal class SyntaxException(int offset, string message, string? hint = null) : Exception(message)
{
    /// <summary>Where, in UTF-16 code units from the start of the text.</summary>
    public int Offset { get; } = offset;

    /// <summary>Where, when the text before that place has become a tree; then the offset means nothing.</summary>
    public SourcePosition? Position { get; init; }

    /// <summary>The standard allows the text, this evaluator does not.</summary>
    public bool IsUnsupported { get; init; }

    /// <summary>What to write instead; null where the message says it all.</summary>
    public string? Hint { get; } = hint;
}

/// <summary>The text is too big or too deep: nothing after this place is looked at.</summary>
internal sealed class LimitException : SyntaxException
{
    public LimitException(int offset, string message, string hint)
        : base(offset, message, hint) => IsUnsupported = true;
}
