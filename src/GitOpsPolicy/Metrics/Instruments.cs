using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace GitOpsPolicy.Metrics;

/// <summary>
/// The instruments of a program by its table of metrics, and what they measured, for Prometheus to fetch. They are the platform's
/// own, so that <c>dotnet-counters</c> and the like see them too.
/// </summary>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class Instruments : IDisposable
{
    private readonly Meter meter;
    private readonly MetricRegistry registry;

    /// <summary>Sets a meter up, with the figures of the process.</summary>
    /// <param name="meterName">Name of the meter.</param>
    /// <param name="table">Every metric there is.</param>
    public Instruments(string meterName, ImmutableArray<MetricDefinition> table)
    {
        meter = new(meterName);
        registry = new(meter, table);
        ProcessFigures.AddTo(meter);
    }

    /// <summary>The meter, for instruments that stand in no table.</summary>
    public Meter Meter => meter;

    /// <summary>The instrument that counts for a metric.</summary>
    public Counter<long> Counter(MetricDefinition metric) => meter.CreateCounter<long>(metric.Name, description: metric.Help);

    /// <summary>The instrument that measures for a metric, in seconds.</summary>
    public Histogram<double> Histogram(MetricDefinition metric) =>
        meter.CreateHistogram(
            metric.Name, "s", metric.Help, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = metric.Bounds });

    /// <summary>Shows, at every scrape, what a metric is then; a value may be missing.</summary>
    public void Observe(MetricDefinition metric, Func<IEnumerable<Measurement<double>>> read) =>
        meter.CreateObservableGauge(
            metric.Name,
            () =>
            {
                registry.Forget(metric);
                return read();
            },
            description: metric.Help);

    /// <summary>Writes all metrics as they are now, in the text format of Prometheus.</summary>
    public void WriteTo(IBufferWriter<byte> output) => registry.Write(output);

    /// <inheritdoc/>
    public void Dispose()
    {
        registry.Dispose();
        meter.Dispose();
    }
}
