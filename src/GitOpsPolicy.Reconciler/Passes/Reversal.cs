using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Reconciler.Health;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>Whether a revision has failed, and whether going back from it loses anything.</summary>
internal static class Reversal
{
    // A controller restarts what crashed and tries again; only what stays failed is.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>What makes a revision a failed one, in a few words; null for nothing.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="execution">How far it came.</param>
    public static string? FailureOf(Unit unit, Execution execution)
    {
        var patience = Patience < unit.Health.Timeout ? Patience : unit.Health.Timeout;
        foreach (var one in execution.Unsettled)
        {
            var hasFailed = one.Health.State == HealthState.Failed && one.Lasts >= patience;
            if (hasFailed || one.Lasts >= unit.Health.Timeout)
                return $"{one.Id} {(hasFailed ? "has failed" : "did not get ready in time")}{(one.Health.Message.Length > 0 ? $": {one.Health.Message}" : "")}";
        }

        return null;
    }

    /// <summary>What cannot be undone between two revisions, in a few words; null where everything can.</summary>
    /// <param name="good">The earlier one.</param>
    /// <param name="failed">The later one.</param>
    /// <param name="advisor">Knows what holds state.</param>
    public static string? Irreversible(ImmutableArray<Manifest> good, ImmutableArray<Manifest> failed, DriftAdvisor advisor)
    {
        var before = good.ToDictionary(static manifest => PassObject.KeyOf(manifest.Id), StringComparer.Ordinal);
        foreach (var now in failed)
        {
            var then = before.GetValueOrDefault(PassObject.KeyOf(now.Id));
            if (then is not null && NodeEquality.AreEqual(then.Object, now.Object)) continue;
            if (now.Id is { Group: "batch", Kind: "Job" }) return $"{now.Id} has run, or begun to";
            if (now.Id.Kind == "CustomResourceDefinition")
                return $"{now.Id} was changed, and objects may be stored in its new form";
            var change = new Change
            {
                Resource = now.Id,
                Operation = Operation.Update,
                Origin = ChangeOrigin.Diff,
                Surface = Surface.Reconcile,
                Before = then?.Object,
                After = now.Object,
            };
            if (then is not null && advisor.Of(change, new()).IsStateful) return $"{now.Id} holds state and was changed";
        }

        return null;
    }
}
