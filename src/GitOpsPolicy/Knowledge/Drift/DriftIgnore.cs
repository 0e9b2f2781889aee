using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>Differences that mean nothing in one repository: somebody else than Git decides there.</summary>
public sealed record DriftIgnore
{
    /// <summary>How a path is written.</summary>
    internal const string PathHint = "a path is a JSON pointer such as `/spec/replicas`, with `*` for any one step and `**` for any number; empty for the whole object";

    /// <summary>The mapping it was read from.</summary>
    public required Node Node { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>It may fit nothing for a time: not finding anything to ignore is no mistake.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Globs over <c>group/Kind</c>.</summary>
    internal ImmutableArray<Glob> Kinds { get; init; } = [];

    /// <summary>Globs over namespaces; empty for any.</summary>
    internal ImmutableArray<Glob> Namespaces { get; init; } = [];

    /// <summary>Globs over names; empty for any.</summary>
    internal ImmutableArray<Glob> Names { get; init; } = [];

    /// <summary>Globs over environments; empty for any.</summary>
    internal ImmutableArray<Glob> Environments { get; init; } = [];

    /// <summary>The places that are ignored; empty for all that the managers wrote.</summary>
    internal ImmutableArray<FieldPattern> Paths { get; init; } = [];

    /// <summary>Globs over managers: only what one of them wrote last is ignored; empty for whoever wrote it.</summary>
    internal ImmutableArray<Glob> Managers { get; init; } = [];

    /// <summary>Objects that it fits are ignored as a whole, and so are those that are gone, or never were in Git.</summary>
    internal bool IsWhole => Managers.IsEmpty && Paths.Any(static path => path.Pattern.Length == 0);

    /// <summary>It is about objects of this kind.</summary>
    internal bool FitsKind(KubernetesId id) => FitsAny(Kinds, GuardTable.NameOf(id.Group, id.Kind));

    /// <summary>It is about objects of an environment; one that names some is not about what is in none.</summary>
    internal bool FitsEnvironment(string? environment) =>
        Environments.IsEmpty || (environment is not null && FitsAny(Environments, environment));

    /// <summary>It is about this object.</summary>
    internal bool Fits(KubernetesId id, string? environment) =>
        FitsKind(id)
            && FitsEnvironment(environment)
            && (Namespaces.IsEmpty || FitsAny(Namespaces, id.Namespace))
            && (Names.IsEmpty || FitsAny(Names, id.Name));

    /// <summary>It says that this difference means nothing.</summary>
    internal bool Covers(Difference difference, Node desired, Node live) =>
        (Paths.IsEmpty || Paths.Any(path => path.Covers(difference.Steps)))
        && (Managers.IsEmpty || (FieldManagers.Of(live, desired, difference) is { } manager && FitsAny(Managers, manager)));

    private static bool FitsAny(ImmutableArray<Glob> globs, string text) => globs.Any(glob => glob.Fits(text));
}
