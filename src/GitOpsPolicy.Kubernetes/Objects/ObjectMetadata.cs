using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Kubernetes.Objects;

/// <summary>The fields of an object's <c>metadata</c> that callers ask for; what is absent is the empty text.</summary>
/// <param name="root">The object.</param>
public readonly struct ObjectMetadata(MappingNode root)
{
    private readonly MappingNode? metadata = root.Mapping("metadata");

    /// <summary>Name.</summary>
    public string Name => metadata?.Text("name") ?? "";

    /// <summary>Namespace; empty for a cluster-scoped object.</summary>
    public string Namespace => metadata?.Text("namespace") ?? "";

    /// <summary>What tells this object from an earlier one of the same name.</summary>
    public string Uid => metadata?.Text("uid") ?? "";

    /// <summary>The state of the object; only good for being the same or another.</summary>
    public string ResourceVersion => metadata?.Text("resourceVersion") ?? "";

    /// <summary>Somebody deleted it, and it waits for its finalizers.</summary>
    public bool IsDeleting => metadata?.Text("deletionTimestamp") is { Length: > 0 };

    /// <summary>The value of a label; null when there is none.</summary>
    public string? Label(string name) => (metadata?.Mapping("labels")?[name] as ScalarNode)?.Text;

    /// <summary>The value of an annotation; null when there is none.</summary>
    public string? Annotation(string name) => (metadata?.Mapping("annotations")?[name] as ScalarNode)?.Text;
}
