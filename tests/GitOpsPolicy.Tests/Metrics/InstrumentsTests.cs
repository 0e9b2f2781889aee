using System.Globalization;
using System.Text;
using GitOpsPolicy.Metrics;
using Xunit;

namespace GitOpsPolicy.Tests.Metrics;

/// <summary>What every program tells Prometheus, whatever its table says.</summary>
public sealed class InstrumentsTests
{
    private static readonly MetricDefinition Counted = MetricDefinition.Counter("counted", ["rule", "decision"], "Counted.");
    private static readonly MetricDefinition Timed = MetricDefinition.Histogram("timed_seconds", [0.1, 1], "Timed.");
    private static readonly MetricDefinition Seen = MetricDefinition.Gauge("seen", ["unit"], "Seen.");

    [Fact]
    public void Hostile_labels_without_end_stay_a_small_scrape_and_true_sums()
    {
        using var instruments = new Instruments("GitOpsPolicy.Tests.Hostile", [Counted]);
        var counter = instruments.Counter(Counted);
        var unlisted = instruments.Meter.CreateHistogram<double>("gitops_policy_unlisted_seconds", description: "In no table.");
        string[] nasty = ["\"} 1\nforged 7\n", "\\", "\u2028", "\ud800", "🦀", new('x', 10_000), "", "a,b=\"c\""];
        for (var i = 0; i < 100_000; i++)
        {
            var label = nasty[i % nasty.Length] + i.ToString(CultureInfo.InvariantCulture);
            counter.Add(1, new("rule", label), new("decision", i % 3 == 0 ? "deny" : "warn"));
            unlisted.Record(0.1, new KeyValuePair<string, object?>("rule", label));
        }

        var scrape = Scrape.Of(instruments.WriteTo);
        Assert.All(scrape.LineCounts, static metric => Assert.InRange(metric.Value, 1, 1_000));
        Assert.InRange(Encoding.UTF8.GetByteCount(scrape.Text), 1, 1_000_000);
        Assert.Equal(
            100_000,
            scrape.Series.Where(static name => name.StartsWith("gitops_policy_counted_total", StringComparison.Ordinal))
                .Sum(name => scrape[name]));
        Assert.InRange(scrape["gitops_policy_counted_total{rule=\"other\",decision=\"deny\"}"], 28_000, 33_334);
        Assert.InRange(scrape["gitops_policy_series_dropped_total{metric=\"gitops_policy_counted_total\"}"], 80_000, 100_000);
        Assert.DoesNotContain(scrape.Text.Split('\n'), static line => line.StartsWith("forged", StringComparison.Ordinal));
    }

    [Fact]
    public void A_histogram_has_the_bounds_of_its_table()
    {
        using var instruments = new Instruments("GitOpsPolicy.Tests.Timed", [Timed]);
        var histogram = instruments.Histogram(Timed);
        foreach (var seconds in (double[])[0.05, 0.5, 0.5, 7]) histogram.Record(seconds);
        var scrape = Scrape.Of(instruments.WriteTo);
        Assert.Equal(1, scrape["gitops_policy_timed_seconds_bucket{le=\"0.1\"}"]);
        Assert.Equal(3, scrape["gitops_policy_timed_seconds_bucket{le=\"1\"}"]);
        Assert.Equal(4, scrape["gitops_policy_timed_seconds_count"]);
    }

    [Fact]
    public void What_is_observed_and_gone_is_no_longer_told()
    {
        using var instruments = new Instruments("GitOpsPolicy.Tests.Seen", [Seen]);
        string[] units = ["a", "b"];
        instruments.Observe(
            Seen,
            () => units.Select(static unit => new System.Diagnostics.Metrics.Measurement<double>(
                1, new KeyValuePair<string, object?>("unit", unit))));
        Assert.Equal(2, Scrape.Of(instruments.WriteTo).LineCounts["gitops_policy_seen"]);
        units = ["b"];
        var scrape = Scrape.Of(instruments.WriteTo);
        Assert.Equal(1, scrape.LineCounts["gitops_policy_seen"]);
        Assert.Equal(1, scrape["gitops_policy_seen{unit=\"b\"}"]);
    }

    [Fact]
    public void Every_program_tells_its_age_memory_and_processor_time()
    {
        using var instruments = new Instruments("GitOpsPolicy.Tests.Process", []);
        var scrape = Scrape.Of(instruments.WriteTo);
        Assert.All(
            (string[])["process_cpu_seconds_total", "process_resident_memory_bytes", "process_start_time_seconds"],
            name => Assert.True(scrape[name] > 0));
    }
}
