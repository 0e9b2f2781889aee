using System.Text.Json;
using System.Text.RegularExpressions;

namespace GitOpsPolicy.Tests.Reports;

/// <summary>
/// Checks JSON against a schema of the keywords that our schemas use. A keyword that it does not know is an error, so that no
/// part of a schema is passed over.
/// </summary>
internal sealed class JsonSchema(JsonElement root)
{
    private static readonly HashSet<string> Remarks = new(
        ["$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "then", "else"], StringComparer.Ordinal);

    public static JsonSchema Parse(string text) => new(JsonDocument.Parse(text).RootElement);

    /// <summary>Every place where the value is not as the schema says; empty when it is.</summary>
    public List<string> Check(JsonElement value)
    {
        var wrong = new List<string>();
        Check(value, root, "", wrong);
        return wrong;
    }

    private void Check(JsonElement value, JsonElement schema, string at, List<string> wrong)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Remarks.Contains(keyword.Name) && !Holds(keyword.Name, keyword.Value, value, schema, at, wrong))
                wrong.Add($"{at}: {Clip(value)} breaks {keyword.Name}: {Clip(keyword.Value)}");
        }
    }

    private bool Holds(
        string keyword, JsonElement rule, JsonElement value, JsonElement schema, string at, List<string> wrong) => keyword switch
    {
        "$ref" => Descend(() => Check(value, Resolve(rule.GetString()!), at, wrong)),
        "type" =>
            rule.ValueKind == JsonValueKind.Array
                ? rule.EnumerateArray().Any(type => IsOfType(value, type.GetString()!))
                : IsOfType(value, rule.GetString()!),
        "const" => JsonElement.DeepEquals(value, rule),
        "enum" => rule.EnumerateArray().Any(option => JsonElement.DeepEquals(value, option)),
        "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.GetString()!),
        "minLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= rule.GetInt32(),
        "maxLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.Length <= rule.GetInt32(),
        "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.GetDouble(),
        "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() <= rule.GetDouble(),
        "minProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() >= rule.GetInt32(),
        "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= rule.GetInt32(),
        "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= rule.GetInt32(),
        "uniqueItems" =>
            value.ValueKind != JsonValueKind.Array
                || value.EnumerateArray()
                    .Select(item => item.GetRawText())
                    .Distinct(StringComparer.Ordinal)
                    .Count() == value.GetArrayLength(),
        "required" =>
            value.ValueKind != JsonValueKind.Object
                || rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        "items" => value.ValueKind != JsonValueKind.Array || Descend(() => CheckItems(value, rule, at, wrong)),
        "properties" => value.ValueKind != JsonValueKind.Object || Descend(() => CheckProperties(value, rule, at, wrong)),
        "additionalProperties" =>
            value.ValueKind != JsonValueKind.Object || Descend(() => CheckOthers(value, schema, rule, at, wrong)),
        "propertyNames" =>
            value.ValueKind != JsonValueKind.Object
                || value.EnumerateObject().All(property => Fits(JsonSerializer.SerializeToElement(property.Name), rule, at)),
        "dependencies" =>
            value.ValueKind != JsonValueKind.Object
                || rule.EnumerateObject()
                    .All(pair => !value.TryGetProperty(pair.Name, out _)
                        || pair.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _))),
        "oneOf" => rule.EnumerateArray().Count(option => Fits(value, option, at)) == 1,
        "anyOf" => rule.EnumerateArray().Any(option => Fits(value, option, at)),
        "allOf" => Descend(() => rule.EnumerateArray().ToList().ForEach(option => Check(value, option, at, wrong))),
        "not" => !Fits(value, rule, at),
        "if" =>
            !schema.TryGetProperty(Fits(value, rule, at) ? "then" : "else", out var branch)
                || Descend(() => Check(value, branch, at, wrong)),
        _ => throw new NotSupportedException($"{at}: this validator does not know `{keyword}`"),
    };

    private bool Fits(JsonElement value, JsonElement schema, string at)
    {
        var wrong = new List<string>();
        Check(value, schema, at, wrong);
        return wrong.Count == 0;
    }

    private void CheckItems(JsonElement value, JsonElement rule, string at, List<string> wrong)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray()) Check(item, rule, $"{at}/{index++}", wrong);
    }

    private void CheckProperties(JsonElement value, JsonElement rule, string at, List<string> wrong)
    {
        foreach (var property in rule.EnumerateObject())
            if (value.TryGetProperty(property.Name, out var found)) Check(found, property.Value, $"{at}/{property.Name}", wrong);
    }

    private void CheckOthers(JsonElement value, JsonElement schema, JsonElement rule, string at, List<string> wrong)
    {
        var known = schema.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().Select(property => property.Name).ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var property in value.EnumerateObject().Where(property => !known.Contains(property.Name)))
        {
            if (rule.ValueKind == JsonValueKind.False) wrong.Add($"{at}/{property.Name}: the schema does not know it");
            else Check(property.Value, rule, $"{at}/{property.Name}", wrong);
        }
    }

    private JsonElement Resolve(string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate(root, (element, step) => element.GetProperty(step));

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "null" => value.ValueKind == JsonValueKind.Null,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException($"this validator does not know the type `{type}`"),
    };

    private static bool Descend(Action check)
    {
        check();
        return true;
    }

    private static string Clip(JsonElement value) => value.GetRawText() is var text && text.Length > 80 ? text[..80] + "…" : text;
}
