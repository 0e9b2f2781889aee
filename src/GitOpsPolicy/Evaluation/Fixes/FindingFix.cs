using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Evaluation.Fixes;

/// <summary>One stretch of a file that another text takes the place of.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends; equal to the start for what is only put in.</param>
/// <param name="Text">What takes its place.</param>
public readonly record struct FileEdit(SourcePosition Start, SourcePosition End, string Text);

/// <summary>What would mend a finding, in a file; or why nothing can be done there.</summary>
public sealed record FindingFix
{
    /// <summary>The file, as the finding names it; empty when nothing can be done.</summary>
    public string File { get; init; } = "";

    /// <summary>What is done to it, in the order of the file, no two at one place; empty when nothing can be done.</summary>
    public ImmutableArray<FileEdit> Edits { get; init; } = [];

    /// <summary>Why nothing can be done, in one line; null when something can.</summary>
    public string? Refusal { get; init; }
}
