using GitOpsPolicy.Changes;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Evaluation;

/// <summary>The id of a decision. Working it out reads all that was judged, so that is done when it is first asked for.</summary>
/// <threadsafety>Safe from any thread: two may both work it out, to the same result.</threadsafety>
internal sealed class DecisionId : IEquatable<DecisionId>
{
    private readonly Func<string>? digest;
    private string? text;

    /// <summary>An id that is known.</summary>
    public DecisionId(string text) => this.text = text;

    /// <summary>The id of a question: these rules, these changes, this day and environment.</summary>
    public DecisionId(RuleSet rules, ChangeSet changeSet, EvaluationOptions options) =>
        digest = () => InputDigest.Of(rules, changeSet, options);

    /// <summary>The id.</summary>
    public string Text => text ??= digest!();

    /// <inheritdoc/>
    public bool Equals(DecisionId? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DecisionId);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);
}
