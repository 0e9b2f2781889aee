using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script;

namespace GitOpsPolicy.Policies.Parameters;

/// <summary>Types a parameter may have.</summary>
internal enum ParameterType
{
    /// <summary>Text.</summary>
    String,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Any number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A list.</summary>
    Array,

    /// <summary>Values by name.</summary>
    Object,
}

/// <summary>What the value of a parameter has to be.</summary>
internal sealed record ParameterSchema
{
    /// <summary>Its type.</summary>
    public required ParameterType Type { get; init; }

    /// <summary>What each element of a list has to be; null when anything will do.</summary>
    public ParameterSchema? Items { get; init; }

    /// <summary>What the values of an object have to be, by name.</summary>
    public ImmutableSortedDictionary<string,
        ParameterSchema> Properties { get; init; } = ImmutableSortedDictionary.Create<string, ParameterSchema>(
        StringComparer.Ordinal);

    /// <summary>What every other value of an object has to be; null when there may be no other.</summary>
    public ParameterSchema? AdditionalProperties { get; init; }

    /// <summary>The only values allowed; empty when all are.</summary>
    public ImmutableArray<Node> Enum { get; init; } = [];

    /// <summary>What has to be found in a text; null when anything will do.</summary>
    public TextPattern? Pattern { get; init; }

    /// <summary>Limits on a number.</summary>
    public (double? Least, double? Most) Range { get; init; }

    /// <summary>Limits on how many elements a list has, or characters a text.</summary>
    public (int? Least, int? Most) Length { get; init; }

    /// <summary>For whoever sets it; null when the rule does not say.</summary>
    public string? Description { get; init; }

    /// <summary>Reports everything in which <paramref name="value"/> is not what it has to be.</summary>
    /// <param name="value">What was given.</param>
    /// <param name="name">The parameter, and below it the path to the value, as messages show it.</param>
    /// <param name="problems">Where mistakes go.</param>
    public void Check(Node value, string name, ProblemList problems)
    {
        if (!IsOfType(value))
        {
            problems.Add(value, $"`{name}` must be {Article(Type)}, not {Reads.Describe(value)}");
            return;
        }

        CheckLimits(value, name, problems);
        switch (value)
        {
            case SequenceNode list when Items is not null:
                for (var i = 0; i < list.Count; i++) Items.Check(list[i], $"{name}[{i}]", problems);
                break;
            case MappingNode mapping:
                CheckProperties(mapping, name, problems);
                break;
            default:
                break;
        }
    }

    private void CheckProperties(MappingNode mapping, string name, ProblemList problems)
    {
        foreach (var entry in mapping.Entries)
        {
            if ((Properties.GetValueOrDefault(entry.Key) ?? AdditionalProperties) is { } schema)
                schema.Check(entry.Value, $"{name}.{entry.Key}", problems);
            else
                problems.Add(entry.Value, $"unknown field `{entry.Key}` in `{name}`{Suggestion.For(entry.Key, Properties.Keys)}");
        }
    }

    private void CheckLimits(Node value, string name, ProblemList problems)
    {
        if (!Enum.IsEmpty && !Enum.Any(allowed => NodeEquality.AreEqual(allowed, value)))
            problems.Add(value, $"`{name}` must be one of {string.Join(", ", Enum.Select(e => $"`{((ScalarNode)e).Text}`"))}");
        if (value is ScalarNode { Kind: NodeKind.String } text && Pattern is not null && !Pattern.IsMatch(text.Text))
            problems.Add(value, $"`{name}` does not match `{Pattern}`");
        if (value is ScalarNode { Kind: NodeKind.Number } number && (number.Number < Range.Least || number.Number > Range.Most))
            problems.Add(value, $"`{name}` must be {Between(Range.Least, Range.Most)}, not {number.Text}");
        var (length, unit) = value switch
        {
            SequenceNode list => (list.Count, "elements"),
            ScalarNode { Kind: NodeKind.String } s => (s.Text.Length, "characters"),
            _ => (0, ""),
        };
        if (unit.Length > 0 && (length < Length.Least || length > Length.Most))
            problems.Add(value, $"`{name}` must have {Between(Length.Least, Length.Most)} {unit}, not {length}");
    }

    private bool IsOfType(Node value) => (Type, value.Kind) switch
    {
        (ParameterType.String, NodeKind.String) => true,
        (ParameterType.Integer, NodeKind.Number) => ((ScalarNode)value).Number is var n && Math.Truncate(n) == n,
        (ParameterType.Number, NodeKind.Number) => true,
        (ParameterType.Boolean, NodeKind.Boolean) => true,
        (ParameterType.Array, NodeKind.Sequence) => true,
        (ParameterType.Object, NodeKind.Mapping) => true,
        _ => false,
    };

    private static string Article(ParameterType type) => type switch
    {
        ParameterType.String => "text",
        ParameterType.Integer => "a whole number",
        ParameterType.Number => "a number",
        ParameterType.Boolean => "true or false",
        ParameterType.Array => "a list",
        _ => "a mapping",
    };

    private static string Between<T>(T? least, T? most)
        where T : struct => (least, most) switch
    {
        (null, { } m) => $"at most {m}",
        ({ } l, null) => $"at least {l}",
        _ => $"{least} to {most}",
    };
}

/// <summary>One parameter that a rule declares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">What its value has to be.</param>
/// <param name="Default">Its value while nobody sets it; null for none.</param>
/// <param name="Ask">The question that only the user can answer; while it is unset the rule is not applied. Null for an ordinary
/// parameter.</param>
internal sealed record Parameter(string Name, ParameterSchema Schema, Node? Default, string? Ask);
