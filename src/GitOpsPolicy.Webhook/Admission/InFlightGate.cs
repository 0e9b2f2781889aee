using System.Diagnostics;

namespace GitOpsPolicy.Webhook.Admission;

/// <summary>How many may wait at a gate.</summary>
/// <param name="Always">So many, however long it takes.</param>
/// <param name="Most">So many, as long as the last of them will wait no longer than <paramref name="Patience"/>.</param>
/// <param name="Patience">The longest wait beyond the first few.</param>
internal sealed record GateQueue(int Always, int Most, TimeSpan Patience);

/// <summary>
/// Lets as many requests be judged at once as there are processors, and others wait. What would have to wait too long is turned
/// away at once: an answer in time to some beats an answer too late to all.
/// </summary>
/// <param name="width">Requests judged at once.</param>
/// <param name="queue">Requests that may wait.</param>
internal sealed class InFlightGate(int width, GateQueue queue) : IDisposable
{
    /// <summary>The weight of the newest turn in the average: one that took long is forgotten after some dozens.</summary>
    private const int Smoothing = 16;

    private readonly SemaphoreSlim slots = new(width, width);
    private int inside;
    private long turn;   // how long one takes of late, in ticks of the stopwatch; losing an update of it does no harm

    /// <summary>Requests that are judged or wait.</summary>
    public int Count => Volatile.Read(ref inside);

    /// <summary>Waits for a turn.</summary>
    /// <returns>False when too many wait already; then <see cref="Leave"/> must not be called.</returns>
    /// <exception cref="OperationCanceledException">The time ran out while waiting; <see cref="Leave"/> must not be
    /// called.</exception>
    public async ValueTask<bool> TryEnterAsync(CancellationToken cancellation)
    {
        if (!MayWait(Interlocked.Increment(ref inside) - width))
        {
            Interlocked.Decrement(ref inside);
            return false;
        }

        try
        {
            if (!slots.Wait(0, CancellationToken.None)) await slots.WaitAsync(cancellation);
            return true;
        }
        catch
        {
            Interlocked.Decrement(ref inside);
            throw;
        }
    }

    /// <summary>Ends a turn.</summary>
    /// <param name="entered">When it began.</param>
    public void Leave(long entered)
    {
        var average = Volatile.Read(ref turn);
        Volatile.Write(ref turn, average + ((Stopwatch.GetTimestamp() - entered - average) / Smoothing));
        slots.Release();
        Interlocked.Decrement(ref inside);
    }

    /// <inheritdoc/>
    public void Dispose() => slots.Dispose();

    private bool MayWait(int waiting) =>
        waiting <= queue.Always
        || (waiting <= queue.Most
            && Volatile.Read(ref turn) * waiting / width <= queue.Patience.TotalSeconds * Stopwatch.Frequency);
}
