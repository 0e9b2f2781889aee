using System.Collections.Concurrent;
using System.Globalization;

namespace GitOpsPolicy.Load.Calling;

/// <summary>What came of a run.</summary>
internal sealed class LoadResult
{
    private readonly ConcurrentBag<double> judged = [];
    private readonly ConcurrentBag<double> refused = [];
    private readonly ConcurrentDictionary<int, int> statuses = new();
    private readonly ConcurrentQueue<string> wrong = new();
    private readonly ConcurrentQueue<string> failures = new();

    /// <summary>Requests that were sent.</summary>
    public int Offered { get; set; }

    /// <summary>The time that they were to be sent in.</summary>
    public TimeSpan Planned { get; set; }

    /// <summary>The time that sending them took.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>Requests that were judged.</summary>
    public int Judged => judged.Count;

    /// <summary>Requests that were turned away with a status of 429 or 503.</summary>
    public int Refused => refused.Count;

    /// <summary>Answers that differ from what the oracle says.</summary>
    public IReadOnlyCollection<string> Wrong => wrong;

    /// <summary>Requests that got no answer, or one with an unexpected status.</summary>
    public IReadOnlyCollection<string> Failures => failures;

    /// <summary>The share of the rate that was reached: below 0.9 the run tells nothing.</summary>
    public double Reached => Planned == default ? 1 : Math.Min(1, Planned / Elapsed);

    /// <summary>Statuses and how often.</summary>
    public string Statuses => string.Join(
        ' ',
        statuses.OrderBy(static pair => pair.Key)
            .Select(static pair => $"{pair.Key.ToString(CultureInfo.InvariantCulture)}×{pair.Value}"));

    /// <summary>Takes one reply.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="milliseconds">Time since it was to be sent.</param>
    /// <param name="fault">What is wrong with it; null when it is right.</param>
    public void Take(Reply reply, double milliseconds, string? fault)
    {
        statuses.AddOrUpdate(reply.Status, 1, static (_, count) => count + 1);
        if (reply is { Status: 429 or 503, Failure: null }) refused.Add(milliseconds);
        else if (reply.Failure is not null || reply.Status != 200) failures.Enqueue(reply.Failure ?? $"status {reply.Status}");
        else if (fault is not null) wrong.Enqueue(fault);
        else judged.Add(milliseconds);
    }

    /// <summary>The time below which a share of the judged requests was answered, in milliseconds.</summary>
    public double Quantile(double share) => Quantile(judged, share);

    /// <summary>The same for those that were turned away.</summary>
    public double RefusedQuantile(double share) => Quantile(refused, share);

    private static double Quantile(ConcurrentBag<double> times, double share)
    {
        double[] sorted = [.. times.Order()];
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
