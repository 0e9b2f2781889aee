namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>A regular expression cannot be used: it is wrong, or it asks for what a linear-time matcher cannot do.</summary>
internal sealed class PatternSyntaxException : Exception
{
    private PatternSyntaxException(string message, int offset, bool isUnsupported)
        : base(message) => (Offset, IsUnsupported) = (offset, isUnsupported);

    /// <summary>Where in the pattern, in UTF-16 code units from 0.</summary>
    public int Offset { get; }

    /// <summary>The standard allows the pattern, this evaluator does not.</summary>
    public bool IsUnsupported { get; }

    /// <summary>The standard does not allow it.</summary>
    public static PatternSyntaxException Of(string message, int offset) => new(message, offset, isUnsupported: false);

    /// <summary>The standard allows it, we do not; the message says what to write instead.</summary>
    public static PatternSyntaxException Unsupported(string message, int offset) => new(message, offset, isUnsupported: true);
}
