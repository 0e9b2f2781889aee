using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Policies;

/// <summary>A rule, loaded and ready to judge. It holds no state: the same call gives the same reports.</summary>
/// <param name="metadata">What the rule says about itself.</param>
internal abstract class Rule(RuleMetadata metadata)
{
    /// <summary>What the rule says about itself.</summary>
    public RuleMetadata Metadata { get; } = metadata;

    /// <summary>Judges what the call is about, and reports to it.</summary>
    /// <exception cref="ScriptException">The rule threw, or used up its budget.</exception>
    /// <exception cref="UndeterminedException">The rule depends on a value that is not known yet.</exception>
    public abstract void Judge(RuleCall call);
}
