using System.Collections.Immutable;

namespace GitOpsPolicy.Kubernetes.Resources;

/// <summary>
/// A group version that the server announces but could not describe, such as one of an aggregated API that is down.
/// </summary>
/// <param name="ApiVersion"><c>group/version</c>.</param>
/// <param name="Reason">Why.</param>
public sealed record UndescribedGroup(string ApiVersion, string Reason);

/// <summary>Everything an API server serves, as it was at one moment.</summary>
/// <param name="types">The types; of one group, the version that the server prefers comes first.</param>
/// <param name="undescribed">What is missing from them.</param>
/// <threadsafety>Safe for any thread.</threadsafety>
public sealed class ResourceCatalog(ImmutableArray<ResourceType> types, ImmutableArray<UndescribedGroup> undescribed)
{
    private readonly ILookup<(string Group, string Kind), ResourceType> byKind = types.ToLookup(
        static type => (type.Group, type.Kind));

    /// <summary>The types; of one group, the version that the server prefers comes first.</summary>
    public ImmutableArray<ResourceType> Types { get; } = types;

    /// <summary>What is missing from them: while there is something, a type that is not listed may yet exist.</summary>
    public ImmutableArray<UndescribedGroup> Undescribed { get; } = undescribed;

    /// <summary>The type of a kind; null when the server has none.</summary>
    /// <param name="group">API group; empty for the core group.</param>
    /// <param name="kind">Kind.</param>
    /// <param name="version">Version; null for the one that the server prefers.</param>
    public ResourceType? Find(string group, string kind, string? version = null) =>
        byKind[(group, kind)].FirstOrDefault(type => version is null || type.Version == version);

    /// <summary>
    /// The type that a user's word means, as kubectl takes it: a plural, singular, kind or short name, with <c>.group</c> or
    /// without; null when there is none.
    /// </summary>
    public ResourceType? Named(string word)
    {
        var dot = word.IndexOf('.');
        var (name, group) = dot < 0 ? (word, null) : (word[..dot], word[(dot + 1)..]);
        return Types.FirstOrDefault(type => (group is null || type.Group == group) && Means(type, name));
    }

    private static bool Means(ResourceType type, string name) =>
        type.Plural == name || type.Singular == name || type.ShortNames.Contains(name, StringComparer.Ordinal)
        || string.Equals(type.Kind, name, StringComparison.OrdinalIgnoreCase);
}
