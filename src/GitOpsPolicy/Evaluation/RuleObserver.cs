using GitOpsPolicy.Changes;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Script.Instrumentation;

namespace GitOpsPolicy.Evaluation;

/// <summary>Watches rules judge: what their scripts come to, and what is made of it.</summary>
internal abstract class RuleObserver : ScriptObserver
{
    /// <summary>A rule is about to judge.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="change">The change judged; null when it is the set.</param>
    public virtual void Judging(BoundRule rule, Change? change)
    {
    }

    /// <summary>A rule has judged.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="change">The change judged; null when it is the set.</param>
    /// <param name="reports">What it reported. The list is used again: take from it what is needed.</param>
    /// <param name="ending">What ended it early; null for nothing.</param>
    public virtual void Judged(BoundRule rule, Change? change, IReadOnlyList<Reported> reports, Exception? ending)
    {
    }
}
