using System.Collections.Immutable;

namespace GitOpsPolicy.Metrics;

/// <summary>One row of a metric: its values for one set of labels.</summary>
/// <param name="bounds">Upper bounds of a histogram's buckets, rising; empty for a single number.</param>
/// <threadsafety>Safe from any thread.</threadsafety>
internal sealed class Series(ImmutableArray<double> bounds)
{
    private readonly Lock gate = new();
    private readonly long[] buckets = new long[bounds.Length + 1];
    private double sum;

    /// <summary>Adds to a counter, or a value to a histogram.</summary>
    public void Add(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket]) bucket++;
        lock (gate)
        {
            sum += value;
            buckets[bucket]++;
        }
    }

    /// <summary>Sets a gauge.</summary>
    public void Set(double value)
    {
        lock (gate) sum = value;
    }

    /// <summary>The number or the sum of values, and how many values fell in each bucket; the last bucket has no bound.</summary>
    public (double Sum, ImmutableArray<long> Buckets) Read()
    {
        lock (gate) return (sum, [.. buckets]);
    }
}
