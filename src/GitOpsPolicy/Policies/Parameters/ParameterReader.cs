using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies.Parameters;

/// <summary>Reads the parameters that a rule declares.</summary>
internal static class ParameterReader
{
    /// <summary>Reads all of them, in the order of the rule.</summary>
    public static ImmutableArray<Parameter> Read(ImmutableArray<MappingEntry> declared, ProblemList problems)
    {
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        foreach (var (name, _, node) in declared)
        {
            if (node is ScalarNode { Kind: NodeKind.String })
            {
                parameters.Add(new(name, ReadSchema(node, name, problems), null, null));
                continue;
            }

            if (Reads.Mapping(node, name, problems) is not { } mapping) continue;
            var fields = new FieldReader(mapping, problems);
            var (@default, ask) = (fields.Any("default"), fields.Text("ask"));
            var schema = ReadSchema(fields);
            fields.Finish();
            if (@default is not null && ask is not null)
                problems.Add(
                    fields.PlaceOf("ask"), $"`{name}` has both `ask` and `default`", "a parameter with a default asks nothing");
            if (@default is not null) schema.Check(@default, name, problems);
            parameters.Add(new(name, schema, @default, ask));
        }

        return parameters.ToImmutable();
    }

    private static ParameterSchema ReadSchema(Node node, string name, ProblemList problems)
    {
        if (node is ScalarNode) return new() { Type = Reads.Word<ParameterType>(node, name, problems) ?? ParameterType.String };
        if (Reads.Mapping(node, name, problems) is not { } mapping) return new() { Type = ParameterType.String };
        var fields = new FieldReader(mapping, problems);
        var schema = ReadSchema(fields);
        fields.Finish();
        return schema;
    }

    private static ParameterSchema ReadSchema(FieldReader fields)
    {
        fields.Require("type");
        var properties = ImmutableSortedDictionary.CreateBuilder<string, ParameterSchema>(StringComparer.Ordinal);
        foreach (var (name, _, node) in fields.Entries("properties")) properties[name] = ReadSchema(node, name, fields.Problems);
        return new()
        {
            Type = fields.Word<ParameterType>("type") ?? ParameterType.String,
            Items = fields.Any("items") is { } items ? ReadSchema(items, "items", fields.Problems) : null,
            Properties = properties.ToImmutable(),
            AdditionalProperties = fields.Any("additionalProperties") is { } more
                ? ReadSchema(more, "additionalProperties", fields.Problems)
                : null,
            Enum = [.. fields.Items("enum").Where(n => IsScalar(n, fields.Problems))],
            Pattern = fields.Any("pattern") is { } pattern ? Patterns.Expression.Read(pattern, "pattern", fields.Problems) : null,
            Range = (Number(fields, "minimum"), Number(fields, "maximum")),
            Length = (Either(fields, "minItems", "minLength"), Either(fields, "maxItems", "maxLength")),
            Description = fields.Text("description"),
        };
    }

    private static bool IsScalar(Node node, ProblemList problems)
    {
        if (node is ScalarNode) return true;
        problems.Add(node, $"`enum` holds plain values, not {Reads.Describe(node)}");
        return false;
    }

    private static double? Number(FieldReader fields, string name)
    {
        if (fields.Any(name) is not { } node) return null;
        if (node is ScalarNode { Kind: NodeKind.Number } scalar) return scalar.Number;
        fields.Problems.Add(node, $"`{name}` must be a number, not {Reads.Describe(node)}");
        return null;
    }

    private static int? Either(FieldReader fields, string items, string length)
    {
        var (ofItems, ofLength) = (fields.Integer(items), fields.Integer(length));
        return ofItems ?? ofLength;
    }
}
