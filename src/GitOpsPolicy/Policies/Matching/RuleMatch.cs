using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Policies.Matching;

/// <summary>What a rule judges. Every part has to fit.</summary>
internal sealed record RuleMatch
{
    private static readonly ImmutableArray<Operation> Judged = [.. Enum.GetValues<Operation>().Except([
        Operation.None,
        Operation.Read
    ])];

    /// <summary>Where each constraint stands, by the name of its field.</summary>
    public ImmutableDictionary<string, SourceLocation> Places { get; init; } = ImmutableDictionary<string, SourceLocation>.Empty;

    /// <summary>Operations judged.</summary>
    public ImmutableArray<Operation> Operations { get; init; } = Judged;

    /// <summary>Kubernetes objects judged; null for none.</summary>
    public KubernetesMatch? Kubernetes { get; init; } = new();

    /// <summary>Terraform resources judged; null for none.</summary>
    public TerraformMatch? Terraform { get; init; } = new();

    /// <summary>Files of tools judged; null for none, which is so unless the rule says otherwise.</summary>
    public FileMatch? Files { get; init; }

    /// <summary>Origins judged; empty for all.</summary>
    public ImmutableArray<ChangeOrigin> Origins { get; init; } = [];

    /// <summary>Environments judged, as globs; empty for all.</summary>
    public ImmutableArray<Glob> Environments { get; init; } = [];

    /// <summary>Surfaces judged; empty for all.</summary>
    public ImmutableArray<Surface> Surfaces { get; init; } = [];

    /// <summary>
    /// The part of the answer that is the same for all changes of one kind or type, one operation, origin, surface and
    /// environment: worked out once, so that a rule that does not match costs nothing for the next change.
    /// </summary>
    public bool FitsKind(Change change) =>
        Operations.Contains(change.Operation)
        && (Origins.IsEmpty || Origins.Contains(change.Origin))
        && (Surfaces.IsEmpty || Surfaces.Contains(change.Surface))
        && (Environments.IsEmpty || (change.Environment is { } e && Environments.Any(g => g.Fits(e))))
        && change.Resource switch
        {
            KubernetesId id =>
                Kubernetes is { } kubernetes && kubernetes.FitsKind(id) && kubernetes.FitsSubresource(change.Subresource),
            TerraformId id => Terraform?.Fits(id) ?? false,
            FileId id => Files?.Fits(id) ?? false,
            _ => throw new ArgumentException($"No platform for {change.Resource}.", nameof(change)),
        };

    /// <summary>The rest of the answer, which hangs on the object itself.</summary>
    public bool FitsObject(Change change) =>
        change.Resource is not KubernetesId id
            || Kubernetes is not { LooksAtObject: true } match
            || match.FitsObject(id, change.After ?? change.Before);
}

/// <summary>Which Kubernetes objects a rule judges.</summary>
internal sealed record KubernetesMatch
{
    /// <summary>Kinds: <c>Kind</c>, <c>group/Kind</c>, globs of either; empty for all.</summary>
    public ImmutableArray<Glob> Kinds { get; init; } = [];

    /// <summary>
    /// Subresources, the empty text for the resource itself; empty for all but those that controllers report through.
    /// </summary>
    public ImmutableArray<Glob> Subresources { get; init; } = [];

    /// <summary>Namespaces; empty for all.</summary>
    public ImmutableArray<Glob> Namespaces { get; init; } = [];

    /// <summary>Labels that have to be there, with their values.</summary>
    public ImmutableArray<(string Key, Glob Value)> Labels { get; init; } = [];

    /// <summary>Annotations that have to be there, with their values.</summary>
    public ImmutableArray<(string Key, Glob Value)> Annotations { get; init; } = [];

    /// <summary>More than the kind counts.</summary>
    public bool LooksAtObject => !Namespaces.IsEmpty || !Labels.IsEmpty || !Annotations.IsEmpty;

    /// <summary>The kind is judged.</summary>
    public bool FitsKind(KubernetesId id)
    {
        if (Kinds.IsEmpty) return true;
        var qualified = $"{id.Group}/{id.Kind}";
        return Kinds.Any(glob => glob.Fits(glob.Pattern.Contains('/') ? qualified : id.Kind));
    }

    /// <summary>
    /// The part of the resource is judged. The server keeps only <c>status</c> of a write to <c>status</c> and only finalizers of
    /// one to <c>finalize</c>, so nothing that a rule looks for can come in through them, and a denial would stop controllers
    /// from reporting.
    /// </summary>
    public bool FitsSubresource(string subresource) =>
        Subresources.IsEmpty ? subresource is not ("status" or "finalize") : AnyFits(Subresources, subresource);

    /// <summary>Namespace, labels and annotations are judged.</summary>
    public bool FitsObject(KubernetesId id, Node? node)
    {
        if (!Namespaces.IsEmpty && !AnyFits(Namespaces, id.Namespace)) return false;
        var metadata = (node as MappingNode)?["metadata"] as MappingNode;
        return AllFit(Labels, metadata?["labels"] as MappingNode) && AllFit(Annotations, metadata?["annotations"] as MappingNode);
    }

    private static bool AnyFits(ImmutableArray<Glob> globs, string text)
    {
        foreach (var glob in globs)
            if (glob.Fits(text)) return true;
        return false;
    }

    private static bool AllFit(ImmutableArray<(string Key, Glob Value)> wanted, MappingNode? given)
    {
        foreach (var (key, value) in wanted)
            if (given?[key] is not ScalarNode scalar || !value.Fits(scalar.Text)) return false;
        return true;
    }
}

/// <summary>Which Terraform resources a rule judges.</summary>
internal sealed record TerraformMatch
{
    /// <summary>Resource types; empty for all.</summary>
    public ImmutableArray<Glob> Types { get; init; } = [];

    /// <summary>Provider source addresses; empty for all.</summary>
    public ImmutableArray<Glob> Providers { get; init; } = [];

    /// <summary>The resource is judged.</summary>
    public bool Fits(TerraformId id) =>
        (Types.IsEmpty || Types.Any(g => g.Fits(id.Type))) && (Providers.IsEmpty || Providers.Any(g => g.Fits(id.Provider)));
}

/// <summary>Which files of tools a rule judges.</summary>
internal sealed record FileMatch
{
    /// <summary>Kinds; empty for all.</summary>
    public ImmutableArray<Glob> Kinds { get; init; } = [];

    /// <summary>The file is judged.</summary>
    public bool Fits(FileId id) => Kinds.IsEmpty || Kinds.Any(g => g.Fits(id.Kind));
}
