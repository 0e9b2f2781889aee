using System.Buffers;
using System.Diagnostics.Metrics;
using GitOpsPolicy.Metrics;
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

    private readonly Instruments instruments = new(MeterName, ReconcileTable.All);
    private readonly Counter<long> passes;
    private readonly Histogram<double> duration;
    private readonly Counter<long> writes;
    private readonly Counter<long> corrections;
    private readonly Counter<long> fights;
    private readonly Counter<long> throttled;
    private readonly Counter<long> notices;

    /// <summary>Sets the instruments up.</summary>
    /// <param name="board">What is known of the units.</param>
    /// <param name="clock">For ages.</param>
    public ReconcileMetrics(StatusBoard board, TimeProvider clock)
    {
        passes = instruments.Counter(ReconcileTable.Passes);
        duration = instruments.Histogram(ReconcileTable.PassDuration);
        writes = instruments.Counter(ReconcileTable.Writes);
        corrections = instruments.Counter(ReconcileTable.Corrections);
        fights = instruments.Counter(ReconcileTable.Fights);
        throttled = instruments.Counter(ReconcileTable.Throttled);
        notices = instruments.Counter(ReconcileTable.Notices);
        new BoardFigures(board, clock).AddTo(instruments);
    }

    /// <summary>Shows what the engine knows; once.</summary>
    public void Observe(EngineFigures engine)
    {
        instruments.Observe(ReconcileTable.QueueDepth, () => [new(engine.QueueDepth())]);
        instruments.Observe(ReconcileTable.Leads, () => [new(engine.Leads() ? 1 : 0)]);
        instruments.Observe(ReconcileTable.RuleSet, () => engine.RuleSetDigest() is { } digest ? [new(1, new("digest", digest), new("set", "rules"))] : []);
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
    /// <param name="operation">What it was to do, one of a few words: <c>create</c>, <c>update</c>, <c>correct</c>, <c>prune</c>, …</param>
    /// <param name="outcome">What came of it, one of a few words: <c>done</c>, <c>conflict</c>, <c>refused</c>, <c>failed</c>, …</param>
    public void Wrote(string operation, string outcome) => writes.Add(1, new("operation", operation), new("outcome", outcome));

    /// <summary>Counts a drifted object that was to be put back.</summary>
    /// <param name="result">What came of it, one of a few words: <c>done</c>, <c>withheld</c> (more than the budget), <c>denied</c>, <c>failed</c>.</param>
    public void Corrected(string result) => corrections.Add(1, new KeyValuePair<string, object?>("result", result));

    /// <summary>Counts an object that is left as it is because somebody else keeps changing it.</summary>
    public void Fought() => fights.Add(1);

    /// <summary>Counts an API request that had to wait.</summary>
    /// <param name="by">Who made it wait: <c>server</c> or <c>client</c>.</param>
    public void Throttled(string by) => throttled.Add(1, new KeyValuePair<string, object?>("by", by));

    /// <summary>Counts a notice.</summary>
    /// <param name="result">What came of it, one of a few words.</param>
    public void Noticed(string result) => notices.Add(1, new KeyValuePair<string, object?>("result", result));

    /// <inheritdoc/>
    public void Dispose() => instruments.Dispose();
}
