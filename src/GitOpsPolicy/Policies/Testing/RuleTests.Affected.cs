using System.Text.RegularExpressions;
using GitOpsPolicy.Policies.Snapshots;
using GitOpsPolicy.Script.Analysis;

namespace GitOpsPolicy.Policies.Testing;

public sealed partial class RuleTests
{
    /// <summary>
    /// The cases that a change of files may give another result: those written in them, those of rules in them or importing them,
    /// and those whose test lies in a folder above them. A file that has nothing to do with any of that, such as the
    /// configuration, may concern every case.
    /// </summary>
    /// <param name="changed">Paths of files, as the tree writes them.</param>
    /// <param name="filter">Cases that are of interest at all: found in <c>test: case</c>; null for all.</param>
    /// <returns>What fits exactly those cases.</returns>
    public Regex AffectedBy(IReadOnlyCollection<string> changed, Regex? filter)
    {
        var importers = Importers();
        var affected = changed.Select(path => AffectedBy(path, importers)).ToList();
        var chosen = affected.Contains(null) ? cases : affected.SelectMany(static some => some!).Distinct();
        var names = chosen.Select(static testCase => $"{testCase.Test}: {testCase.Name}")
            .Where(name => filter?.IsMatch(name) ?? true)
            .Select(Regex.Escape);
        return new($@"\A(?:{string.Join('|', names)}|(?!))\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    // Null for every case.
    private IEnumerable<RuleTestCase>? AffectedBy(string path, ILookup<string, string> importers)
    {
        var code = WithImporters(path, importers);
        var rules = shipped.Where(rule => code.Contains(rule.Metadata.Location.File))
            .Select(static rule => rule.Metadata.Name)
            .ToHashSet(StringComparer.Ordinal);
        if (rules.Count > 0) return cases.Where(testCase => testCase.Rules.Any(rules.Contains));
        var own = cases.Where(testCase => testCase.Location.File == path || SnapshotFiles.PathFor(testCase.Location.File) == path)
            .ToList();
        if (own.Count > 0) return own;
        var above = cases
            .Where(testCase => SnapshotFiles.FolderOf(testCase.Location.File) is { Length: > 0 } folder
                && path.StartsWith(folder, StringComparison.Ordinal)
                && path[folder.Length..].Contains('/'))
            .ToList();
        return above.Count > 0 ? above : null;
    }

    private static HashSet<string> WithImporters(string path, ILookup<string, string> importers)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { path };
        var open = new Queue<string>([path]);
        while (open.TryDequeue(out var next))
            foreach (var importer in importers[next])
                if (found.Add(importer)) open.Enqueue(importer);
        return found;
    }

    // Which files import a file, by its path.
    private ILookup<string, string> Importers() => files.ScriptFiles
        .Where(static script => script.Tree is not BuiltinTree)
        .SelectMany(static script => (ScriptAnalysis.OfModule(script.File, script.Text)?.Imports ?? []).Select(
            specifier => (From: script.File.Path, To: JavaScriptRuleReader.Join(script.File.Path, specifier))))
        .Where(static import => import.To is not null)
        .ToLookup(static import => import.To!, static import => import.From, StringComparer.Ordinal);
}
