using System.Globalization;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Parameters;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Authoring.Pages;

/// <summary>The parameters of a rule as a table.</summary>
internal static class ParameterTable
{
    /// <summary>Writes it; nothing for a rule without parameters.</summary>
    public static void Write(StringBuilder page, RuleMetadata rule)
    {
        if (rule.Parameters.IsEmpty) return;
        page.Append("| parameter | type | default | meaning |\n| --- | --- | --- | --- |\n");
        foreach (var parameter in rule.Parameters)
            page.Append($"| {MarkdownText.Cell(parameter.Name)} | {TypeOf(parameter.Schema)} | {DefaultOf(parameter)} | {Meaning(parameter)} |\n");
        page.Append('\n');
    }

    private static string DefaultOf(Parameter parameter) => (parameter.Default, parameter.Ask) switch
    {
        ({ } value, _) => MarkdownText.Cell(NodeWriter.ToJson(value)),
        (null, not null) => "asked for; until it is set the rule is not applied",
        _ => "none",
    };

    private static string Meaning(Parameter parameter) =>
        string.Join("; ", new[] { parameter.Schema.Description, parameter.Ask }.OfType<string>().Select(MarkdownText.Line));

    private static string TypeOf(ParameterSchema schema)
    {
        var type = schema switch
        {
            { Type: ParameterType.Array, Items: { } items } => $"list of {TypeOf(items)}",
            { Type: ParameterType.Array } => "list",
            { Type: ParameterType.Object, Properties.Count: > 0 } =>
                $"object with {string.Join(", ", schema.Properties.Select(static property => $"{MarkdownText.Cell(property.Key)} ({TypeOf(property.Value)})"))}",
            { Type: ParameterType.Object, AdditionalProperties: { } values } => $"{TypeOf(values)} by name",
            _ => Words<ParameterType>.Of(schema.Type),
        };
        if (!schema.Enum.IsEmpty)
            type = "one of "
                + string.Join(
                    ", ",
                    schema.Enum.Select(static value => MarkdownText.Cell(
                        value is ScalarNode scalar ? scalar.Text : NodeWriter.ToJson(value))));
        if (schema.Pattern is { } pattern) type += $" matching {MarkdownText.Cell(pattern.ToString()!)}";
        return type + Limits(schema.Range.Least, schema.Range.Most) + Limits(schema.Length.Least, schema.Length.Most);
    }

    private static string Limits(double? least, double? most) => (least, most) switch
    {
        (null, null) => "",
        ({ } low, null) => $", at least {low.ToString(CultureInfo.InvariantCulture)}",
        (null, { } high) => $", at most {high.ToString(CultureInfo.InvariantCulture)}",
        ({ } low, { } high) => $", {low.ToString(CultureInfo.InvariantCulture)} to {high.ToString(CultureInfo.InvariantCulture)}",
    };
}
