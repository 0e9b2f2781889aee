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

    /// <summary>The annotation by which somebody asks for what did not get healthy to be tried once more.</summary>
    public const string RetryAnnotation = "gitopspolicy.dev/retry";

    // A status whose texts are cut keeps so much of each.
    private const int LongestRetry = 128;

    /// <summary>Which unit an object is.</summary>
    public static UnitKey KeyOf(MappingNode found)
    {
        var metadata = new ObjectMetadata(found);
        return new(metadata.Namespace, metadata.Name);
    }

    /// <summary>What it says in <see cref="RetryAnnotation"/>; null for nothing. It is cut to what a status keeps.</summary>
    public static string? RetryOf(MappingNode found) =>
        new ObjectMetadata(found).Annotation(RetryAnnotation) is { Length: > 0 } asked
            ? asked[..Math.Min(asked.Length, LongestRetry)]
            : null;

    /// <summary>Counts the changes of what is wanted; changes of the status do not count.</summary>
    public static long GenerationOf(MappingNode found) =>
        found.Mapping("metadata")?["generation"] is ScalarNode { Kind: NodeKind.Number } number
                && long.TryParse(number.Text, out var told)
            ? told
            : 0;
}
