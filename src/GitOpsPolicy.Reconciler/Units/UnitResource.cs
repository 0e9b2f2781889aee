using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Reconciler.Units;

/// <summary>Units as a cluster keeps them.</summary>
public static class UnitResource
{
    /// <summary>The resource.</summary>
    public static readonly ResourceType Type = new(
        "gitopspolicy.dev", "v1alpha1", "reconciliations", UnitReader.Kind, IsNamespaced: true);

    /// <summary>Which unit an object is.</summary>
    public static UnitKey KeyOf(MappingNode found)
    {
        var metadata = new ObjectMetadata(found);
        return new(metadata.Namespace, metadata.Name);
    }

    /// <summary>Counts the changes of what is wanted; changes of the status do not count.</summary>
    public static long GenerationOf(MappingNode found) =>
        found.Mapping("metadata")?["generation"] is ScalarNode { Kind: NodeKind.Number } number
                && long.TryParse(number.Text, out var told)
            ? told
            : 0;
}
