using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Policies;

/// <summary>An expression of a YAML rule, ready to be called.</summary>
/// <param name="Function">The function it became.</param>
/// <param name="Location">Where it stands in the rule.</param>
internal sealed record CompiledExpression(Value Function, SourceLocation Location)
{
    /// <summary>The failure of a run in which the expression gave something that is of no use.</summary>
    public ScriptException Failure(string message) => new(ScriptFailure.Thrown, message, Location);
}
