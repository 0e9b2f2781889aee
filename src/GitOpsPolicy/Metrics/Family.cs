using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;

namespace GitOpsPolicy.Metrics;

/// <summary>
/// All rows of one metric. When there are too many, what comes on top is counted with <c>other</c> as first label, and with all
/// labels <c>other</c> when even these are too many: sums stay true, and a scrape stays small.
/// </summary>
/// <param name="definition">The metric.</param>
/// <threadsafety>Safe from any thread.</threadsafety>
internal sealed class Family(MetricDefinition definition)
{
    /// <summary>Lines that one metric may have in a scrape.</summary>
    public const int MaxLines = 1_000;

    private const string Other = "other";
    private const int MaxLabelLength = 80;

    private readonly ConcurrentDictionary<string, Series> series = new(StringComparer.Ordinal);
    private readonly ImmutableArray<double> bounds = definition.Bounds;
    private long dropped;

    /// <summary>The metric.</summary>
    public MetricDefinition Definition => definition;

    /// <summary>Measurements that were counted under <c>other</c>.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Upper bounds of a histogram's buckets.</summary>
    public ImmutableArray<double> Bounds => bounds;

    // Buckets, the one without a bound, sum and count are a line each. A tenth is kept for rows of `other`.
    private int MaxSeries => MaxLines / (definition.Kind == MetricKind.Histogram ? bounds.Length + 3 : 1);

    private int MaxNamed => MaxSeries - MaxSeries / 10;

    /// <summary>The rows, by their labels as a scrape shows them, in order.</summary>
    public ImmutableArray<(string Labels, Series Series)> Rows() =>
        [.. series.OrderBy(static row => row.Key, StringComparer.Ordinal).Select(static row => (row.Key, row.Value))];

    /// <summary>Forgets all rows, before they are observed anew.</summary>
    public void Clear() => series.Clear();

    /// <summary>The row for some labels.</summary>
    public Series Row(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var named = Render(labels, static (_, value) => value);
        if (series.TryGetValue(named, out var known)) return known;
        if (series.Count < MaxNamed) return Add(named);
        Interlocked.Increment(ref dropped);
        var folded = Render(labels, static (index, value) => index == 0 ? Other : value);
        if (series.TryGetValue(folded, out known)) return known;
        return series.Count < MaxSeries - 1 ? Add(folded) : Add(Render(labels, static (_, _) => Other));
    }

    private Series Add(string labels) => series.GetOrAdd(labels, static (_, bounds) => new(bounds), bounds);

    private static string Render(ReadOnlySpan<KeyValuePair<string, object?>> labels, Func<int, string, string> choose)
    {
        if (labels.IsEmpty) return "";
        var text = new StringBuilder(128);
        for (var i = 0; i < labels.Length; i++)
        {
            text.Append(i == 0 ? '{' : ',').Append(labels[i].Key).Append("=\"");
            PrometheusText.AppendEscaped(text, Cut(choose(i, labels[i].Value?.ToString() ?? "")));
            text.Append('"');
        }

        return text.Append('}').ToString();
    }

    private static string Cut(string value) =>
        value.Length <= MaxLabelLength
            ? value
            : value[..(char.IsHighSurrogate(value[MaxLabelLength - 2]) ? MaxLabelLength - 2 : MaxLabelLength - 1)] + "…";
}
