using GitOpsPolicy.Changes;

namespace GitOpsPolicy.Inputs.Diff;

/// <summary>
/// Pairs deletes with creates of the same kind that hold nearly the same: what a person would call a rename. It stays a delete
/// and a create, since that is what happens to the stored object.
/// </summary>
internal static class Renames
{
    /// <summary>Share of equal fields from which two objects with different names count as one renamed.</summary>
    private const double Alike = 0.6;

    /// <summary>The same, where the name stayed and the namespace or group moved.</summary>
    private const double AlikeUnderOneName = 0.3;

    /// <summary>Comparisons for one kind; beyond it only equal contents are paired.</summary>
    private const int MaxComparisons = 20_000;

    /// <summary>Fills in <see cref="Change.PairedWith"/> on both halves and says so in the notes.</summary>
    public static void Pair(List<Change> changes, List<string> notes)
    {
        var deletes = IndexesOf(changes, Operation.Delete);
        var creates = IndexesOf(changes, Operation.Create);
        foreach (var (kind, gone) in deletes)
        {
            if (!creates.TryGetValue(kind, out var come)) continue;
            foreach (var (from, to) in Match(changes, gone, come)) Join(changes, from, to, notes);
        }
    }

    private static void Join(List<Change> changes, int from, int to, List<string> notes)
    {
        changes[from] = changes[from] with { PairedWith = to };
        changes[to] = changes[to] with { PairedWith = from };
        notes.Add($"{changes[to].Location}: {changes[to].Resource} looks like {changes[from].Resource} under another name: the old object is deleted, a new one made");
    }

    private static Dictionary<string, List<int>> IndexesOf(List<Change> changes, Operation operation)
    {
        var found = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i].Operation != operation || changes[i].Resource is not KubernetesId id) continue;
            if (!found.TryGetValue(id.Kind, out var list)) found[id.Kind] = list = [];
            list.Add(i);
        }

        return found;
    }

    private static List<(int From, int To)> Match(List<Change> changes, List<int> gone, List<int> come)
    {
        var exactOnly = (long)gone.Count * come.Count > MaxComparisons;
        var old = gone.ConvertAll(
            i => (Index: i, Id: (KubernetesId)changes[i].Resource, Content: ContentPrint.Of(changes[i].Before!)));
        var made = come.ConvertAll(
            i => (Index: i, Id: (KubernetesId)changes[i].Resource, Content: ContentPrint.Of(changes[i].After!)));
        var byDigest = made.ToLookup(m => m.Content.Digest);
        var candidates = new List<(double Score, int From, int To)>();
        foreach (var (from, oldId, oldContent) in old)
        {
            foreach (var (to, newId, newContent) in exactOnly ? byDigest[oldContent.Digest] : made)
            {
                var score = oldContent.Likeness(newContent);
                if (score >= (oldId.Name == newId.Name ? AlikeUnderOneName : Alike))
                    candidates.Add((score + Closeness(oldId, newId), from, to));
            }
        }

        return TakeBest(candidates);
    }

    // Among equally similar objects the one whose name stayed is meant, then the one whose namespace did.
    private static double Closeness(KubernetesId a, KubernetesId b) =>
        (a.Name == b.Name ? 1 : 0) + (a.Namespace == b.Namespace ? 0.5 : 0);

    private static List<(int From, int To)> TakeBest(List<(double Score, int From, int To)> candidates)
    {
        var taken = new HashSet<int>();
        var pairs = new List<(int, int)>();
        foreach (var (_, from, to) in candidates.OrderByDescending(c => c.Score).ThenBy(c => c.From).ThenBy(c => c.To))
        {
            if (taken.Contains(from) || taken.Contains(to)) continue;
            taken.Add(from);
            taken.Add(to);
            pairs.Add((from, to));
        }

        return pairs;
    }
}
