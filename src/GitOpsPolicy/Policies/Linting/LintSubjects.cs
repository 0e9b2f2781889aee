using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Patterns;
using GitOpsPolicy.Script.Analysis;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>Makes lint subjects of the files of a rule set. The files have loaded, so nothing in them is broken.</summary>
/// <param name="hostNames">Names that expressions see besides those of their rule: the exports of the built-in modules.</param>
internal sealed class LintSubjects(IReadOnlyCollection<string> hostNames)
{
    private static readonly ImmutableArray<string> Actions = ["deny", "warn", "audit"];
    private static readonly ImmutableArray<string> PatternFields = ["require", "forbid"];

    /// <summary>The subject that a YAML rule is.</summary>
    public LintSubject OfYaml(RuleMetadata metadata, MappingNode document)
    {
        var spec = (MappingNode)document["spec"]!;
        var expressions = ImmutableArray.CreateBuilder<LintExpression>();
        string[] names = [
            .. hostNames, .. YamlRuleBody.Names, .. YamlRuleBody.PatternNames,
            .. Entries(spec["variables"]).Select(static entry => entry.Key)
        ];
        foreach (var (_, _, value) in Entries(spec["variables"])) Add(expressions, "variable", value, names);
        foreach (var field in (string[])["when", "forEach", "message"]) Add(expressions, field, spec[field], names);
        foreach (var check in Actions.SelectMany(action => Items(spec[action])))
        {
            foreach (var field in (string[])["when", "message", "where"])
                Add(expressions, field, (check as MappingNode)?[field], names);
            AddFix(expressions, check, names);
        }

        foreach (var pattern in PatternFields.SelectMany(field => Items(spec[field]))) AddPattern(expressions, pattern, names);
        return new() { Metadata = metadata, Spec = spec, Expressions = expressions.ToImmutable() };
    }

    /// <summary>The subject that a JavaScript rule is; null when its text says too little.</summary>
    public static LintSubject? OfScript(RuleMetadata metadata, TextFile file, string text) =>
        ScriptAnalysis.OfModule(file, text) is { } facts ? new() { Metadata = metadata, Module = facts, Text = text } : null;

    /// <summary>The elements of a list, or the one value; none of nothing.</summary>
    public static IEnumerable<Node> Items(Node? node) => node switch
    {
        null => [],
        SequenceNode list => list.Items.ToArray(),
        _ => [node],
    };

    private static MappingEntry[] Entries(Node? node) => node is MappingNode mapping ? mapping.Entries.ToArray() : [];

    private static void Add(ImmutableArray<LintExpression>.Builder expressions, string role, Node? node, string[] names)
    {
        if (node is not ScalarNode { Kind: not NodeKind.Null } scalar) return;
        var (file, at) = ExpressionCompiler.PlaceOf(scalar);
        var facts = role == "message"
            ? ScriptAnalysis.OfTemplate(file, scalar.Text, at, names)
            : ScriptAnalysis.OfExpression(file, scalar.Text, at, names);
        if (facts is not null) expressions.Add(new(role, scalar, facts));
    }

    // Every text of a fix is an expression.
    private static void AddFix(ImmutableArray<LintExpression>.Builder expressions, Node check, string[] names)
    {
        if ((check as MappingNode)?["fix"] is not { } fix) return;
        foreach (var scalar in Scalars(fix).Where(static scalar => scalar.Kind == NodeKind.String))
            Add(expressions, "fix", scalar, names);
    }

    // A pattern, or an entry of a list of them: its message is a template, and a value that is `${…}` as a whole an expression.
    private static void AddPattern(ImmutableArray<LintExpression>.Builder expressions, Node pattern, string[] names)
    {
        if (pattern is MappingNode entry && entry["pattern"] is { } inner)
        {
            Add(expressions, "message", entry["message"], names);
            AddFix(expressions, entry, names);
            AddPattern(expressions, inner, names);
            return;
        }

        foreach (var scalar in Scalars(pattern).Where(PatternReader.IsExpression))
        {
            var (file, at) = ExpressionCompiler.PlaceOf(scalar);
            if (ScriptAnalysis.OfExpression(file, scalar.Text[2..^1], at.Skip(2), names) is { } facts)
                expressions.Add(new("pattern", scalar, facts));
        }
    }

    private static IEnumerable<ScalarNode> Scalars(Node node) => node switch
    {
        MappingNode mapping => mapping.Entries.ToArray().SelectMany(static entry => Scalars(entry.Value)),
        SequenceNode list => list.Items.ToArray().SelectMany(Scalars),
        ScalarNode scalar => [scalar],
        _ => [],
    };
}
