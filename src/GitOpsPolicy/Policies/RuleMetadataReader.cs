using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies.Matching;
using GitOpsPolicy.Policies.Parameters;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script.Instrumentation;

namespace GitOpsPolicy.Policies;

/// <summary>Reads what YAML rules and JavaScript rules say about themselves; both use the same words.</summary>
internal static class RuleMetadataReader
{
    /// <summary>Reads the fields.</summary>
    /// <param name="name">The rule's name.</param>
    /// <param name="location">Where the rule stands.</param>
    /// <param name="fields">The <c>spec</c> of a YAML rule, or the default export of a JavaScript rule.</param>
    /// <param name="judgesSets">It judges the change set once.</param>
    /// <param name="instrumentation">What is done to the rule besides reading it; null for nothing.</param>
    public static RuleMetadata Read(
        string name, SourceLocation location, FieldReader fields, bool judgesSets,
        ScriptInstrumentation? instrumentation = null) => new()
    {
        Name = name,
        Location = location,
        Title = fields.RequiredText("title"),
        Description = fields.Text("description"),
        Severity = fields.Word<Severity>("severity") ?? Severity.Medium,
        Category = fields.Text("category"),
        Remediation = fields.Text("remediation"),
        Fixes = fields.Text("fixes"),
        Enforcement = fields.Word<Enforcement>("enforcement") ?? Enforcement.Deny,
        IsWaivable = fields.Flag("waivable") ?? true,
        JudgesSets = judgesSets,
        Match = MatchReader.Read(fields, instrumentation),
        Parameters = ParameterReader.Read(fields.Entries("parameters"), fields.Problems),
    };

    /// <summary>Reads a name that other files refer to: lower-case words joined by dashes.</summary>
    public static string ReadName(FieldReader fields)
    {
        var name = fields.RequiredText("name");
        if (name.Length > 0 && !IsName(name))
            fields.Problems.Add(
                fields.Mapping["name"]!, $"`{name}` is no name",
                "lower-case letters, digits and dashes, at most 63, such as `approved-images`");
        return name;
    }

    /// <summary>The text can be the name of a rule, waiver, environment or the like.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 63
            && text[0] != '-'
            && text[^1] != '-'
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
