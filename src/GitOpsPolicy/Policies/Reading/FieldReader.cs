using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Policies.Reading;

/// <summary>
/// Reads the fields of one mapping that a user wrote. Every field asked for counts as known; <see cref="Finish"/> reports the
/// rest. A value of the wrong kind is reported and reads as absent, so reading goes on and finds the other mistakes too.
/// </summary>
/// <param name="mapping">What is read.</param>
/// <param name="problems">Where mistakes go.</param>
public sealed class FieldReader(MappingNode mapping, ProblemList problems)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>What is read.</summary>
    public MappingNode Mapping { get; } = mapping;

    /// <summary>Where mistakes go.</summary>
    public ProblemList Problems { get; } = problems;

    /// <summary>
    /// Opens a document of the product's: <c>apiVersion</c>, <c>kind</c>, <c>metadata</c> with its name, and <c>spec</c>, which
    /// is left to read. False when there is no <c>spec</c>. Mistakes are reported.
    /// </summary>
    public static bool TryOpen(
        MappingNode document, ProblemList problems, out string name, [NotNullWhen(true)] out FieldReader? spec)
    {
        var top = new FieldReader(document, problems);
        top.Any("apiVersion");
        top.Any("kind");
        name = ReadName(top);
        top.Require("spec");
        var hasSpec = top.TryGetFields("spec", out spec);
        top.Finish();
        return hasSpec;
    }

    // Of the metadata only the name counts.
    private static string ReadName(FieldReader top)
    {
        top.Require("metadata");
        if (!top.TryGetFields("metadata", out var metadata)) return "";
        var name = RuleMetadataReader.ReadName(metadata);
        metadata.Any("labels");
        metadata.Any("annotations");
        metadata.Finish();
        return name;
    }

    /// <summary>The field is there, whatever its value.</summary>
    public bool Has(string name) => Mapping.IndexOf(name) >= 0;

    /// <summary>Where a field's name stands; the mapping itself when there is no such field.</summary>
    public SourceLocation PlaceOf(string name)
    {
        var at = Mapping.IndexOf(name);
        return at >= 0 && Mapping.Document is { } document
            ? document.Source.At(Mapping.Entries[at].KeyPosition)
            : Mapping.Location;
    }

    /// <summary>A field of any kind; null when it is absent.</summary>
    public Node? Any(string name)
    {
        known.Add(name);
        return Mapping[name];
    }

    /// <summary>Says that a field has to be there; false when it is not.</summary>
    public bool Require(string name, string? hint = null)
    {
        known.Add(name);
        if (Has(name)) return true;
        Problems.Add(Mapping.Location, $"`{name}` is missing", hint);
        return false;
    }

    /// <summary>A text field; null when absent.</summary>
    public string? Text(string name) => Any(name) is { } node ? Reads.Text(node, name, Problems) : null;

    /// <summary>A text field that has to be there and not be empty; the empty text when it is not.</summary>
    public string RequiredText(string name)
    {
        if (!Require(name)) return "";
        var text = Text(name);
        if (text is not null && string.IsNullOrWhiteSpace(text)) Problems.Add(Mapping[name]!, $"`{name}` is empty");
        return text ?? "";
    }

    /// <summary>A field that is <c>true</c> or <c>false</c>; null when absent.</summary>
    public bool? Flag(string name)
    {
        if (Any(name) is not { } node) return null;
        if (node is ScalarNode { Kind: NodeKind.Boolean } scalar) return scalar.IsTrue;
        Problems.Add(node, $"`{name}` must be true or false, not {Reads.Describe(node)}");
        return null;
    }

    /// <summary>A field that is a whole number; null when absent.</summary>
    public int? Integer(string name)
    {
        if (Any(name) is not { } node) return null;
        if (node is ScalarNode { Kind: NodeKind.Number } scalar && int.TryParse(scalar.Text, out var number)) return number;
        Problems.Add(node, $"`{name}` must be a whole number, not {Reads.Describe(node)}");
        return null;
    }

    /// <summary>A field that is a duration as Go writes them, such as <c>1m30s</c>; null when absent.</summary>
    public TimeSpan? Duration(string name)
    {
        if (Text(name) is not { } text) return null;
        if (GoDuration.TryParse(text, out var duration)) return duration;
        Problems.Add(Mapping[name]!, $"`{name}` must be a duration such as 30s, 5m or 1h30m, not `{text}`");
        return null;
    }

    /// <summary>A field that is one of an enumeration's words; null when absent.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum => Any(name) is { } node ? Reads.Word<T>(node, name, Problems) : null;

    /// <summary>A field that is a list of an enumeration's words; empty when absent.</summary>
    public ImmutableArray<T> WordList<T>(string name)
        where T : struct, Enum => [.. Items(name).Select(n => Reads.Word<T>(n, name, Problems)).OfType<T>()];

    /// <summary>A field that is a list of texts, or one text alone; empty when absent.</summary>
    public ImmutableArray<string> TextList(string name) =>
        [.. Items(name).Select(n => Reads.Text(n, name, Problems)).OfType<string>()];

    /// <summary>The elements of a field that is a list, or the one value it is; none when absent.</summary>
    public ImmutableArray<Node> Items(string name) => Any(name) switch
    {
        null => [],
        SequenceNode sequence => [.. sequence.Items],
        { } single => [single],
    };

    /// <summary>A field that is a mapping; false when it is absent or no mapping.</summary>
    public bool TryGetFields(string name, [NotNullWhen(true)] out FieldReader? fields)
    {
        fields = Any(name) is { } node && Reads.Mapping(node, name, Problems) is { } child ? new(child, Problems) : null;
        return fields is not null;
    }

    /// <summary>The entries of a field that maps names to values; none when absent.</summary>
    public ImmutableArray<MappingEntry> Entries(string name) =>
        Any(name) is { } node && Reads.Mapping(node, name, Problems) is { } child ? [.. child.Entries] : [];

    /// <summary>Reports every field that nobody asked for.</summary>
    public void Finish()
    {
        foreach (ref readonly var entry in Mapping.Entries)
        {
            if (known.Contains(entry.Key)) continue;
            var hint = Suggestion.For(entry.Key, known);
            var message = $"unknown field `{entry.Key}`{hint}";
            Problems.Add(
                PlaceOf(entry.Key), message,
                hint.Length == 0 ? "known here: " + string.Join(", ", known.Order(StringComparer.Ordinal)) : null);
        }
    }
}

/// <summary>Reads single values that a user wrote.</summary>
internal static class Reads
{
    /// <summary>The text of a value, or null and a problem.</summary>
    public static string? Text(Node node, string name, ProblemList problems)
    {
        if (node is ScalarNode { Kind: NodeKind.String } scalar) return scalar.Text;
        var hint = node.Kind switch
        {
            NodeKind.Boolean => "YAML takes words such as `y` and `on` for true or false; write it in quotes",
            NodeKind.Number => "write it in quotes",
            _ => null,
        };
        problems.Add(node, $"`{name}` must be text, not {Describe(node)}", hint);
        return null;
    }

    /// <summary>The mapping a value is, or null and a problem.</summary>
    public static MappingNode? Mapping(Node node, string name, ProblemList problems)
    {
        if (node is MappingNode mapping) return mapping;
        problems.Add(node, $"`{name}` must be a mapping, not {Describe(node)}");
        return null;
    }

    /// <summary>The member that a word names, or null and a problem.</summary>
    public static T? Word<T>(Node node, string name, ProblemList problems)
        where T : struct, Enum
    {
        // YAML reads a bare `off` as false.
        if (node is ScalarNode { Kind: NodeKind.Boolean, IsTrue: false } && Words<T>.TryParse("off", out var off)) return off;
        if (Text(node, name, problems) is not { } text) return null;
        if (Words<T>.TryParse(text, out var value)) return value;
        var words = Words<T>.All;
        problems.Add(node, $"unknown `{name}` value `{text}`{Suggestion.For(text, words)}", "one of " + string.Join(", ", words));
        return null;
    }

    /// <summary>What kind of value it is, in words, with the value itself where it is short.</summary>
    public static string Describe(Node node) => node switch
    {
        SequenceNode => "a list",
        MappingNode => "a mapping",
        ScalarNode { Kind: NodeKind.Null } => "null",
        ScalarNode { Kind: NodeKind.String } => "text",
        ScalarNode { Kind: NodeKind.Boolean } scalar => $"`{scalar.Text}`",
        ScalarNode scalar => $"the number `{(scalar.Text.Length > 40 ? scalar.Text[..40] : scalar.Text)}`",
        _ => "that",
    };
}
