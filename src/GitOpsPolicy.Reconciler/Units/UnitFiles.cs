using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Reconciler.Units;

/// <summary>Reads units from files.</summary>
public static class UnitFiles
{
    /// <summary>Reads every unit of a file; other documents in it are left alone. Every mistake is told.</summary>
    /// <param name="path">The file as the user calls it, for messages.</param>
    /// <param name="bytes">Its content.</param>
    public static (ImmutableArray<Unit> Units, ImmutableArray<Problem> Problems) Read(string path, ReadOnlyMemory<byte> bytes)
    {
        var loaded = YamlReader.Read(new TextFile(path, bytes), bytes, ReaderLimits.Default);
        if (!loaded.TryGet(out var stream)) return ([], loaded.Problems);
        var problems = new ProblemList();
        var units = ImmutableArray.CreateBuilder<Unit>();
        foreach (var document in stream.Documents.Select(static document => document.Root)
            .OfType<MappingNode>()
            .Where(static root => (root["kind"] as ScalarNode)?.Text == UnitReader.Kind))
        {
            var unit = UnitReader.Read(document);
            problems.AddRange(unit.Problems);
            if (unit.TryGet(out var read)) units.Add(read);
        }

        if (units.Count == 0 && problems.Count == 0)
            problems.AddFile(
                path, $"there is no `{UnitReader.Kind}` in it",
                $"a unit starts with `apiVersion: {UnitReader.ApiVersion}` and `kind: {UnitReader.Kind}`");
        return (units.ToImmutable(), problems.InFileOrder());
    }
}
