using System.Buffers;
using System.Globalization;
using System.Text;

namespace GitOpsPolicy.Metrics;

/// <summary>Writes metrics in the text format of Prometheus, version 0.0.4 (prometheus.io, "Exposition formats").</summary>
public static class PrometheusText
{
    /// <summary>The media type of what is written.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const string InfinityBound = "+Inf";

    /// <summary>Writes a metric; nothing when it has no rows.</summary>
    internal static void Write(StringBuilder text, Family family)
    {
        var rows = family.Rows();
        if (rows.IsEmpty) return;
        Head(text, family.Definition);
        foreach (var (labels, series) in rows)
        {
            if (family.Definition.Kind == MetricKind.Histogram) Histogram(text, family, labels, series);
            else Line(text, family.Definition.ExposedName, labels, series.Read().Sum);
        }
    }

    /// <summary>Writes what a metric is.</summary>
    internal static void Head(StringBuilder text, MetricDefinition metric)
    {
        text.Append("# HELP ")
            .Append(metric.ExposedName)
            .Append(' ')
            .Append(metric.Help.Replace("\\", "\\\\", StringComparison.Ordinal))
            .Append('\n');
        var type = metric.Kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Gauge => "gauge",
            MetricKind.Histogram => "histogram",
            _ => throw new ArgumentException($"No type for {metric.Kind}.", nameof(metric)),
        };
        text.Append("# TYPE ").Append(metric.ExposedName).Append(' ').Append(type).Append('\n');
    }

    /// <summary>Writes one number.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="name">Name of the metric with its ending.</param>
    /// <param name="labels">Its labels with their braces, or nothing.</param>
    /// <param name="value">The number.</param>
    internal static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels).Append(' ').Append(Number(value)).Append('\n');

    /// <summary>Writes a label's value. Only these three characters need it; what is no text becomes U+FFFD.</summary>
    internal static void AppendEscaped(StringBuilder text, ReadOnlySpan<char> value)
    {
        foreach (var rune in value.EnumerateRunes())
            _ = rune.Value switch
            {
                '\\' => text.Append("\\\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append("\\n"),
                _ => text.Append(rune.ToString()),
            };
    }

    /// <summary>Encodes what was written.</summary>
    internal static void Encode(StringBuilder text, IBufferWriter<byte> output)
    {
        foreach (var chunk in text.GetChunks()) Encoding.UTF8.GetBytes(chunk.Span, output);
    }

    private static void Histogram(StringBuilder text, Family family, string labels, Series series)
    {
        var (name, (sum, buckets)) = (family.Definition.Name, series.Read());
        var count = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            count += buckets[i];
            var bound = i < family.Bounds.Length ? Number(family.Bounds[i]) : InfinityBound;
            Line(
                text, name + "_bucket", labels.Length == 0 ? $"{{le=\"{bound}\"}}" : $"{labels.AsSpan(..^1)},le=\"{bound}\"}}",
                count);
        }

        Line(text, name + "_sum", labels, sum);
        Line(text, name + "_count", labels, count);
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
