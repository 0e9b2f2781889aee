using GitOpsPolicy.Documents;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Health;

/// <summary>
/// How healthy an object is, judged by what it says of itself: what is true of any object first, then what is special to its
/// kind, then the conditions that objects of any kind may bear. Vocabulary and order are those of kstatus
/// (https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md); where it takes for done what is not, this
/// does not.
/// </summary>
public static class HealthRules
{
    private const int LongestMessage = 400;

    /// <summary>Kinds whose health is counted, not read off a word.</summary>
    private static readonly Dictionary<string, Func<LiveObject, ObjectHealth>> Counted = new(StringComparer.Ordinal)
    {
        ["apps/Deployment"] = WorkloadHealth.OfDeployment,
        ["apps/StatefulSet"] = WorkloadHealth.OfStatefulSet,
        ["apps/DaemonSet"] = WorkloadHealth.OfDaemonSet,
        ["apps/ReplicaSet"] = WorkloadHealth.OfReplicaSet,
        ["core/ReplicationController"] = WorkloadHealth.OfReplicaSet,
        ["core/Pod"] = PodHealth.Of,
        ["core/PersistentVolumeClaim"] = ClaimHealth.Of,
        ["policy/PodDisruptionBudget"] = BudgetHealth.Of,
    };

    /// <summary>How the object is.</summary>
    /// <param name="live">The object as the API server tells it.</param>
    public static ObjectHealth Of(MappingNode live)
    {
        var health = Judge(new(live));
        return health with { Message = Fit(health.Message) };
    }

    private static ObjectHealth Judge(LiveObject live) =>
        OfAnything(live)
        ?? (Counted.TryGetValue(live.KindName, out var rule) ? rule(live) : null)
        ?? HealthTable.Shipped.Find(live.KindName)?.Judge(live)
        ?? OfConditions(live);

    /// <summary>What is so whatever the kind; null when nothing is.</summary>
    private static ObjectHealth? OfAnything(LiveObject live)
    {
        if (live.Metadata.IsDeleting) return new(HealthState.Terminating, Waiting(live));
        if (live.ObservedGeneration is { } seen && seen < live.Generation)
            return new(HealthState.InProgress, $"its controller has seen generation {seen} of {live.Generation}");
        if (live.ConditionOf("Stalled") is { IsTrue: true } stalled) return new(HealthState.Failed, stalled.ToString());
        return live.ConditionOf("Reconciling") is { IsTrue: true } busy ? new(HealthState.InProgress, busy.ToString()) : null;
    }

    private static string Waiting(LiveObject live)
    {
        var finalizers = live.Root["metadata"] is MappingNode metadata && metadata["finalizers"] is SequenceNode list
            ? [.. list.Items.ToArray().OfType<ScalarNode>().Select(static one => one.Text)]
            : Array.Empty<string>();
        return finalizers.Length == 0
            ? "it is being deleted"
            : $"it is being deleted, and waits for {string.Join(", ", finalizers)}";
    }

    /// <summary>
    /// What conditions of any kind say. Without any, an object is done when its controller has seen it, and else does not tell.
    /// </summary>
    private static ObjectHealth OfConditions(LiveObject live)
    {
        if (live.ConditionOf("Degraded") is { IsTrue: true } degraded) return new(HealthState.Failed, degraded.ToString());
        if (live.ConditionOf("Ready") is { } ready)
            return new(ready.IsTrue ? HealthState.Current : HealthState.InProgress, ready.IsTrue ? "" : ready.ToString());
        if (live.ConditionOf("Available") is { } available)
            return new(
                available.IsTrue ? HealthState.Current : HealthState.InProgress, available.IsTrue ? "" : available.ToString());
        if (live.HasConditions && !live.Conditions.Any())
            return new(HealthState.InProgress, "its conditions tell of an earlier generation");
        if (live.ObservedGeneration is not null && !live.HasConditions) return new(HealthState.Current, "");
        return new(
            HealthState.Unknown,
            live.HasConditions ? "none of its conditions says whether it is ready" : "it does not say how it is");
    }

    private static string Fit(string message)
    {
        var line = SafeText.OneLine(message.ReplaceLineEndings(" ").Trim());
        return line.Length <= LongestMessage ? line : string.Concat(line.AsSpan(0, LongestMessage - 1), "…");
    }
}
