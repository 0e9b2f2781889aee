using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Inputs.Admission;

/// <summary>
/// Leave for one person to do, for a few hours, what the rules deny: agreed to by somebody else, for an incident that is written
/// down. Each stands by itself; two never add up.
/// </summary>
public sealed record BreakGlassGrant
{
    /// <summary>The kind of these documents and of the resource in a cluster.</summary>
    public const string Kind = "BreakGlass";

    /// <summary>Their API group.</summary>
    public const string Group = "gitopspolicy.dev";

    /// <summary>Their version.</summary>
    public const string Version = "v1alpha1";

    /// <summary>The longest that one holds.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The document it was read from.</summary>
    public required MappingNode Node { get; init; }

    /// <summary>The user, as the API server authenticates them.</summary>
    public required string Who { get; init; }

    /// <summary>Who agreed to it.</summary>
    public required string Approver { get; init; }

    /// <summary>Why it cannot wait.</summary>
    public required string Reason { get; init; }

    /// <summary>Where the incident is written down.</summary>
    public required string Incident { get; init; }

    /// <summary>From when on it holds.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>What may be done.</summary>
    public required ImmutableArray<Operation> Operations { get; init; }

    /// <summary>Where; empty for all namespaces, and the only choice for objects outside of any.</summary>
    internal ImmutableArray<Glob> Namespaces { get; init; } = [];

    /// <summary>To what kinds; empty for all that live in namespaces.</summary>
    internal ImmutableArray<Glob> Kinds { get; init; } = [];

    /// <summary>Names of the rules that may be broken; empty for all.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>Its time is now.</summary>
    public bool HoldsAt(DateTimeOffset now) => NotBefore <= now && now < NotAfter;

    /// <summary>It leaves a request to its user.</summary>
    /// <param name="review">The request.</param>
    /// <param name="broken">Names of the rules that deny it; null when that cannot be told, which only leave for all rules
    /// covers.</param>
    public bool Covers(AdmissionReview review, ImmutableArray<string>? broken) =>
        review.User.Length > 0
        && review.User == Who
        && Operations.Contains(review.Operation)
        && review.Resource is not { Group: Group, Kind: Kind }   // nobody gives themselves more leave by the leave they have
        && CoversPlace(review.Resource, review.Namespace)
        && (Rules.IsEmpty || (broken is { IsEmpty: false } rules && rules.All(rule => Rules.Contains(rule))));

    /// <summary>An object is where, and of a kind, that it is leave for: what is done to it by hand is meant.</summary>
    public bool CoversObject(KubernetesId id) => CoversPlace(id, id.Namespace);

    private bool CoversPlace(KubernetesId id, string inNamespace)
    {
        var isInNamespace = id.Namespace.Length > 0;
        if (Kinds.IsEmpty ? !isInNamespace : !Kinds.Any(glob => Fits(glob, id))) return false;
        return Namespaces.IsEmpty || (inNamespace.Length > 0 && Namespaces.Any(glob => glob.Fits(inNamespace)));
    }

    private static bool Fits(Glob glob, KubernetesId id) =>
        glob.Fits(glob.Pattern.Contains('/') ? $"{id.Group}/{id.Kind}" : id.Kind);
}
