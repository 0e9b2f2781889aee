using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Reconciler.Applying;

/// <summary>
/// The fields that an entry of <c>metadata.managedFields</c> names, as paths of its steps: <c>f:</c> a field, <c>k:</c> an item
/// by its keys, <c>v:</c> one by its value; <c>.</c> among the steps below says that the place itself is named, too.
/// Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/ (FieldsV1).
/// </summary>
internal sealed class FieldPaths
{
    private const string Itself = ".";
    private const char Between = '\n';

    private readonly ImmutableSortedSet<string> paths;

    private FieldPaths(IEnumerable<string> paths) => this.paths = paths.ToImmutableSortedSet(StringComparer.Ordinal);

    /// <summary>None.</summary>
    public static FieldPaths None { get; } = new([]);

    /// <summary>There are none.</summary>
    public bool IsEmpty => paths.IsEmpty;

    /// <summary>The other names one of them, too.</summary>
    public bool Meets(FieldPaths other) => paths.Overlaps(other.paths);

    /// <summary>
    /// An object may say one of them, too. Items of lists are not told apart, and a mapping is one field where no part of it is
    /// named.
    /// </summary>
    public bool MayBeSaidBy(Node said) => paths.Any(path =>
        IsSaid(said, path.Split(Between)) && !paths.Any(other => other.StartsWith(path + Between, StringComparison.Ordinal)));

    private static bool IsSaid(Node said, ReadOnlySpan<string> steps)
    {
        Node? at = said;
        foreach (var step in steps)
        {
            if (!step.StartsWith("f:", StringComparison.Ordinal)) return true;
            at = (at as MappingNode)?[step[2..]];
            if (at is null) return false;
        }

        return true;
    }

    /// <summary>Reads them.</summary>
    /// <param name="fields">A <c>fieldsV1</c>; null for none.</param>
    public static FieldPaths Read(JsonObject? fields)
    {
        var found = new List<string>();
        if (fields is not null) Collect(fields, "", found);
        return new(found);
    }

    /// <summary>Both.</summary>
    public FieldPaths And(FieldPaths other) => new(paths.Union(other.paths));

    /// <summary>Those that the other does not name.</summary>
    public FieldPaths Without(FieldPaths other) => new(paths.Except(other.paths));

    /// <summary>The same without a field and everything below it.</summary>
    /// <param name="steps">The steps to it.</param>
    public FieldPaths WithoutField(params ReadOnlySpan<string> steps)
    {
        var path = string.Join(Between, steps!);
        return new(paths.Where(one => one != path && !one.StartsWith(path + Between, StringComparison.Ordinal)));
    }

    /// <summary>Writes them as the server does.</summary>
    public JsonObject Write()
    {
        var root = new JsonObject();
        foreach (var path in paths)
        {
            var at = root;
            foreach (var step in path.Split(Between)) at = (JsonObject)(at[step] ??= new JsonObject());
        }

        // A place that has others below it says by itself that it is named, too.
        foreach (var path in paths)
        {
            var at = root;
            foreach (var step in path.Split(Between)) at = (JsonObject)at[step]!;
            if (at.Count > 0) at[Itself] = new JsonObject();
        }

        return root;
    }

    private static void Collect(JsonObject fields, string path, List<string> found)
    {
        if (fields.Count == 0 && path.Length > 0) found.Add(path);
        foreach (var (step, below) in fields)
        {
            if (step == Itself) found.Add(path);
            else if (below is JsonObject more) Collect(more, path.Length == 0 ? step : path + Between + step, found);
        }
    }
}
