namespace GitOpsPolicy.Documents;

/// <summary>A text cannot be read. Whoever called the reader turns it into a failed <see cref="Loaded{T}"/>.</summary>
public sealed class MalformedTextException(Problem problem) : Exception(problem.ToString())
{
    /// <summary>What is wrong and where.</summary>
    public Problem Problem { get; } = problem;

    /// <summary>The text does not follow the grammar of its language at all, so it may be in another one.</summary>
    internal bool IsSyntax { get; init; }
}
