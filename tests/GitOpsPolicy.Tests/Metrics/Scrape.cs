using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GitOpsPolicy.Tests.Metrics;

/// <summary>
/// What Prometheus makes of a scrape, read strictly by the page "Exposition formats": one HELP and one TYPE before the lines of a
/// metric, all of them together, no labels twice, buckets that rise and end with the count.
/// </summary>
internal sealed partial class Scrape
{
    private readonly Dictionary<string, double> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> types = new(StringComparer.Ordinal);
    private readonly HashSet<string> closed = new(StringComparer.Ordinal);
    private (string Name, string Help, string Type) family;

    private Scrape(string text) => Text = text;

    /// <summary>The scrape as it came.</summary>
    public string Text { get; }

    /// <summary>Types of metrics by name.</summary>
    public IReadOnlyDictionary<string, string> Types => types;

    /// <summary>How many lines each metric has.</summary>
    public Dictionary<string, int> LineCounts { get; } = new(StringComparer.Ordinal);

    /// <summary>A number by its name and labels, as they are written.</summary>
    public double this[string series] =>
        values.TryGetValue(series, out var value) ? value : throw new KeyNotFoundException($"`{series}` is not in\n{Text}");

    /// <summary>Names and labels of all lines.</summary>
    public IEnumerable<string> Series => values.Keys;

    public static Scrape Of(Action<IBufferWriter<byte>> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(buffer);
        return Read(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    public static Scrape Read(string text)
    {
        var scrape = new Scrape(text);
        if (!text.EndsWith('\n')) throw new FormatException("the last line has no end");
        foreach (var line in text[..^1].Split('\n')) scrape.ReadLine(line);
        scrape.CheckHistograms();
        return scrape;
    }

    private void ReadLine(string line)
    {
        if (Help().Match(line) is { Success: true } help) Open(help.Groups["name"].Value, help.Groups["help"].Value);
        else if (Type().Match(line) is { Success: true } type) SetType(type.Groups["name"].Value, type.Groups["type"].Value);
        else if (Sample().Match(line) is { Success: true } sample) Add(sample);
        else throw new FormatException($"no line of the format: {line}");
    }

    private void Open(string name, string help)
    {
        if (help.Length == 0) throw new FormatException($"{name} has no help");
        if (family.Name is not null) closed.Add(family.Name);
        if (closed.Contains(name)) throw new FormatException($"{name} comes twice");
        family = (name, help, "");
    }

    private void SetType(string name, string type)
    {
        if (name != family.Name || family.Type.Length > 0)
            throw new FormatException($"the type of {name} is not where it belongs");
        if (type == "counter" != name.EndsWith("_total", StringComparison.Ordinal))
            throw new FormatException($"{name} is a {type}");
        family.Type = types[name] = type;
    }

    private void Add(Match sample)
    {
        var (name, labels) = (sample.Groups["name"].Value, sample.Groups["labels"].Value);
        var own = family.Type == "histogram" ? HistogramEnding().Replace(name, "") : name;
        if (own != family.Name || family.Type.Length == 0) throw new FormatException($"{name} stands under {family.Name}");
        var names = Label().Matches(labels).Select(static label => label.Groups["name"].Value).ToList();
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count) throw new FormatException($"a label twice: {labels}");
        if (!values.TryAdd(name + labels, Number(sample.Groups["value"].Value)))
            throw new FormatException($"{name}{labels} comes twice");
        LineCounts[own] = LineCounts.GetValueOrDefault(own) + 1;
    }

    private void CheckHistograms()
    {
        foreach (var name in types.Where(static type => type.Value == "histogram").Select(static type => type.Key))
        {
            foreach (var row in values.Where(value => value.Key.StartsWith(name + "_bucket{", StringComparison.Ordinal))
                .GroupBy(static value => Bound().Replace(value.Key, ""), StringComparer.Ordinal))
            {
                var buckets = row.Select(static value => value.Value).ToList();
                if (!buckets.SequenceEqual(buckets.Order())) throw new FormatException($"buckets of {row.Key} fall");
                var labels = row.Key[(name.Length + "_bucket".Length)..].Replace("{}", "", StringComparison.Ordinal);
                if (buckets[^1] != values[name + "_count" + labels]
                    || !row.Last().Key.EndsWith("le=\"+Inf\"}", StringComparison.Ordinal))
                    throw new FormatException($"the last bucket of {row.Key} is not its count");
            }
        }
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(
        """^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<help>([^\\\n]|\\\\|\\n)*)$""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Help();

    [GeneratedRegex(
        "^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Type();

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>(\{[a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\\\|\\"|\\n)*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\\\|\\"|\\n)*")*\})?) (?<value>[-+0-9.eEInf]+)$""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Sample();

    [GeneratedRegex("""[{,](?<name>[a-zA-Z_][a-zA-Z0-9_]*)="([^"\\]|\\.)*(?=")""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Label();

    [GeneratedRegex(""",?le="[^"]*"(?=\}$)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Bound();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex HistogramEnding();
}
