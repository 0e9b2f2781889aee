using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Reconciler.Planning;

namespace GitOpsPolicy.Reconciler.Tests.Passes;

/// <summary>Steps of a plan about one ConfigMap, as a pass would have made them of what it read a while ago.</summary>
internal static class Steps
{
    /// <summary>One that makes it.</summary>
    public static PlanStep Create(RealUnit unit, string desired) => Of(StepKind.Create, unit, desired, null);

    /// <summary>One that changes it as it was read.</summary>
    public static PlanStep Update(RealUnit unit, string desired, MappingNode live) => Of(StepKind.Update, unit, desired, live);

    /// <summary>Where it is.</summary>
    public static ObjectAddress AddressOf(RealUnit unit, string name) =>
        new(new ResourceType("", "v1", "configmaps", "ConfigMap", IsNamespaced: true), unit.Namespace, name);

    private static PlanStep Of(StepKind kind, RealUnit unit, string desired, MappingNode? live)
    {
        var bytes = Encoding.UTF8.GetBytes(desired.Replace("$ns", unit.Namespace, StringComparison.Ordinal));
        if (!YamlReader.Read(new TextFile("one.yaml", bytes), bytes, ReaderLimits.Default).TryGet(out var stream))
            throw new ArgumentException("That is no document.", nameof(desired));
        var root = stream.Documents[0].Root;
        var id = new KubernetesId("", "v1", "ConfigMap", unit.Namespace, "settings");
        return new(
            kind, new(id) { Desired = new(id, root, "one.yaml"), Live = live, AppliedUid = live is null ? null : "applied" },
            default);
    }
}
