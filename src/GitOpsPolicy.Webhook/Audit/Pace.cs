namespace GitOpsPolicy.Webhook.Audit;

/// <summary>
/// Keeps an audit out of the way of requests: it works for a moment, then rests as long, so that it never takes more than half of
/// one processor; and while requests are being judged it rests on, though not for ever.
/// </summary>
/// <param name="clock">Tells the time.</param>
/// <param name="requests">Requests that are being judged or wait.</param>
/// <threadsafety>One thread at a time.</threadsafety>
internal sealed class Pace(TimeProvider clock, Func<int> requests)
{
    /// <summary>A request that comes while the audit works waits no longer than this for the processor.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Rests on end while requests keep coming; after so many it works a slice, or it would never end on a busy server.
    /// </summary>
    private const int MostRests = 20;

    private long since = clock.GetTimestamp();

    /// <summary>Rests, when it is time to.</summary>
    public ValueTask RestAsync(CancellationToken cancellation) =>
        clock.GetElapsedTime(since) < Slice ? default : new(RestOnAsync(cancellation));

    private async Task RestOnAsync(CancellationToken cancellation)
    {
        for (var rests = 0; rests == 0 || (rests < MostRests && requests() > 0); rests++)
            await Task.Delay(Slice, clock, cancellation);
        since = clock.GetTimestamp();
    }
}
