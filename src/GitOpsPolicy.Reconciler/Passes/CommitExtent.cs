using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>How far a commit has come that is not applied whole.</summary>
/// <param name="Written">Objects that are as it says, written by this pass or by those before.</param>
/// <param name="Left">Objects that are not.</param>
internal sealed record CommitExtent(IReadOnlyList<KubernetesId> Written, IReadOnlyList<KubernetesId> Left)
{
    private const int MostNamed = 5;

    /// <summary>It is not whole, and nothing of it is written.</summary>
    public bool IsNothing => Written.Count == 0 && Left.Count > 0;

    /// <summary>Some of it is written, and some is not.</summary>
    public bool IsPart => Written.Count > 0 && Left.Count > 0;

    /// <summary>Finds out.</summary>
    /// <param name="facts">What the pass found out.</param>
    /// <param name="before">What was known before: a commit that was applied whole once is no news.</param>
    public static CommitExtent Of(PassFacts facts, UnitStatus before)
    {
        if (facts is not { Plan: { } plan, Execution: { } execution, Target.Commit: { } commit } || before.Applied == commit)
            return new([], []);
        var written = execution.Inventory.Entries.Where(entry => entry.Value.Revision == commit)
            .ToDictionary(static entry => entry.Key, static entry => entry.Value.Id, StringComparer.Ordinal);
        var left = plan.Held.Concat(plan.Writes.Where(static step => step.IsGits))
            .Where(step => !written.ContainsKey(PassObject.KeyOf(step.Object.Id)))
            .Select(static step => step.Object.Id);
        return new([.. written.Values], [.. left]);
    }

    /// <summary><c>written: A and B; not written: C</c>.</summary>
    public string InWords() => $"written: {Named(Written)}; not written: {Named(Left)}";

    private static string Named(IReadOnlyList<KubernetesId> ids) =>
        string.Join(", ", ids.Take(MostNamed)) + (ids.Count > MostNamed ? $" and {ids.Count - MostNamed} more" : "");
}
