using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script.Instrumentation;

namespace GitOpsPolicy.Policies.Patterns;

/// <summary>Reads patterns.</summary>
/// <param name="compile">Compiles an expression that stands in a pattern; null where there may be none, or when it is broken,
/// which has been reported.</param>
/// <param name="problems">Where mistakes go.</param>
internal sealed class PatternReader(Func<ScalarNode, CompiledExpression?> compile, ProblemList problems)
{
    private static readonly ImmutableArray<string> Operators =
        ["equals", "in", "notIn", "matches", "exists", "atLeast", "atMost", "allOf", "anyOf", "not", "each", "any", "fields"];

    /// <summary>What is done to patterns besides reading them; null for nothing.</summary>
    public ScriptInstrumentation? Instrumentation { get; init; }

    /// <summary>Reads one. Mistakes are reported, and what is broken fits everything.</summary>
    public Pattern Read(Node node) => node switch
    {
        MappingNode mapping => ReadMapping(mapping),
        SequenceNode list => new ElementsPattern([.. list.Items.ToArray().Select(Read)]),
        _ => Instrumented(node, "equals", new EqualPattern(ReadOperand(node))),
    };

    private Pattern ReadMapping(MappingNode mapping)
    {
        var (operators, names) = (new List<Pattern>(), new List<string>());
        foreach (var entry in mapping.Entries)
        {
            if (Operators.Contains(entry.Key))
                operators.Add(Instrumented(
                    entry.Value, entry.Key, ReadOperator(OperatorFor(entry.Key, entry.Value), entry.Value)));
            else names.Add(entry.Key);
        }

        if (operators.Count > 0 && names.Count > 0)
        {
            problems.Add(
                mapping,
                $"the pattern mixes the field `{names[0]}` with operators{Suggestion.For(names[0], Operators)}",
                "put fields under `fields`, and both under `allOf`");
        }

        return operators.Count switch
        {
            0 => ReadFields(mapping),
            1 => operators[0],
            _ => new AllOfPattern([.. operators]),
        };
    }

    private FieldsPattern ReadFields(MappingNode mapping) =>
        new([.. mapping.Entries.ToArray().Select(e => (e.Key, Read(e.Value)))]);

    // The operator written, or its opposite when that is the change to be made.
    private string OperatorFor(string name, Node operand) =>
        PatternMutations.Opposites.TryGetValue(name, out var other)
                && Instrumentation?.Makes(operand.Location, $"`{name}` to `{other}`") == true
            ? other
            : name;

    private Pattern Instrumented(Node operand, string name, Pattern pattern)
    {
        if (Instrumentation is null) return pattern;
        if (PatternMutations.CanNegate(name) && Instrumentation.Makes(operand.Location, $"`{name}` negated"))
            pattern = new NotPattern(pattern);
        return Instrumentation.Observer is { } observer && PatternMutations.IsLeaf(name)
            ? WatchedPattern.Of(pattern, operand, name, observer)
            : pattern;
    }

    private Pattern ReadOperator(string name, Node operand) => name switch
    {
        "equals" => new EqualPattern(ReadOperand(operand)),
        "in" => new InPattern(
            ReadOperand(Wanted(operand, name, operand is SequenceNode || IsExpression(operand), "a list")), negated: false),
        "notIn" => new InPattern(
            ReadOperand(Wanted(operand, name, operand is SequenceNode || IsExpression(operand), "a list")), negated: true),
        "matches" => ReadMatches(operand),
        "exists" => new ExistsPattern(
            Wanted(operand, name, operand.Kind == NodeKind.Boolean, "true or false") is not ScalarNode { IsTrue: false }),
        "atLeast" => new LimitPattern(ReadLimit(operand, name), isLeast: true),
        "atMost" => new LimitPattern(ReadLimit(operand, name), isLeast: false),
        "allOf" => new AllOfPattern(ReadList(operand, name)),
        "anyOf" => new AnyOfPattern(ReadList(operand, name)),
        "not" => new NotPattern(Read(operand)),
        "each" => new QuantifiedPattern(Read(operand), every: true),
        "any" => new QuantifiedPattern(Read(operand), every: false),
        "fields" => operand is MappingNode fields ? ReadFields(fields) : Read(Wanted(operand, name, false, "a mapping")),
        _ => throw new ArgumentException($"No operator {name}.", nameof(name)),
    };

    private Operand ReadLimit(Node operand, string name) =>
        ReadOperand(Wanted(
            operand, name, IsExpression(operand) || (operand is ScalarNode s && Quantity.TryParse(s.Text, out _)),
            "a number or quantity"));

    private MatchesPattern ReadMatches(Node operand) => IsExpression(operand)
        ? new(null, compile((ScalarNode)operand))
        : new(Expression.Read(operand, "matches", problems), null);

    private ImmutableArray<Pattern> ReadList(Node operand, string name)
    {
        Wanted(operand, name, operand is SequenceNode { Count: > 0 }, "a list of patterns");
        return operand is SequenceNode list ? [.. list.Items.ToArray().Select(Read)] : [Read(operand)];
    }

    private Operand ReadOperand(Node node) => IsExpression(node) ? new(null, compile((ScalarNode)node)) : new(node, null);

    private Node Wanted(Node operand, string name, bool isRight, string wanted)
    {
        if (!isRight) problems.Add(operand, $"`{name}` takes {wanted}, not {Reads.Describe(operand)}");
        return operand;
    }

    /// <summary>The value is an expression as a whole: <c>${…}</c>.</summary>
    public static bool IsExpression(Node node) =>
        node is ScalarNode { Kind: NodeKind.String } s
            && s.Text.StartsWith("${", StringComparison.Ordinal)
            && s.Text.EndsWith('}');
}
