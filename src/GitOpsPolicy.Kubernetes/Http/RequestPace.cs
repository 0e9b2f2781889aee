namespace GitOpsPolicy.Kubernetes.Http;

/// <summary>
/// Spaces requests out: so many a second on the long run, and so many at once after a rest. Each takes its turn when it asks, so
/// that none is overtaken for ever (the generic cell rate algorithm, as client-go's token bucket comes to).
/// </summary>
/// <param name="perSecond">Requests a second.</param>
/// <param name="burst">Requests at once.</param>
/// <param name="time">The clock.</param>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class RequestPace(double perSecond, int burst, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly long start = time.GetTimestamp();
    private TimeSpan next;

    /// <summary>Takes a turn.</summary>
    /// <returns>How long it is until then.</returns>
    public TimeSpan Take()
    {
        var step = TimeSpan.FromSeconds(1 / perSecond);
        lock (gate)
        {
            var now = time.GetElapsedTime(start);
            if (next < now) next = now;
            var wait = next - now - (step * (burst - 1));
            next += step;
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }
}
