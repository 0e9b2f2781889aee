using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Reconciler.Health;

/// <summary>
/// Objects that keep a number of Pods. Which counts are compared with which: kstatus' <c>core.go</c>; that a paused Deployment is
/// suspended and that a set whose Pods are replaced by hand is looked at too: Argo CD's assessment.
/// </summary>
internal static class WorkloadHealth
{
    private static readonly ObjectHealth Unseen = new(HealthState.InProgress, "its controller has not seen it yet");

    /// <summary>A Deployment.</summary>
    public static ObjectHealth OfDeployment(LiveObject live)
    {
        if (live.ObservedGeneration is null) return Unseen;
        if (live.Spec?.Flag("paused") == true) return new(HealthState.Suspended, "its rollout is paused");
        if (live.ConditionOf("Progressing") is { Reason: "ProgressDeadlineExceeded" } late)
            return new(HealthState.Failed, late.ToString());
        var (wanted, updated) = (Wanted(live), live.Counted("updatedReplicas"));
        var missing = updated < wanted ? $"{updated} of {wanted} replicas are of the new template"
            : live.Counted("replicas") > updated
                ? $"{live.Counted("replicas") - updated} replicas of the old template are still there"
            : live.Counted("availableReplicas") < wanted
                ? $"{live.Counted("availableReplicas")} of {wanted} replicas are available"
            : live.Counted("readyReplicas") < wanted ? $"{live.Counted("readyReplicas")} of {wanted} replicas are ready"
            : live.ConditionOf("Available") is { IsFalse: true } unavailable ? unavailable.ToString() : null;
        return OnTheWay(missing, live.ConditionOf("ReplicaFailure"));
    }

    /// <summary>A StatefulSet.</summary>
    public static ObjectHealth OfStatefulSet(LiveObject live)
    {
        if (live.ObservedGeneration is null) return Unseen;
        var wanted = Wanted(live);
        var missing = live.Counted("readyReplicas") < wanted ? $"{live.Counted("readyReplicas")} of {wanted} replicas are ready"
            : live.Status?.Integer("availableReplicas") is { } available && available < wanted
                ? $"{available} of {wanted} replicas are available"
            : live.Counted("replicas") > wanted ? $"{live.Counted("replicas") - wanted} replicas too many are still there" : null;
        return missing is null ? Rollout(live, wanted) : new(HealthState.InProgress, missing);
    }

    private static ObjectHealth Rollout(LiveObject live, int wanted)
    {
        var strategy = live.Spec?.Mapping("updateStrategy");
        var isDone = live.Status is { } status && status.Text("currentRevision") == status.Text("updateRevision");
        var updated = live.Counted("updatedReplicas");
        if (strategy?.Text("type") == "OnDelete") return Replaced(isDone ? wanted : updated, wanted);
        var partition = strategy?.Mapping("rollingUpdate")?.Integer("partition") ?? 0;
        if (partition > 0) isDone = isDone || updated >= wanted - partition;
        return isDone
            ? new(HealthState.Current, "")
            : new(HealthState.InProgress, $"{updated} of {Math.Max(0, wanted - partition)} replicas are of the new template");
    }

    /// <summary>A DaemonSet.</summary>
    public static ObjectHealth OfDaemonSet(LiveObject live)
    {
        if (live.ObservedGeneration is null) return Unseen;
        var (wanted, updated) = (live.Counted("desiredNumberScheduled"), live.Counted("updatedNumberScheduled"));
        var byHand = live.Spec?.Mapping("updateStrategy")?.Text("type") == "OnDelete";
        var missing = live.Counted(
            "currentNumberScheduled") < wanted ? $"it runs on {live.Counted("currentNumberScheduled")} of {wanted} nodes"
            : updated < wanted && !byHand ? $"{updated} of {wanted} Pods are of the new template"
            : live.Counted("numberAvailable") < wanted ? $"{live.Counted("numberAvailable")} of {wanted} Pods are available"
            : live.Counted("numberReady") < wanted ? $"{live.Counted("numberReady")} of {wanted} Pods are ready" : null;
        return missing is not null ? new(HealthState.InProgress, missing)
            : byHand ? Replaced(updated, wanted)
            : new(HealthState.Current, "");
    }

    /// <summary>
    /// A ReplicaSet or ReplicationController. Nothing of it ever gives up, so that Pods it may not make count as a failure.
    /// </summary>
    public static ObjectHealth OfReplicaSet(LiveObject live)
    {
        if (live.ObservedGeneration is null) return Unseen;
        if (live.ConditionOf("ReplicaFailure") is { IsTrue: true } refused) return new(HealthState.Failed, refused.ToString());
        var wanted = Wanted(live);
        return OnTheWay(
            live.Counted("replicas") > wanted ? $"{live.Counted("replicas") - wanted} replicas too many are still there"
            : live.Counted("availableReplicas") < wanted
                ? $"{live.Counted("availableReplicas")} of {wanted} replicas are available"
            : live.Counted("readyReplicas") < wanted ? $"{live.Counted("readyReplicas")} of {wanted} replicas are ready" : null,
            null);
    }

    // Whoever chose so replaces Pods himself; nothing else will happen.
    private static ObjectHealth Replaced(int updated, int wanted) =>
        new(
            HealthState.Current,
            updated >= wanted ? "" : $"{wanted - updated} of {wanted} Pods are of the old template until somebody deletes them");

    private static ObjectHealth OnTheWay(string? missing, Condition? refused) => (missing, refused) switch
    {
        (null, _) => new(HealthState.Current, ""),
        (_, { IsTrue: true }) => new(HealthState.InProgress, $"{missing}; {refused}"),
        _ => new(HealthState.InProgress, missing),
    };

    private static int Wanted(LiveObject live) => live.Spec?.Integer("replicas") ?? 1;
}
