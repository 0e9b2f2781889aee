using System.Runtime.CompilerServices;
using GitOpsPolicy.Changes;

namespace GitOpsPolicy.Knowledge.Prune.Cascades;

/// <summary>What goes down with what, among the resources that a change set knows of.</summary>
/// <threadsafety>Safe from any thread; indexes are made once a change set, when first asked for.</threadsafety>
internal sealed class CascadeGraph
{
    private static readonly ConditionalWeakTable<ChangeSet, CascadeGraph> Made = [];

    private readonly ChangeSet set;
    private readonly string[] kinds;
    private readonly Dictionary<int, TextIndex> indexes = [];
    private readonly Lock making = new();
    private readonly Lazy<DeliveryUnits> units;

    private CascadeGraph(ChangeSet set)
    {
        this.set = set;
        kinds = [.. set.Changes.Select(change => Place.KindOf(change.Resource))];
        units = new(() => new(set));
    }

    /// <summary>The Applications and Kustomizations that deliver what.</summary>
    public DeliveryUnits Units => units.Value;

    /// <summary>The graph of a change set.</summary>
    public static CascadeGraph Of(ChangeSet set) => Made.GetValue(set, static of => new CascadeGraph(of));

    /// <summary>Everything that is gone once some changes are made, these included: indexes into the set, in its order.</summary>
    /// <param name="deleted">Indexes of what is deleted.</param>
    /// <param name="pay">Is told of each resource before it is looked at, so that somebody may count or stop.</param>
    public IReadOnlyList<int> LostWith(IEnumerable<int> deleted, Action pay)
    {
        var lost = new SortedSet<int>(deleted);
        var open = new Queue<int>(lost);
        var expanded = new HashSet<(int Row, string Text)>();
        while (open.TryDequeue(out var parent))
        {
            foreach (var (row, child) in Candidates(parent, expanded))
            {
                pay();
                if (lost.Contains(child) || !FitsAll(row, set.Changes[parent], child) || row.IsSpared(set.Changes[child]))
                    continue;
                lost.Add(child);
                open.Enqueue(child);
            }
        }

        return [.. lost];
    }

    // A row of one condition gives the same for the same text, whoever is the parent: once is enough.
    private IEnumerable<(CascadeRow Row, int Child)> Candidates(int index, HashSet<(int Row, string Text)> expanded)
    {
        var parent = set.Changes[index];
        if (parent.Before is null || KeepsItsOwn(parent)) yield break;
        foreach (var row in CascadeTable.RowsFor(kinds[index]))
        {
            if (!row.Holds(parent)) continue;
            foreach (var text in row.Where[0].Text.TextsFor(parent))
            {
                if (row.Where.Length == 1 && !expanded.Add((row.Number, text))) continue;
                foreach (var child in With(row, text)) yield return (row, child);
            }
        }
    }

    // An Application without its finalizer, a Kustomization with `prune: false`: it goes alone.
    private static bool KeepsItsOwn(Change parent) =>
        Protection.GuardsOf(parent.Before, parent.Resource).Exists(guard => (guard.Reach & GuardReach.Data) != 0);

    private IEnumerable<int> With(CascadeRow row, string text)
    {
        var (place, template) = row.Where[0];
        if (!template.IsPrefix) return IndexOf(row).Holding(text);
        return TextStart.Of(text, place.IsFile) is { } start ? IndexOf(row).StartingWith(start) : [];
    }

    private bool FitsAll(CascadeRow row, Change parent, int child)
    {
        for (var i = 1; i < row.Where.Length; i++)
        {
            var (place, text) = row.Where[i];
            var has = place.TextsOf(set.Changes[child]).ToList();
            if (!text.TextsFor(parent)
                .Any(wanted => has.Exists(value =>
                    text.IsPrefix ? value.StartsWith(wanted, StringComparison.Ordinal) : value == wanted)))
                return false;
        }

        return true;
    }

    // The resources of the set by what they hold at the first place of a row.
    private TextIndex IndexOf(CascadeRow row)
    {
        lock (making)
        {
            if (!indexes.TryGetValue(row.Number, out var index)) indexes[row.Number] = index = MakeIndex(row);
            return index;
        }
    }

    private TextIndex MakeIndex(CascadeRow row)
    {
        var index = new TextIndex();
        for (var i = 0; i < kinds.Length; i++)
        {
            if (set.Changes[i] is not { Before: not null, Origin: not ChangeOrigin.Drift } change
                || change.Resource is TerraformId { IsData: true }
                || !row.Takes(kinds[i]))
                continue;
            foreach (var text in row.Where[0].Place.TextsOf(change))
                if (text.Length > 0) index.Add(text, i);
        }

        return index;
    }
}
