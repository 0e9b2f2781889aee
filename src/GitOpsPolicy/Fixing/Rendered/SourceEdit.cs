using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;

namespace GitOpsPolicy.Fixing.Rendered;

/// <summary>An edit by which a rendered object may come to say what lives; whether it does, rendering tells.</summary>
/// <param name="Document">The document of a file that is edited.</param>
/// <param name="Steps">What is done.</param>
internal sealed record SourceEdit(Document Document, ImmutableArray<FixStep> Steps)
{
    /// <summary>Where a person looks at it.</summary>
    public SourceLocation Where => Steps[0].Target.Location;

    /// <summary>An edit of the document that its steps are about.</summary>
    public static SourceEdit Of(params ImmutableArray<FixStep> steps) => new(steps[0].Target.Document!, steps);
}

/// <summary>Where edits are looked for.</summary>
internal interface ISourceEdits
{
    /// <summary>Edits that may make a rendered object say what lives, the likeliest first.</summary>
    IEnumerable<SourceEdit> For(RenderedChange change, RenderedPlace place);

    /// <summary>Why an edit that may be right is not even tried; null where none was left out.</summary>
    AdoptionRefusal? LeftOut(RenderedChange change, RenderedPlace place);
}
