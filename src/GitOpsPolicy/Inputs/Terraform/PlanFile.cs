using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>
/// A plan as a source of documents. It never gives an excerpt: a plan is one line of machine-written text in which any value,
/// secrets among them, stands beside any other, so no part of it can be shown safely as it is.
/// </summary>
internal sealed class PlanFile(string path) : SourceFile(path)
{
    /// <inheritdoc/>
    public override bool TryGetExcerpt(int line, int column, out Excerpt excerpt)
    {
        excerpt = default;
        return false;
    }
}
