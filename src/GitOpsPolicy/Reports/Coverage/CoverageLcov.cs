using System.Globalization;
using GitOpsPolicy.Policies.Testing.Coverage;

namespace GitOpsPolicy.Reports.Coverage;

/// <summary>
/// What tests came to, as an LCOV tracefile (geninfo(1), section FILES): one record per file. Messages are functions in it, named
/// by action and place, as the format has no other word for them.
/// </summary>
public static class CoverageLcov
{
    /// <summary>Writes the whole report.</summary>
    public static void Write(CoverageReport report, TextWriter writer)
    {
        foreach (var file in report.Units.GroupBy(u => u.File, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Line(writer, "TN:");
            Line(writer, $"SF:{SafeText.OneLine(file.Key)}");
            WriteFunctions(writer, [.. file]);
            WriteBranches(writer, [.. file.SelectMany(u => u.Branches)]);
            WriteLines(
                writer,
                [.. file.SelectMany(u => u.Lines)
                    .GroupBy(l => l.Line)
                    .OrderBy(g => g.Key)
                    .Select(g => new LineCoverage(g.Key, g.Max(l => l.Hits)))]);
            Line(writer, "end_of_record");
        }
    }

    private static void WriteFunctions(TextWriter writer, List<UnitCoverage> units)
    {
        var functions = units.SelectMany(u => u.Functions)
            .Select(
                f =>
                    (f.Location.Line,
                        Name: f.Name.Length > 0
                            ? $"{f.Name}@{f.Location.Line}:{f.Location.Column}"
                            : $"anonymous@{f.Location.Line}:{f.Location.Column}", f.Hits))
            .Concat(units.SelectMany(u => u.Messages)
                .Select(
                    m => (m.Location.Line, Name: $"{m.Action}!@{m.Location.Line}:{m.Location.Column}", Hits: (long)m.Produced)))
            .OrderBy(f => f.Line).ThenBy(f => f.Name, StringComparer.Ordinal).ToList();
        foreach (var (line, name, _) in functions) Line(writer, $"FN:{line},{Name(name)}");
        foreach (var (_, name, hits) in functions) Line(writer, $"FNDA:{hits},{Name(name)}");
        Line(writer, $"FNF:{functions.Count}");
        Line(writer, $"FNH:{functions.Count(f => f.Hits > 0)}");
    }

    // A block is what its branches have in common: a place that none of them was gone from was never reached, which is written
    // `-`.
    private static void WriteBranches(TextWriter writer, List<BranchCoverage> branches)
    {
        var blocks = new Dictionary<int, int>();
        foreach (var branch in branches)
        {
            var block = blocks.GetValueOrDefault(branch.Location.Line);
            blocks[branch.Location.Line] = block + 1;
            var isReached = branch.Outcomes.Any(o => o.Hits > 0);
            for (var i = 0; i < branch.Outcomes.Length; i++)
                Line(
                    writer,
                    $"BRDA:{branch.Location.Line},{block},{i},{(isReached ? branch.Outcomes[i].Hits.ToString(CultureInfo.InvariantCulture) : "-")}");
        }

        Line(writer, $"BRF:{branches.Sum(b => b.Outcomes.Length)}");
        Line(writer, $"BRH:{branches.Sum(b => b.Outcomes.Count(o => o.Hits > 0))}");
    }

    private static void WriteLines(TextWriter writer, List<LineCoverage> lines)
    {
        foreach (var line in lines) Line(writer, $"DA:{line.Line},{line.Hits}");
        Line(writer, $"LF:{lines.Count}");
        Line(writer, $"LH:{lines.Count(l => l.Hits > 0)}");
    }

    private static string Name(string name) => SafeText.OneLine(name).Replace(',', ';');

    private static void Line(TextWriter writer, FormattableString text) => writer.Write(FormattableString.Invariant(text) + "\n");

    private static void Line(TextWriter writer, string text) => writer.Write(text + "\n");
}
