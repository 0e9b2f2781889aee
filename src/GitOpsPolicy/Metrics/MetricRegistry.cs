using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Text;

namespace GitOpsPolicy.Metrics;

/// <summary>Keeps what the instruments of one meter measure.</summary>
/// <threadsafety>Safe from any thread.</threadsafety>
internal sealed class MetricRegistry : IDisposable
{
    private readonly ImmutableArray<MetricDefinition> table;
    private readonly MeterListener listener = new();
    private readonly Lock scrape = new();
    private readonly ConcurrentDictionary<string, Family> families = new(StringComparer.Ordinal);

    /// <summary>Listens to the instruments that a meter gets from now on.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="table">Every metric there is.</param>
    public MetricRegistry(Meter meter, ImmutableArray<MetricDefinition> table)
    {
        this.table = table;
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
                self.EnableMeasurementEvents(
                    instrument, families.GetOrAdd(instrument.Name, (_, i) => new(Describe(i)), instrument));
        };
        listener.SetMeasurementEventCallback<long>(static (instrument, value, labels, family) => Measured(
            instrument, value, labels, family));
        listener.SetMeasurementEventCallback<double>(Measured);
        listener.Start();
    }

    /// <summary>Writes all metrics as they are now.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        var text = new StringBuilder(16 << 10);
        lock (scrape)
        {
            listener.RecordObservableInstruments();
            foreach (var family in families.Values.OrderBy(static family => family.Definition.Name, StringComparer.Ordinal))
                PrometheusText.Write(text, family);
        }

        WriteDropped(text);
        PrometheusText.Encode(text, output);
    }

    /// <summary>
    /// Forgets the rows of metrics that are observed at every scrape, so that none stays that is no longer there.
    /// </summary>
    public void Forget(MetricDefinition metric) => families[metric.Name].Clear();

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private static void Measured(
        Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels, object? family)
    {
        var row = ((Family)family!).Row(labels);
        if (instrument is Counter<long> or Counter<double> or Histogram<double>) row.Add(value);
        else row.Set(value);
    }

    // An instrument that the table does not know is shown all the same: a forgotten line there must not hide what happens.
    private MetricDefinition Describe(Instrument instrument) =>
        table.FirstOrDefault(metric => string.Equals(metric.Name, instrument.Name, StringComparison.Ordinal))
        ?? new(instrument.Name, KindOf(instrument), [], instrument.Description ?? "");

    private static MetricKind KindOf(Instrument instrument) => instrument switch
    {
        Counter<long> or Counter<double> or ObservableCounter<long> or ObservableCounter<double> => MetricKind.Counter,
        Histogram<double> => MetricKind.Histogram,
        _ => MetricKind.Gauge,
    };

    private void WriteDropped(StringBuilder text)
    {
        PrometheusText.Head(text, MetricDefinition.SeriesDropped);
        foreach (var family in families.Values.OrderBy(static family => family.Definition.Name, StringComparer.Ordinal))
            if (!family.Definition.Labels.IsEmpty)
                PrometheusText.Line(
                    text, MetricDefinition.SeriesDropped.ExposedName, $"{{metric=\"{family.Definition.ExposedName}\"}}",
                    family.Dropped);
    }
}
