using System.Text.Json;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Authoring.Formatting;

/// <summary>
/// Puts the keys of a document into the order in which the schema names them, and marks what may be wrapped. Names that are the
/// user's own, and everything in objects of others, stay in their order.
/// </summary>
internal static class CanonicalOrder
{
    private static readonly JsonElement Schema = JsonDocument.Parse(AuthoringData.Read(AuthoringData.SchemaFile)).RootElement;

    /// <summary>Orders a document. Where a value stands for another one, the order counts and stays.</summary>
    public static void Apply(WrittenDocument document)
    {
        var kind = (document.Root["kind"] as WrittenScalar)?.Text ?? "";
        if (Schema.GetProperty("definitions").TryGetProperty(kind, out var definition))
            Apply(document.Root, definition, !document.HasAliases);
    }

    private static void Apply(WrittenNode node, JsonElement schema, bool mayOrder)
    {
        var shape = Shape(schema, node);
        switch (node)
        {
            case WrittenMapping mapping when shape.ValueKind == JsonValueKind.Object:
                Order(mapping, shape, mayOrder);
                break;
            case WrittenList list when shape.ValueKind == JsonValueKind.Object && shape.TryGetProperty("items", out var items):
                foreach (var element in list.Elements) Apply(element.Value, items, mayOrder);
                break;
            case WrittenScalar scalar:
                scalar.MayWrap = Wraps(schema);
                break;
            default:
                break;
        }
    }

    private static void Order(WrittenMapping mapping, JsonElement shape, bool mayOrder)
    {
        var hasFields = shape.TryGetProperty("properties", out var properties);
        var fields = hasFields
            ? properties.EnumerateObject()
                .Select((field, i) => (field.Name, i))
                .ToDictionary(f => f.Name, f => f.i, StringComparer.Ordinal)
            : [];
        var hasOthers = shape.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object;
        foreach (var entry in mapping.Entries)
        {
            if (hasFields && properties.TryGetProperty(entry.Key.Text, out var field)) Apply(entry.Value, field, mayOrder);
            else if (hasOthers) Apply(entry.Value, others, mayOrder);
        }

        if (!mayOrder || !mapping.Entries.TrueForAll(entry => fields.ContainsKey(entry.Key.Text))) return;
        var ordered = mapping.Entries.OrderBy(entry => fields[entry.Key.Text]).ToList();
        mapping.Entries.Clear();
        mapping.Entries.AddRange(ordered);
    }

    /// <summary>
    /// The part of the schema that is about this kind of value, references and choices followed; undefined when nothing is.
    /// </summary>
    private static JsonElement Shape(JsonElement schema, WrittenNode node)
    {
        if (schema.TryGetProperty("$ref", out var reference)) return Shape(Resolve(reference), node);
        if (schema.TryGetProperty("if", out var condition))
            return Shape(schema.GetProperty(Holds(condition, node) ? "then" : "else"), node);
        if (Fits(schema, node)) return schema;
        return schema.TryGetProperty("anyOf", out var options)
            ? options.EnumerateArray()
                .Select(option => Shape(option, node))
                .FirstOrDefault(shape => shape.ValueKind == JsonValueKind.Object)
            : default;
    }

    private static bool Fits(JsonElement schema, WrittenNode node) => node switch
    {
        WrittenList => schema.TryGetProperty("items", out _),
        WrittenMapping mapping => schema.TryGetProperty("properties", out var fields)
            ? !schema.TryGetProperty("minProperties", out _)
                || mapping.Entries.TrueForAll(entry => fields.TryGetProperty(entry.Key.Text, out _))
            : schema.TryGetProperty("additionalProperties", out _),
        _ => false,
    };

    // The two conditions that the schema knows: a list, and a mapping with some field.
    private static bool Holds(JsonElement condition, WrittenNode node) => condition.TryGetProperty("required", out var required)
        ? node is WrittenMapping mapping && required.EnumerateArray().All(name => mapping[name.GetString()!] is not null)
        : node is WrittenList;

    private static bool Wraps(JsonElement schema) =>
        (schema.TryGetProperty("$comment", out var remark) && remark.GetString() == "wraps")
            || (schema.TryGetProperty("$ref", out var reference) && Wraps(Resolve(reference)));

    private static JsonElement Resolve(JsonElement reference) =>
        reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(Schema, (element, step) => element.GetProperty(step));
}
