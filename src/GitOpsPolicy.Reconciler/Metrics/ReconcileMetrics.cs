using System.Buffers;
using System.Diagnostics.Metrics;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Metrics;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Metrics;

/// <summary>What only the running engine knows; asked at every scrape.</summary>
/// <param name="QueueDepth">Units that wait for a pass.</param>
/// <param name="Leads">Whether this replica is the one that writes.</param>
/// <param name="RuleSetDigest">The rule set in force; null before there is one.</param>
public sealed record EngineFigures(Func<int> QueueDepth, Func<bool> Leads, Func<string?> RuleSetDigest);

/// <summary>What the reconcile engine counts, and what its <see cref="StatusBoard"/> says.</summary>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class ReconcileMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "GitOpsPolicy.Reconciler";

    private const int TooManyRequests = 429;

    private readonly Instruments instruments = new(MeterName, ReconcileTable.All);
    private readonly Counter<long> passes;
    private readonly Histogram<double> duration;
    private readonly Counter<long> writes;
    private readonly Counter<long> fights;
    private readonly Counter<long> throttled;
    private readonly Counter<long> notices;
    private readonly Counter<long> reloads;
    private readonly IDisposable listening;

    /// <summary>Sets the instruments up.</summary>
    /// <param name="board">What is known of the units.</param>
    /// <param name="clock">For ages.</param>
    public ReconcileMetrics(StatusBoard board, TimeProvider clock)
    {
        passes = instruments.Counter(ReconcileTable.Passes);
        duration = instruments.Histogram(ReconcileTable.PassDuration);
        writes = instruments.Counter(ReconcileTable.Writes);
        fights = instruments.Counter(ReconcileTable.Fights);
        throttled = instruments.Counter(ReconcileTable.Throttled);
        notices = instruments.Counter(ReconcileTable.Notices);
        reloads = instruments.Counter(ReconcileTable.Reloads);
        new BoardFigures(board, clock).AddTo(instruments);
        listening = board.Listen(CountFights);
    }

    /// <summary>Shows what the engine knows; once.</summary>
    public void Observe(EngineFigures engine)
    {
        instruments.Observe(ReconcileTable.QueueDepth, () => [new(engine.QueueDepth())]);
        instruments.Observe(ReconcileTable.Leads, () => [new(engine.Leads() ? 1 : 0)]);
        instruments.Observe(
            ReconcileTable.RuleSet,
            () => engine.RuleSetDigest() is { } digest ? [new(1, new("digest", digest), new("set", "rules"))] : []);
    }

    /// <summary>Writes all metrics as they are now, in the text format of Prometheus.</summary>
    public void WriteTo(IBufferWriter<byte> output) => instruments.WriteTo(output);

    /// <summary>Counts a pass.</summary>
    /// <param name="outcome">How it left the unit.</param>
    /// <param name="took">How long it took.</param>
    public void PassEnded(UnitPhase outcome, TimeSpan took)
    {
        passes.Add(1, new KeyValuePair<string, object?>("outcome", UnitPhases.Word(outcome)));
        duration.Record(took.TotalSeconds);
    }

    /// <summary>Counts a write to a cluster.</summary>
    /// <param name="operation">What it was to do, one of a few words: <c>create</c>, <c>update</c>, <c>correct</c>,
    /// <c>prune</c>.</param>
    /// <param name="outcome">What came of it.</param>
    public void Wrote(string operation, WriteOutcome outcome) =>
        writes.Add(1, new("operation", operation), new("outcome", Word(outcome)));

    /// <summary>Counts an application of a plan of Terraform, however much it did.</summary>
    /// <param name="isWhole">It came to its end.</param>
    public void AppliedPlan(bool isWhole) =>
        writes.Add(1, new("operation", "apply"), new("outcome", isWhole ? "done" : "failed"));

    /// <summary>Counts a request that is tried again, if that is because the server said so.</summary>
    public void Waits(ApiFailure failure)
    {
        if (failure.Code == TooManyRequests) throttled.Add(1);
    }

    /// <summary>Counts a notice.</summary>
    /// <param name="result">What came of it, one of a few words.</param>
    public void Noticed(string result) => notices.Add(1, new KeyValuePair<string, object?>("result", result));

    /// <summary>Counts an attempt to load changed rules.</summary>
    /// <param name="result">What came of it, one of a few words.</param>
    public void Reloaded(string result) => reloads.Add(1, new KeyValuePair<string, object?>("result", result));

    /// <inheritdoc/>
    public void Dispose()
    {
        listening.Dispose();
        instruments.Dispose();
    }

    private static string Word(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Done or WriteOutcome.Deleted => "done",
        WriteOutcome.Conflict => "conflict",
        WriteOutcome.Changed => "changed",
        _ => "failed",
    };

    private void CountFights(StatusChange change)
    {
        var known = change.Before?.Drift.Where(static drift => drift.IsFight)
            .Select(static drift => drift.Resource)
            .ToHashSet(StringComparer.Ordinal)
            ?? [];
        foreach (var fight in change.Now?.Drift.Where(static drift => drift.IsFight) ?? [])
            if (known.Add(fight.Resource)) fights.Add(1);
    }
}
