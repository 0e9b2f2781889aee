using System.Collections.Immutable;

namespace GitOpsPolicy.Metrics;

/// <summary>What kind of number a metric is.</summary>
public enum MetricKind
{
    /// <summary>Only grows; shown with the ending <c>_total</c>.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>How many times a value was at most so much.</summary>
    Histogram,
}

/// <summary>A metric of a program.</summary>
/// <param name="Name">Its name without the ending of a counter.</param>
/// <param name="Kind">What kind of number it is.</param>
/// <param name="Labels">Its labels; the first is the one with the most values, and is <c>other</c> when there are too
/// many.</param>
/// <param name="Help">What it tells, in one line.</param>
public sealed record MetricDefinition(string Name, MetricKind Kind, ImmutableArray<string> Labels, string Help)
{
    private const string Prefix = "gitops_policy_";

    /// <summary>Measurements that were counted under <c>other</c>; every program has it.</summary>
    public static MetricDefinition SeriesDropped { get; } = Counter(
        "series_dropped", ["metric"], "Measurements counted under `other` because a metric had too many series.");

    /// <summary>Upper bounds of a histogram's buckets, rising; empty for others.</summary>
    public ImmutableArray<double> Bounds { get; init; } = [];

    /// <summary>The name that Prometheus shows; a histogram's have endings on top.</summary>
    public string ExposedName => Kind == MetricKind.Counter ? Name + "_total" : Name;

    /// <summary>A number that only grows.</summary>
    /// <param name="name">Its name, without what all have in common.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="help">What it tells.</param>
    public static MetricDefinition Counter(string name, ImmutableArray<string> labels, string help) =>
        new(Prefix + name, MetricKind.Counter, labels, help);

    /// <summary>A number that goes up and down.</summary>
    /// <param name="name">Its name, without what all have in common.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="help">What it tells.</param>
    public static MetricDefinition Gauge(string name, ImmutableArray<string> labels, string help) =>
        new(Prefix + name, MetricKind.Gauge, labels, help);

    /// <summary>How many times a value was at most so much.</summary>
    /// <param name="name">Its name, without what all have in common.</param>
    /// <param name="bounds">Upper bounds of its buckets, rising.</param>
    /// <param name="help">What it tells.</param>
    public static MetricDefinition Histogram(string name, ImmutableArray<double> bounds, string help) =>
        new(Prefix + name, MetricKind.Histogram, [], help) { Bounds = bounds };
}
