using System.Diagnostics.Metrics;
using GitOpsPolicy.Metrics;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Metrics;

/// <summary>What the board says of the units, as numbers.</summary>
/// <param name="board">What is known of the units.</param>
/// <param name="clock">For ages.</param>
internal sealed class BoardFigures(StatusBoard board, TimeProvider clock)
{
    private static readonly string[] Pauses = ["suspended", "break-glass", "freeze-window"];
    private static readonly string[] Stages = ["fetch", "verify", "history", "render", "guard"];
    private static readonly string[] Classes = ["correct", "alert", "freeze"];

    private const string Other = UnitRows.Other;

    /// <summary>Adds them to some instruments.</summary>
    public void AddTo(Instruments instruments)
    {
        instruments.Observe(
            ReconcileTable.Units,
            () => ByWord("phase", UnitPhases.All.Select(UnitPhases.Word), static unit => UnitPhases.Word(unit.Phase)));
        instruments.Observe(ReconcileTable.Paused, () => ByWord("because", Pauses, static unit => unit.Paused?.Because));
        instruments.Observe(ReconcileTable.SourceFailures, () => ByWord("stage", Stages, static unit => unit.Trouble?.Stage));
        instruments.Observe(
            ReconcileTable.UnitInfo,
            () => UnitRows.Of(
                board.Snapshot().Select(static unit => (UnitRows.Label(unit), 1d, Labels(unit))), ["environment", "phase"],
                Enumerable.Sum));
        instruments.Observe(
            ReconcileTable.LastSuccess,
            () => PerUnit(static unit => unit.LastSuccess is { } last ? Seconds(last) : 0, Enumerable.Min));
        instruments.Observe(ReconcileTable.Behind, () => PerUnitWith(unit => Behind(unit, clock.GetUtcNow()), Enumerable.Max));
        instruments.Observe(ReconcileTable.Drift, () => PerUnitAnd("class", DriftOf));
        instruments.Observe(
            ReconcileTable.DriftOldest,
            () => Classes.Select(word => new Measurement<double>(
                Oldest(unit => unit.Drift.Where(drift => drift.Class == word && !drift.IsTolerated).Select(static drift => drift.Since)),
                new KeyValuePair<string, object?>("class", word))));
        instruments.Observe(
            ReconcileTable.Fighting,
            () => PerUnitWith(static unit => unit.Drift.Count(static drift => drift.IsFight), Enumerable.Sum));
        instruments.Observe(ReconcileTable.Approvals, () => PerUnitAnd("subject", ApprovalsOf));
        instruments.Observe(
            ReconcileTable.ApprovalOldest,
            () => [new(Oldest(static unit => unit.Approvals.Select(static approval => approval.Since)))]);
        instruments.Observe(
            ReconcileTable.Orphans,
            () => PerUnitWith(static unit => unit.Orphans.Length + (unit.Omitted?.Orphans ?? 0), Enumerable.Sum));
        instruments.Observe(
            ReconcileTable.OrphanOldest, () => [new(Oldest(static unit => unit.Orphans.Select(static orphan => orphan.Since)))]);
        instruments.Observe(
            ReconcileTable.Blocked,
            () => PerUnitWith(static unit => unit.Blocked.Length + (unit.Omitted?.Blocked ?? 0), Enumerable.Sum));
        instruments.Observe(
            ReconcileTable.Unhealthy,
            () => PerUnitWith(static unit => unit.Unhealthy.Length + (unit.Omitted?.Unhealthy ?? 0), Enumerable.Sum));
    }

    private static string[] Labels(UnitStatus unit) => [unit.Environment ?? "", UnitPhases.Word(unit.Phase)];

    private static IEnumerable<(string Word, int Count)> DriftOf(UnitStatus unit) => unit.Drift
        .CountBy(static drift => Classes.Contains(drift.Class, StringComparer.Ordinal) ? drift.Class : Other)
        .Select(static row => (row.Key, row.Value))
        .Append((Other, unit.Omitted?.Drift ?? 0));

    private static IEnumerable<(string Word, int Count)> ApprovalsOf(UnitStatus unit) => unit.Approvals
        .CountBy(static approval => approval.Subject)
        .Select(static row => (row.Key, row.Value))
        .Append((Other, unit.Omitted?.Approvals ?? 0));

    private static double Behind(UnitStatus unit, DateTimeOffset now) =>
        unit.Attempted is null || unit.Attempted == unit.Applied || (unit.LastSuccess ?? unit.LastAttempt) is not { } last
            ? 0
            : Math.Max(0, (now - last).TotalSeconds);

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1_000d;

    // Each word is told, 0 as well: an alert that looks for a rise needs to have seen what it rose from.
    private IEnumerable<Measurement<double>> ByWord(string label, IEnumerable<string> words, Func<UnitStatus, string?> wordOf)
    {
        var counts = board.Snapshot()
            .Select(wordOf)
            .OfType<string>()
            .CountBy(static word => word)
            .ToDictionary(StringComparer.Ordinal);
        foreach (var word in words)
        {
            counts.Remove(word, out var count);
            yield return new(count, new KeyValuePair<string, object?>(label, word));
        }

        if (counts.Count > 0) yield return new(counts.Values.Sum(), new KeyValuePair<string, object?>(label, Other));
    }

    private IEnumerable<Measurement<double>> PerUnit(
        Func<UnitStatus, double> value, Func<IEnumerable<double>, double> together) =>
        UnitRows.Of(board.Snapshot().Select(unit => (UnitRows.Label(unit), value(unit), Array.Empty<string>())), [], together);

    // Most units have nothing to tell here, and a row of zeros for each would be most of a scrape.
    private IEnumerable<Measurement<double>> PerUnitWith(
        Func<UnitStatus, double> value, Func<IEnumerable<double>, double> together) =>
        UnitRows.Of(
            board.Snapshot()
                .Select(unit => (Unit: UnitRows.Label(unit), Value: value(unit), More: Array.Empty<string>()))
                .Where(static row => row.Value > 0), [], together);

    private IEnumerable<Measurement<double>> PerUnitAnd(
        string label, Func<UnitStatus, IEnumerable<(string Word, int Count)>> counts) =>
        UnitRows.Of(
            board.Snapshot()
                .SelectMany(unit => counts(unit).Where(static row => row.Count > 0)
                    .Select(row => (UnitRows.Label(unit), (double)row.Count, (string[])[row.Word]))),
            [label],
            Enumerable.Sum);

    private double Oldest(Func<UnitStatus, IEnumerable<DateTimeOffset>> since)
    {
        var now = clock.GetUtcNow();
        return board.Snapshot().SelectMany(since).Select(time => Math.Max(0, (now - time).TotalSeconds)).DefaultIfEmpty(0).Max();
    }
}
