namespace GitOpsPolicy.Script.RegularExpressions;

/// <summary>Pays for the work of matching. Implementations throw when nothing is left.</summary>
internal abstract class StepMeter
{
    /// <summary>Pays for steps: one for each instruction tried and each character skipped over in bulk.</summary>
    public abstract void Spend(long steps);

    /// <summary>Pays for memory, before it is taken.</summary>
    public abstract void Reserve(long bytes);
}
