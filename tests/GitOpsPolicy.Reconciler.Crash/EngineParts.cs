using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Passes;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Crash;

/// <summary>The parts of a real engine around revisions in a folder.</summary>
internal static class EngineParts
{
    private static readonly Lazy<RuleSet> Loaded = new(static () =>
    {
        var folder = Directory.CreateTempSubdirectory("gitops-policy-rules-").FullName;
        try
        {
            return RuleSetLoader.Load(new() { Tree = new WorkTree(folder) }).TryGet(out var rules)
                ? rules
                : throw new InvalidOperationException("An empty rule set loads.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    });

    /// <summary>What passes need.</summary>
    public static PassServices Services(KubernetesClient client, IDesiredState desired, IPassWatch watch, Fence fence) => new()
    {
        Desired = desired,
        ClusterOf = (_, _) => Task.FromResult(client),
        Store = new StateStore(client),
        Rules = Rules,
        Time = TimeProvider.System,
        Fence = fence,
        Watch = watch,
    };

    /// <summary>A unit whose revisions lie in the folder of its name.</summary>
    public static Unit UnitOf(string name) => new()
    {
        Key = new("default", name),
        Source = new() { Url = "file:///revisions", Path = name },
        Target = new() { Namespace = "default" },
        Health = new() { Timeout = TimeSpan.FromMinutes(5) },
    };

    /// <summary>No rules but what the engine's own tables say.</summary>
    private static RuleSet Rules() => Loaded.Value;
}
