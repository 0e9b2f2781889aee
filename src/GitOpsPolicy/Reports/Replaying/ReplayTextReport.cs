using System.Globalization;
using GitOpsPolicy.Replaying;

namespace GitOpsPolicy.Reports.Replaying;

/// <summary>What came of replaying a recording, for people.</summary>
public static class ReplayTextReport
{
    private static readonly (string Title, Func<ReplayRow, int> Of)[] Columns =
    [
        ("newly denied", static row => row.NewlyDenied), ("newly allowed", static row => row.NewlyAllowed),
        ("still denied", static row => row.StillDenied), ("not replayable", static row => row.NotReplayable),
    ];

    private static readonly (ReplayResult Result, string Title)[] Shown =
        [
            (ReplayResult.NewlyDenied, "Newly denied"),
            (ReplayResult.NewlyAllowed, "Newly allowed"),
            (ReplayResult.NotReplayable, "Not replayable: the answer rests on a redacted value")
        ];

    /// <summary>Writes it all.</summary>
    public static void Write(ReplaySummary summary, TextWriter writer)
    {
        if (summary.Rows.Count > 0) WriteTable(summary, writer);
        foreach (var (result, title) in Shown) WriteExamples(title, summary[result], summary.Examples(result), writer);
        if (summary.Unequal.Count > 0)
            WriteExamples(
                "Other decisions by the same rules", summary.Unequal.Count, [.. summary.Unequal.Take(ReplaySummary.MaxExamples)],
                writer);
        writer.WriteLine(Totals(summary));
        if (summary.SameDigest > 0) writer.WriteLine(Proof(summary));
    }

    private static void WriteTable(ReplaySummary summary, TextWriter writer)
    {
        var rows = summary.Rows
            .Select(
                static row =>
                    (Rule: SafeText.OneLine(row.Key.Rule),
                        Place: row.Key.Namespace.Length == 0 ? "-" : SafeText.OneLine(row.Key.Namespace), row.Value))
            .ToList();
        var (ruleWidth, placeWidth) = (Math.Max(4, rows.Max(static row => row.Rule.Length)),
            Math.Max(9, rows.Max(static row => row.Place.Length)));
        writer.WriteLine($"{"rule".PadRight(ruleWidth)}  {"namespace".PadRight(placeWidth)}  {string.Join("  ", Columns.Select(static column => column.Title))}");
        foreach (var (rule, place, counts) in rows)
        {
            var numbers = Columns.Select(column => Number(column.Of(counts)).PadLeft(column.Title.Length));
            writer.WriteLine($"{rule.PadRight(ruleWidth)}  {place.PadRight(placeWidth)}  {string.Join("  ", numbers)}");
        }

        writer.WriteLine();
    }

    private static void WriteExamples(string title, int count, IReadOnlyList<ReplayExample> examples, TextWriter writer)
    {
        if (count == 0) return;
        writer.WriteLine($"{title}:");
        foreach (var one in examples)
        {
            writer.WriteLine($"  {one.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z {SafeText.OneLine(one.Request)}{(one.Times == 1 ? "" : $" ({Number(one.Times)} times)")}");
            writer.WriteLine(
                $"    {SafeText.OneLine($"[{string.Join(", ", one.Rules)}]{(one.Message is null ? "" : " " + one.Message)}")}");
        }

        var more = count - examples.Sum(static one => one.Times);
        if (more > 0) writer.WriteLine($"  … and {Number(more)} more");
        writer.WriteLine();
    }

    private static string Totals(ReplaySummary summary)
    {
        var parts = new List<string>
        {
            $"{Number(summary[ReplayResult.NewlyDenied])} newly denied",
            $"{Number(summary[ReplayResult.NewlyAllowed])} newly allowed",
            $"{Number(summary[ReplayResult.Same])} left as they were",
        };
        if (summary[ReplayResult.NotReplayable] is > 0 and var unsure) parts.Add($"{Number(unsure)} not replayable");
        if (summary[ReplayResult.NotJudged] is > 0 and var unjudged) parts.Add($"{Number(unjudged)} not judged to the end then");
        var leave = summary.BrokenGlass == 0
            ? ""
            : $"; {Number(summary.BrokenGlass)} went through by break-glass and count as denied";
        return $"{Reviews(summary.Count)}: {string.Join(", ", parts)}{leave}";
    }

    private static string Proof(ReplaySummary summary)
    {
        var redacted = summary.EqualButRedacted == 0
            ? ""
            : $", {Number(summary.EqualButRedacted)} but for rules that rest on redacted values";
        return $"same digest: {Number(summary.Equal)} of {Number(summary.SameDigest)} decisions equal{redacted}";
    }

    private static string Reviews(int count) => $"{Number(count)} review{(count == 1 ? "" : "s")}";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
