using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Reconciler.Health;

/// <summary>A Pod of its own.</summary>
internal static class PodHealth
{
    /// <summary>
    /// Words with which a kubelet says that a container will not run as it is. It tries again all the same, but nothing comes of
    /// it until somebody changes something. https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-states
    /// </summary>
    private static readonly string[] Hopeless =
    [
        "CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "ErrImageNeverPull", "InvalidImageName", "ImageInspectError",
        "RegistryUnavailable", "SignatureValidationFailed",
        "CreateContainerConfigError", "CreateContainerError", "RunContainerError", "PreStartHookError", "PostStartHookError",
    ];

    /// <summary>How it is.</summary>
    public static ObjectHealth Of(LiveObject live)
    {
        var phase = live.Status?.Text("phase") ?? "";
        return phase switch
        {
            "Succeeded" => new(HealthState.Current, "it ran to its end"),
            "Failed" => new(HealthState.Failed, Ended(live)),
            "Running" when live.ConditionOf("Ready") is { IsTrue: true } => new(HealthState.Current, ""),
            "Running" or "Pending" or "" => Stuck(live) ?? new(HealthState.InProgress, Why(live)),
            _ => new(HealthState.Unknown, $"its phase is {phase}"), // its node does not answer
        };
    }

    private static string Ended(LiveObject live)
    {
        var told = live.Status!.Text("message") is { Length: > 0 } message ? message : live.Status!.Text("reason");
        var exits = Containers(live).Select(
            static one => (Name: one.Text("name"), Code: one.Mapping("state")?.Mapping("terminated")?.Integer("exitCode")))
            .Where(static one => one.Code is not (null or 0))
                .Select(static one => $"container {one.Name} ended with code {one.Code}");
        return string.Join("; ", exits.Prepend(told).Where(static part => part.Length > 0).DefaultIfEmpty("it failed"));
    }

    private static ObjectHealth? Stuck(LiveObject live) =>
        Containers(live).Select(static one => (Name: one.Text("name"), Waiting: one.Mapping("state")?.Mapping("waiting")))
            .Where(static one => one.Waiting is { } waiting && Hopeless.Contains(waiting.Text("reason"), StringComparer.Ordinal))
            .Select(static one => new ObjectHealth(
                HealthState.Failed, $"container {one.Name}: {one.Waiting!.Text("reason")}: {one.Waiting!.Text("message")}"))
            .FirstOrDefault();

    private static string Why(LiveObject live) =>
        live.ConditionOf("PodScheduled") is { IsFalse: true } unscheduled ? unscheduled.ToString()
        : live.ConditionOf("Ready") is { IsFalse: true } unready ? unready.ToString() : "it has not started yet";

    private static IEnumerable<MappingNode> Containers(LiveObject live) =>
        live.Status is { } status ? status.Mappings("initContainerStatuses").Concat(status.Mappings("containerStatuses")) : [];
}
