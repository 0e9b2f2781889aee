namespace GitOpsPolicy.Webhook.Admission;

/// <summary>
/// Lets as many requests be judged at once as there are processors, and a few more wait. What comes on top is turned away at once:
/// an answer in time to some beats an answer too late to all.
/// </summary>
/// <param name="width">Requests judged at once.</param>
/// <param name="queue">Requests that may wait.</param>
internal sealed class InFlightGate(int width, int queue) : IDisposable
{
    private readonly SemaphoreSlim slots = new(width, width);
    private int inside;

    /// <summary>Requests that are judged or wait.</summary>
    public int Count => Volatile.Read(ref inside);

    /// <summary>Waits for a turn.</summary>
    /// <returns>False when too many wait already; then <see cref="Leave"/> must not be called.</returns>
    /// <exception cref="OperationCanceledException">The time ran out while waiting; <see cref="Leave"/> must not be called.</exception>
    public async ValueTask<bool> TryEnterAsync(CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref inside) > width + queue)
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
    public void Leave()
    {
        slots.Release();
        Interlocked.Decrement(ref inside);
    }

    /// <inheritdoc/>
    public void Dispose() => slots.Dispose();
}
