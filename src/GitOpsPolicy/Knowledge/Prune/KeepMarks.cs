using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Prune;

/// <summary>
/// What an object says against being deleted by whoever prunes it, by the marks of any tool: an engine that prunes itself has to
/// heed them, as rules only tell of them. A mark counts where any of the states of an object has it, so that no change takes
/// protection and object away at once.
/// </summary>
/// <param name="By">How it is written: <c>`Prune=false` (Argo CD)</c>.</param>
/// <param name="Asks">It asks for a confirmation; else it keeps the object whoever agrees.</param>
public sealed record KeepMark(string By, bool Asks)
{
    /// <summary>The strictest mark; null where none has one.</summary>
    /// <param name="id">The object.</param>
    /// <param name="states">States of it, such as what lives and what Git said; null for one that is not known.</param>
    public static KeepMark? Of(KubernetesId id, params ReadOnlySpan<Node?> states)
    {
        KeepMark? strictest = null;
        foreach (var state in states)
        {
            foreach (var guard in Protection.GuardsOf(state, id))
            {
                if ((guard.Reach & (GuardReach.Prune | GuardReach.Delete)) == 0) continue;
                if (strictest is null || (strictest.Asks && guard.Effect != GuardEffect.Asks))
                    strictest = new(guard.By, guard.Effect == GuardEffect.Asks);
            }
        }

        return strictest;
    }
}
