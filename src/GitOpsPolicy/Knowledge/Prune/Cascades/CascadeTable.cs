using System.Collections.Concurrent;
using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Knowledge.Prune.Cascades;

/// <summary>The rows of <c>cascades.yaml</c>.</summary>
internal static class CascadeTable
{
    private static readonly Lazy<ImmutableArray<CascadeRow>> Data = new(static () => KnowledgeData.Read("cascades.yaml", Read));
    private static readonly ConcurrentDictionary<string, ImmutableArray<CascadeRow>> ByKind = new(StringComparer.Ordinal);

    /// <summary>The rows for what is deleted, by its kind as <see cref="Place.KindOf"/> calls it.</summary>
    public static ImmutableArray<CascadeRow> RowsFor(string kind)
    {
        // Kinds come from outside; without a bound they could fill the memory.
        if (ByKind.Count > 2_000) ByKind.Clear();
        return ByKind.GetOrAdd(kind, static of => [.. Data.Value.Where(row => row.From.Any(glob => glob.Fits(of)))]);
    }

    private static ImmutableArray<CascadeRow> Read(FieldReader fields)
    {
        var number = 0;
        return KnowledgeData.Rows(fields, "rows", row => ReadRow(row, number++));
    }

    private static CascadeRow ReadRow(FieldReader fields, int number) => new()
    {
        Number = number,
        From = Globs(fields, "from"),
        To = Globs(fields, "to"),
        Except = Globs(fields, "except"),
        Where = [.. fields.Entries("where").Select(entry => (new Place(entry.Key), new TextTemplate(entry.Value.AsText()!)))],
        When = [.. fields.Entries("when").Select(entry => (new Place(entry.Key), Values(entry.Value)))],
        Spares = fields.TextList("spares"),
    };

    private static ImmutableArray<string?> Values(Node node) =>
        [.. node.ItemsOf().ToArray().Select(item => item is ScalarNode { Kind: not NodeKind.Null } scalar ? scalar.Text : null)];

    private static ImmutableArray<Glob> Globs(FieldReader fields, string name) =>
        [.. fields.TextList(name).Select(text => new Glob(text))];
}

/// <summary>One way in which a deletion takes something else with it.</summary>
internal sealed record CascadeRow
{
    /// <summary>Its place in the table, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Kinds that are deleted.</summary>
    public required ImmutableArray<Glob> From { get; init; }

    /// <summary>Kinds that go down with them; empty for any.</summary>
    public required ImmutableArray<Glob> To { get; init; }

    /// <summary>Kinds that do not.</summary>
    public required ImmutableArray<Glob> Except { get; init; }

    /// <summary>What has to hold of what goes down.</summary>
    public required ImmutableArray<(Place Place, TextTemplate Text)> Where { get; init; }

    /// <summary>What has to hold of what is deleted.</summary>
    public required ImmutableArray<(Place Place, ImmutableArray<string?> Values)> When { get; init; }

    /// <summary>Tools whose marks save an object; <c>data</c> where guards of its data do.</summary>
    public required ImmutableArray<string> Spares { get; init; }

    /// <summary>The row holds for a deletion.</summary>
    public bool Holds(Change deleted)
    {
        foreach (var (place, values) in When)
            if (!values.Contains(place.TextsOf(deleted).FirstOrDefault())) return false;
        return true;
    }

    /// <summary>A kind is one of those that go down.</summary>
    public bool Takes(string kind) => KubernetesGuards.Fits(To, kind) && !Except.Any(glob => glob.Fits(kind));

    /// <summary>A guard saves the object, here or whatever happens.</summary>
    public bool IsSpared(Change change)
    {
        foreach (var guard in Protection.GuardsOf(change.Before, change.Resource))
        {
            if ((guard.Reach & GuardReach.Delete) != 0) return true;
            if ((guard.Reach & GuardReach.Cascade) != 0 && guard.Tools.Any(Spares.Contains)) return true;
            if ((guard.Reach & GuardReach.Data) != 0 && Spares.Contains("data")) return true;
        }

        return false;
    }
}
