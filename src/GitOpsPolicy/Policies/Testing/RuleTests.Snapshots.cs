using System.Collections.Immutable;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Policies.Snapshots;

namespace GitOpsPolicy.Policies.Testing;

public sealed partial class RuleTests
{
    /// <summary>Runs every case that expects a snapshot, and says what the snapshot files have to hold.</summary>
    /// <param name="cancellation">Stops between cases.</param>
    /// <returns>Path and text of each file; the text is null for a file that no case needs any more.</returns>
    public ImmutableArray<(string Path, string? Text)> RecordSnapshots(CancellationToken cancellation)
    {
        var recorded = cases.Where(static testCase => testCase.Snapshot is not null)
            .GroupBy(static testCase => testCase.Snapshot!.Path, StringComparer.Ordinal)
            .Select(
                file =>
                    (Path: file.Key,
                        Text: (string?)SnapshotWriter.Write(file.Select(
                            testCase => (testCase.Test, testCase.Name, Record(testCase, cancellation))))))
            .ToList();
        var needed = recorded.Select(static file => file.Path).ToHashSet(StringComparer.Ordinal);
        var orphans = files.SnapshotDocuments.Select(static document => document.Location.File)
            .Where(path => !needed.Contains(path))
            .Distinct(StringComparer.Ordinal);
        return [.. recorded, .. orphans.Select(static path => (path, (string?)null))];
    }

    // A snapshot that no case expects is told as a case that failed: it would be taken for a promise that something keeps.
    private IEnumerable<RuleTestResult> ObsoleteSnapshots()
    {
        var expected = cases.Where(static testCase => testCase.Snapshot is not null)
            .Select(static testCase => (testCase.Snapshot!.Path, testCase.Test, testCase.Name))
            .ToHashSet();
        return files.SnapshotDocuments.SelectMany(static document => SnapshotFiles.Read(document, new ProblemList()))
            .Where(one => !expected.Contains((one.Location.File, one.Test, one.Case)))
            .Select(static one => new RuleTestResult(
                one.Test, one.Case, one.Location,
                [new(one.Location, "no case expects this snapshot; `--update-snapshots` takes it out")]));
    }

    private ImmutableArray<SnapshotEntry> Record(RuleTestCase testCase, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var changes = testCase.Read();
        var placed = changes with { Changes = [.. changes.Changes.Select(c =>
            c.Environment is null ? c with { Environment = testCase.Environment } : c)] };
        var set = new RuleSet(RulesFor(testCase, out _), ConfigOf(testCase)) { Acknowledged = testCase.Acknowledged };
        return SnapshotEntry.Of(testCase, new Evaluator(set).Evaluate(placed, Options, cancellation));
    }
}
