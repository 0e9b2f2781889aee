using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>Pays for matching out of the budget of a run: two steps of a matcher are about one of the rule's.</summary>
internal sealed class RunMeter(ScriptRun run) : StepMeter
{
    public override void Spend(long steps) => run.Charge((steps + 1) >> 1);

    public override void Reserve(long bytes) => run.Allocate(bytes);
}
