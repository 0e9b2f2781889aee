using GitOpsPolicy.Changes;

namespace GitOpsPolicy.Knowledge.Prune.Cascades;

/// <summary>The Applications and Kustomizations of a change set that stay, by the folders they deliver.</summary>
internal sealed class DeliveryUnits
{
    private static readonly Place File = new("file");

    private readonly Dictionary<string, List<Change>> byFolder = new(StringComparer.Ordinal);
    private readonly List<(TextStart Start, Change Unit)> byPattern = [];

    /// <summary>Finds them.</summary>
    public DeliveryUnits(ChangeSet set)
    {
        foreach (var change in set.Changes)
        {
            if (change is not { Before: not null, Operation: not Operation.Delete, Resource: KubernetesId }) continue;
            foreach (var row in CascadeTable.RowsFor(Place.KindOf(change.Resource)))
                if (row.Where[0].Place.IsFile && row.Holds(change)) Add(change, row.Where[0].Text);
        }
    }

    /// <summary>Those that deliver the file of a change.</summary>
    public IEnumerable<Change> Of(Change change)
    {
        if (byFolder.Count + byPattern.Count == 0) yield break;
        foreach (var file in File.TextsOf(change))
        {
            for (var slash = file.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = file.IndexOf('/', slash + 1))
                foreach (var unit in byFolder.GetValueOrDefault(file[..(slash + 1)]) ?? []) yield return unit;
            foreach (var (start, unit) in byPattern)
                if (start.Fits(file)) yield return unit;
        }
    }

    private void Add(Change unit, TextTemplate template)
    {
        foreach (var text in template.TextsFor(unit))
        {
            if (TextStart.Of(text, isFolder: true) is not { } start) continue;
            if (!start.IsPlain) byPattern.Add((start, unit));
            else if (byFolder.TryGetValue(start.Head, out var units)) units.Add(unit);
            else byFolder[start.Head] = [unit];
        }
    }
}
