using System.Collections.Immutable;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Webhook.Audit;

/// <summary>What of a cluster is judged.</summary>
public sealed record AuditScope
{
    /// <summary>All of it.</summary>
    public static AuditScope All { get; } = new();

    /// <summary>Namespaces, as globs; empty for all of them and for what is outside of namespaces.</summary>
    public ImmutableArray<Glob> Namespaces { get; init; } = [];

    /// <summary>Kinds, as <c>Kind</c> or <c>group/Kind</c> or globs of either; empty for all that the rules judge.</summary>
    public ImmutableArray<Glob> Kinds { get; init; } = [];

    /// <summary>Nothing is left out.</summary>
    public bool IsAll => Namespaces.IsEmpty && Kinds.IsEmpty;

    /// <summary>
    /// Where to list: each namespace where all are named in full, so that rights in these suffice; else once, in all of them.
    /// </summary>
    internal ImmutableArray<string?> Places => !Namespaces.IsEmpty && Namespaces.All(static glob => glob.IsLiteral)
        ? [.. Namespaces.Select(static glob => glob.Pattern).Distinct(StringComparer.Ordinal)]
        : [null];

    /// <summary>Objects in this namespace are judged; the empty text stands for what is outside of namespaces.</summary>
    internal bool Covers(string place) => Namespaces.IsEmpty || (place.Length > 0 && Fits(Namespaces, place));

    /// <summary>Objects of this type are judged.</summary>
    internal bool Covers(ResourceType type) =>
        (type.IsNamespaced || Namespaces.IsEmpty)
            && (Kinds.IsEmpty || Fits(Kinds, type.Kind) || Fits(Kinds, $"{type.Group}/{type.Kind}"));

    private static bool Fits(ImmutableArray<Glob> globs, string text)
    {
        foreach (var glob in globs)
            if (glob.Fits(text)) return true;
        return false;
    }
}
