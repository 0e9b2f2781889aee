using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>The rows of <c>drift-noise.yaml</c>.</summary>
internal sealed class NoiseTable
{
    private static readonly Lazy<NoiseTable> Data = new(static () => KnowledgeData.Read("drift-noise.yaml", Read));

    /// <summary>The table that ships in the binary.</summary>
    public static NoiseTable Shipped => Data.Value;

    /// <summary>What is never compared.</summary>
    public required ImmutableArray<PathsOfKinds> Hidden { get; init; }

    /// <summary>What counts though Git says nothing of it.</summary>
    public required ImmutableArray<PathsOfKinds> Owned { get; init; }

    /// <summary>What the server writes where nothing is said, by the last step.</summary>
    public required ImmutableDictionary<string, string> Defaults { get; init; }

    /// <summary>Fields that the server does not keep when they hold the zero of their type.</summary>
    public required ImmutableHashSet<string> Omitted { get; init; }

    /// <summary>Lists whose items are known by keys.</summary>
    public required ImmutableArray<KeyedLists> Keys { get; init; }

    /// <summary>Lists in which order means nothing.</summary>
    public required ImmutableArray<FieldPattern> Sets { get; init; }

    /// <summary>Steps below which texts are quantities.</summary>
    public required ImmutableHashSet<string> Quantities { get; init; }

    /// <summary>Steps at which texts are durations.</summary>
    public required ImmutableHashSet<string> Durations { get; init; }

    /// <summary>What nobody writes to Git.</summary>
    public required ImmutableArray<MadeRow> Made { get; init; }

    /// <summary>Whether the server or a controller makes the object of this name.</summary>
    public bool IsMade(KubernetesId id) => Made.Any(row =>
        row.Kinds.Contains(GuardTable.NameOf(id.Group, id.Kind))
            && row.Names.Any(glob => glob.Fits(id.Name))
            && (row.Namespaces.IsEmpty || row.Namespaces.Contains(id.Namespace)));

    private static NoiseTable Read(FieldReader fields) => new()
    {
        Hidden = KnowledgeData.Rows(fields, "hidden", OfKinds),
        Owned = KnowledgeData.Rows(fields, "owned", OfKinds),
        Defaults = fields.Entries("defaults")
            .ToImmutableDictionary(entry => entry.Key, entry => entry.Value.AsText() ?? "", StringComparer.Ordinal),
        Omitted = [.. fields.TextList("omitted")],
        Keys = KnowledgeData.Rows(fields, "keys", row => new KeyedLists(Patterns(row, "paths"), row.TextList("keys"))),
        Sets = Patterns(fields, "sets"),
        Quantities = [.. fields.TextList("quantities")],
        Durations = [.. fields.TextList("durations")],
        Made = KnowledgeData.Rows(
            fields, "made",
            row => new MadeRow(
                [.. row.TextList("kinds")], [.. row.TextList("names").Select(name => new Glob(name))],
                [.. row.TextList("namespaces")])),
    };

    private static PathsOfKinds OfKinds(FieldReader row) =>
        new([.. row.TextList("kinds")], Patterns(row, "paths"), row.Text("having"));

    private static ImmutableArray<FieldPattern> Patterns(FieldReader fields, string name) =>
        [.. fields.TextList(name).Select(path => new FieldPattern(path))];
}

/// <summary>Paths in objects of some kinds.</summary>
/// <param name="Kinds"><c>group/Kind</c>; empty for every kind.</param>
/// <param name="Paths">The paths.</param>
/// <param name="Having">The row counts only for objects that hold something at this pointer; null for all.</param>
internal sealed record PathsOfKinds(ImmutableHashSet<string> Kinds, ImmutableArray<FieldPattern> Paths, string? Having);

/// <summary>Lists whose items are known by keys.</summary>
/// <param name="Paths">Where they are.</param>
/// <param name="Keys">The keys.</param>
internal sealed record KeyedLists(ImmutableArray<FieldPattern> Paths, ImmutableArray<string> Keys);

/// <summary>Objects that nobody writes to Git.</summary>
/// <param name="Kinds"><c>group/Kind</c>.</param>
/// <param name="Names">Globs over their names.</param>
/// <param name="Namespaces">Their namespaces; empty for any.</param>
internal sealed record MadeRow(ImmutableHashSet<string> Kinds, ImmutableArray<Glob> Names, ImmutableHashSet<string> Namespaces);
