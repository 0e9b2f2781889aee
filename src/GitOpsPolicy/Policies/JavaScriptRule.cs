using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Policies;

/// <summary>A rule that is the default export of a JavaScript module.</summary>
/// <param name="metadata">What the rule says about itself.</param>
/// <param name="definition">The default export, which the function sees as <c>this</c>.</param>
/// <param name="function">Its <c>check</c> or <c>checkSet</c>.</param>
internal sealed class JavaScriptRule(RuleMetadata metadata, Value definition, Value function) : Rule(metadata)
{
    /// <inheritdoc/>
    public override void Judge(RuleCall call) =>
        call.Run.Call(function, definition, Metadata.JudgesSets ? call.Set : call.Change, call.Tools);
}
