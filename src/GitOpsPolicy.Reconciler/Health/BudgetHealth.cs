namespace GitOpsPolicy.Reconciler.Health;

/// <summary>A PodDisruptionBudget: it is good when as many Pods are healthy as it asks for.</summary>
internal static class BudgetHealth
{
    /// <summary>How it is.</summary>
    public static ObjectHealth Of(LiveObject live)
    {
        if (live.ObservedGeneration is null) return new(HealthState.InProgress, "its controller has not seen it yet");
        // Its Pods belong to something that cannot be scaled, so that it cannot be counted: it stops every eviction.
        if (live.ConditionOf("DisruptionAllowed") is { Reason: "SyncFailed" } broken)
            return new(HealthState.Failed, broken.ToString());
        var (healthy, desired) = (live.Counted("currentHealthy"), live.Counted("desiredHealthy"));
        if (healthy < desired) return new(HealthState.InProgress, $"{healthy} of {desired} Pods are healthy");
        return new(HealthState.Current, (live.Counted("expectedPods"), live.Counted("disruptionsAllowed")) switch
        {
            (0, _) => "it fits no Pod",
            (_, 0) => "no Pod may be evicted: draining a node will wait",
            _ => "",
        });
    }
}
