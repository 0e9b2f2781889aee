using System.Globalization;
using GitOpsPolicy.Policies.Testing.Coverage;

namespace GitOpsPolicy.Reports.Coverage;

/// <summary>What tests came to, for a person at a terminal: a line per rule, and under it what was missed.</summary>
public static class CoverageText
{
    private static readonly string[] Titles = ["rule", "lines", "branches", "messages"];

    /// <summary>Writes the whole report.</summary>
    public static void Write(CoverageReport report, TextWriter writer)
    {
        var rows = report.Units.Select(
            u => (Unit: (UnitCoverage?)u, Cells: Cells(u.Name, u.LineShare, u.BranchShare, u.MessageShare)))
            .Append((null, Cells("total", report.Lines, report.Branches, report.Messages))).ToList();
        var widths = Titles.Select((title, i) => rows.Max(r => Math.Max(title.Length, r.Cells[i].Length))).ToArray();
        WriteRow(writer, Titles, widths);
        foreach (var (unit, cells) in rows)
        {
            WriteRow(writer, cells, widths);
            foreach (var missed in unit is null ? [] : Missed(unit)) writer.WriteLine($"  {SafeText.OneLine(missed)}");
        }
    }

    /// <summary>
    /// What was missed in a rule, in order of the places. A way not gone from a line that was never reached is not told.
    /// </summary>
    public static IEnumerable<string> Missed(UnitCoverage unit)
    {
        var unreached = unit.Lines.Where(l => l.Hits == 0).Select(l => l.Line).ToHashSet();
        var lines = Runs(unit.Lines).Select(
            run => (Line: run.First, Column: 0, Text: $"{unit.File}:{Range(run)}  never reached"));
        var branches = unit.Branches.Where(b => !unreached.Contains(b.Location.Line))
            .SelectMany(b => b.Outcomes.Where(o => o.Hits == 0)
                .Select(o => (b.Location.Line, b.Location.Column, Text: $"{b.Location}  {b.Construct} never {o.Name}")));
        var messages = unit.Messages.Where(m => !m.IsCovered)
            .Select(
                m =>
                    (m.Location.Line, m.Location.Column,
                        Text: $"{m.Location}  `{m.Action}` never {(m.Produced == 0 ? "produced" : "withheld")}"));
        return lines.Concat(branches)
            .Concat(messages)
            .OrderBy(m => m.Line)
            .ThenBy(m => m.Column)
            .Select(m => m.Text)
            .Distinct(StringComparer.Ordinal);
    }

    private static string[] Cells(string name, Share lines, Share branches, Share messages) =>
        [SafeText.OneLine(name), lines.ToString(), branches.ToString(), messages.ToString()];

    private static void WriteRow(TextWriter writer, string[] cells, int[] widths) =>
        writer.WriteLine(string.Join("  ", cells.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());

    // Neighbours among the lines that have something on them, whatever lies between.
    private static IEnumerable<(int First, int Last)> Runs(IEnumerable<LineCoverage> lines)
    {
        (int First, int Last)? run = null;
        foreach (var line in lines)
        {
            if (line.Hits == 0) run = (run?.First ?? line.Line, line.Line);
            if (line.Hits == 0 || run is null) continue;
            yield return run.Value;
            run = null;
        }

        if (run is { } last) yield return last;
    }

    private static string Range((int First, int Last) run) =>
        run.First == run.Last
            ? run.First.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{run.First}-{run.Last}");
}
