using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies.Snapshots;

/// <summary>What a snapshot file records of one case.</summary>
/// <param name="Test">Name of the test.</param>
/// <param name="Case">Name of the case.</param>
/// <param name="Location">Where the record starts.</param>
/// <param name="Entries">The findings, each with its place in the file.</param>
internal sealed record RecordedCase(
    string Test, string Case, SourceLocation Location, ImmutableArray<(SnapshotEntry Entry, SourceLocation Location)> Entries);

/// <summary>What a case expects that says <c>expect: snapshot</c>.</summary>
/// <param name="Path">The file that records it.</param>
/// <param name="Recorded">What is recorded; null while nothing is.</param>
internal sealed record ExpectedSnapshot(string Path, RecordedCase? Recorded);

/// <summary>Reads snapshots: documents of kind <c>RuleTestSnapshot</c> in the file beside the test.</summary>
/// <param name="tree">Where the files are.</param>
/// <param name="problems">Where mistakes go.</param>
internal sealed class SnapshotFiles(FileTree tree, ProblemList problems)
{
    /// <summary>The kind of document.</summary>
    public const string Kind = "RuleTestSnapshot";

    private readonly Dictionary<string, ImmutableArray<RecordedCase>> byPath = new(StringComparer.Ordinal);

    /// <summary>The file that records the findings of a test file: <c>few.snapshot.yaml</c> for <c>few.test.yaml</c>.</summary>
    public static string PathFor(string testFile)
    {
        var stem = testFile[..testFile.LastIndexOf('.')];
        return (stem.EndsWith(".test", StringComparison.Ordinal) ? stem[..^".test".Length] : stem) + ".snapshot.yaml";
    }

    /// <summary>The folder of a file, with the slash.</summary>
    public static string FolderOf(string file) => file[..(file.LastIndexOf('/') + 1)];

    /// <summary>What is recorded for a case.</summary>
    public ExpectedSnapshot Find(string testFile, string test, string name)
    {
        var path = PathFor(testFile);
        if (!byPath.TryGetValue(path, out var recorded)) byPath[path] = recorded = ReadFile(path);
        return new(path, recorded.FirstOrDefault(one => one.Test == test && one.Case == name));
    }

    /// <summary>Reads one document. Mistakes are reported.</summary>
    public static ImmutableArray<RecordedCase> Read(MappingNode document, ProblemList problems)
    {
        if (!FieldReader.TryOpen(document, problems, out var test, out var spec)) return [];
        var cases = ImmutableArray.CreateBuilder<RecordedCase>();
        foreach (var (name, position, value) in spec.Entries("cases"))
        {
            if (value is not SequenceNode list)
            {
                problems.Add(value, $"the findings of a case are a list, not {Reads.Describe(value)}");
                continue;
            }

            var entries = list.Items.ToArray()
                .Select(node => (Entry: SnapshotEntry.Read(node, problems), node.Location))
                .Where(static read => read.Entry is not null);
            cases.Add(new(
                test, name, document.Document!.Source.At(position),
                [.. entries.Select(static read => (read.Entry!, read.Location))]));
        }

        spec.Finish();
        return cases.ToImmutable();
    }

    private ImmutableArray<RecordedCase> ReadFile(string path)
    {
        if (!tree.TryRead(path, out var bytes, out var problem))
        {
            if (problem is not null) problems.AddRange([problem]);
            return [];
        }

        var loaded = YamlReader.Read(new TextFile(path, bytes) { Revision = tree.Revision }, bytes, ReaderLimits.Default);
        problems.AddRange(loaded.Problems);
        return loaded.TryGet(out var stream)
            ? [.. stream.Documents.Select(static document => document.Root)
                .OfType<MappingNode>()
                .Where(root => PolicyFiles.KindOf(root, problems) == Kind)
                .SelectMany(root => Read(root, problems))]
            : [];
    }
}
