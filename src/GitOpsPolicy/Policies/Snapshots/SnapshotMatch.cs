using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies.Testing;

namespace GitOpsPolicy.Policies.Snapshots;

/// <summary>Holds a decision against the snapshot of a case. Order does not count, number does.</summary>
internal static class SnapshotMatch
{
    /// <summary>
    /// What differs: first that it does, then what is recorded and was not found (<c>-</c>) and what was found and is not
    /// recorded (<c>+</c>).
    /// </summary>
    public static ImmutableArray<RuleTestFailure> Compare(RuleTestCase testCase, Decision decision)
    {
        var (found, at) = (SnapshotEntry.Of(testCase, decision), testCase.Location);
        var notes = decision.Notes.Select(note => new RuleTestFailure(at, note));
        if (testCase.Snapshot!.Recorded is not { } recorded)
            return [
                new(at, $"there is no snapshot of this case in {testCase.Snapshot.Path}; `--update-snapshots` writes it"),
                .. found.Select(entry => Added(entry, at)),
                .. notes
            ];

        var (missing, added) = (recorded.Entries.ToList(), new List<SnapshotEntry>());
        foreach (var entry in found)
        {
            if (missing.FindIndex(one => one.Entry == entry) is var index and >= 0) missing.RemoveAt(index);
            else added.Add(entry);
        }

        if (missing.Count == 0 && added.Count == 0) return [.. notes];
        return
        [
            new(at, "the findings differ from the snapshot (- recorded, + found)"),
            .. missing.Select(static one => new RuleTestFailure(one.Location, $"- {one.Entry}")),
            .. added.Select(entry => Added(entry, at)),
            .. notes,
        ];
    }

    private static RuleTestFailure Added(SnapshotEntry entry, SourceLocation at) => new(at, $"+ {entry}");
}
