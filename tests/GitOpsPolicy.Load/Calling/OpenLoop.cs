using System.Diagnostics;
using GitOpsPolicy.Load.Reviews;

namespace GitOpsPolicy.Load.Calling;

/// <summary>Says what is wrong with a reply; null when it is right.</summary>
/// <param name="review">What was asked.</param>
/// <param name="uid">The uid it was asked with.</param>
/// <param name="reply">What came back, with status 200.</param>
internal delegate string? ReplyCheck(Review review, string uid, Reply reply);

/// <summary>
/// Sends requests at a constant rate, whether the last ones have been answered or not: a server that stalls is not spared, and
/// the time of an answer counts from when its request was to be sent.
/// </summary>
internal sealed class OpenLoop(Caller caller, IReadOnlyList<Review> reviews, ReplyCheck? check = null)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static long uids;
    private readonly ReplyCheck check = check ?? ByOracle;

    /// <summary>Sends at a rate for some time and waits for every answer.</summary>
    /// <param name="rate">Requests a second.</param>
    /// <param name="duration">How long.</param>
    /// <param name="stop">Ends it early.</param>
    public async Task<LoadResult> RunAsync(double rate, TimeSpan duration, CancellationToken stop = default)
    {
        var (count, pending) = ((int)(rate * duration.TotalSeconds), new List<Task>());
        var result = new LoadResult();
        var (begun, sent) = (Stopwatch.GetTimestamp(), 0);
        while (sent < count && !stop.IsCancellationRequested)
        {
            var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(begun).TotalSeconds * rate) + 1);
            for (; sent < due; sent++) pending.Add(SendAsync(result, begun + (long)(sent / rate * Stopwatch.Frequency)));
            await Task.Delay(Tick, TimeProvider.System, CancellationToken.None);
            if (pending.Count > 50_000) pending.RemoveAll(static task => task.IsCompleted);
        }

        (result.Offered, result.Planned, result.Elapsed) = (sent, TimeSpan.FromSeconds(sent / rate),
            Stopwatch.GetElapsedTime(begun));
        await Task.WhenAll(pending);
        return result;
    }

    /// <summary>Some callers at once, each sending its next request when the last one has been answered.</summary>
    public async Task<LoadResult> RunClosedAsync(int callers, int requests)
    {
        var result = new LoadResult { Offered = requests };
        var (begun, left) = (Stopwatch.GetTimestamp(), requests);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0) await SendAsync(result, Stopwatch.GetTimestamp());
        }));
        result.Elapsed = Stopwatch.GetElapsedTime(begun);
        return result;
    }

    /// <summary>Answer, uid and names of rules are what the oracle says.</summary>
    public static string? ByOracle(Review review, string uid, Reply reply)
    {
        var expected = review.Expected;
        if (reply.Uid != uid) return $"{uid} was answered as {reply.Uid}";
        return reply.IsAllowed == expected.IsAllowed && reply.DeniedBy.AsSpan().SequenceEqual([.. expected.DeniedBy])
            ? null
            : $"{uid}: allowed {reply.IsAllowed}, denied by {string.Join(',', reply.DeniedBy)}; the oracle: allowed {expected.IsAllowed}, denied by {string.Join(',', expected.DeniedBy)}";
    }

    private async Task SendAsync(LoadResult result, long intended)
    {
        var number = Interlocked.Increment(ref uids);
        var review = reviews[(int)(number % reviews.Count)];
        var uid = Review.Uid(number);
        var reply = await caller.SendAsync(review.Body(uid));
        result.Take(
            reply, Stopwatch.GetElapsedTime(intended).TotalMilliseconds,
            reply is { Status: 200, Failure: null } ? check(review, uid, reply) : null);
    }
}
