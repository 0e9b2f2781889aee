namespace GitOpsPolicy.Kubernetes.Objects;

/// <summary>Which objects a list or watch is about.</summary>
public sealed record Selection
{
    /// <summary>All objects of the type.</summary>
    public static Selection All { get; } = new();

    /// <summary>The namespace; null for all namespaces.</summary>
    public string? Namespace { get; init; }

    /// <summary>A label selector such as <c>app=web,tier!=cache</c>; null for none.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>A field selector such as <c>metadata.name=web</c>; null for none.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>
    /// Objects of a list asked for at a time; null for the client's usual number. For objects that are known to be large.
    /// </summary>
    public int? PageSize { get; init; }
}

/// <summary>
/// What happens to a list that takes so long that the server forgets the state it began with (some five minutes).
/// </summary>
public enum ListExpiry
{
    /// <summary>
    /// It goes on where it was, from a newer state: each name is met at most once, but the whole is no state that ever was.
    /// </summary>
    GoOn,

    /// <summary>It starts over, so that it is one state of the cluster: what a watch must start from.</summary>
    StartOver,
}
