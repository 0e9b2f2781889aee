using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>A process has ended in the middle of a pass.</summary>
internal sealed class CutOffException : Exception;

/// <summary>Ends a pass at a step, the first time or a later one.</summary>
internal sealed class Guillotine(PassPoint point, int time) : IPassWatch
{
    private int left = time;

    /// <summary>It falls; before that it counts nothing.</summary>
    public bool IsArmed { get; set; } = true;

    /// <inheritdoc/>
    public void At(UnitKey unit, PassPoint at, string? subject = null)
    {
        if (IsArmed && at == point && --left == 0) throw new CutOffException();
    }
}
