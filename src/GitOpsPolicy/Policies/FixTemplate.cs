using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Evaluation.Fixes;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Policies;

/// <summary>
/// The <c>fix</c> of a YAML rule: its lists and mappings are what they look like, and every text in it is an expression.
/// </summary>
internal sealed class FixTemplate
{
    private readonly Node node;
    private readonly Dictionary<Node, CompiledExpression> expressions;

    private FixTemplate(Node node, Dictionary<Node, CompiledExpression> expressions) =>
        (this.node, this.expressions) = (node, expressions);

    /// <summary>Reads one; null and problems when it is broken.</summary>
    /// <param name="node">As it is written.</param>
    /// <param name="compile">Compiles an expression; null when it is broken, which has been reported.</param>
    /// <param name="problems">Where mistakes go.</param>
    public static FixTemplate? Read(Node node, Func<ScalarNode, CompiledExpression?> compile, ProblemList problems)
    {
        if (node is MappingNode mapping)
        {
            var fields = new FieldReader(mapping, problems);
            foreach (var word in FixReader.Words) fields.Any(word);
            fields.Finish();
        }
        else if (node is not ScalarNode { Kind: NodeKind.String })
        {
            problems.Add(
                node, $"`fix` must be a mapping or an expression, not {Reads.Describe(node)}",
                "such as `fix: { remove: [item] }`");
            return null;
        }

        var compiled = new Dictionary<Node, CompiledExpression>();
        foreach (var text in Texts(node))
            if (compile(text) is { } expression) compiled.Add(text, expression);
        return new(node, compiled);
    }

    /// <summary>What the fix is for some arguments; null for none.</summary>
    /// <exception cref="ScriptException">It is of the wrong shape, or an expression failed.</exception>
    public FixRequest? Read(RuleCall call, Value[] arguments) => FixReader.Read(call.Run, Term(node, call, arguments));

    private FixTerm Term(Node at, RuleCall call, Value[] arguments) => at switch
    {
        MappingNode mapping => new FixTerm.Map([.. mapping.Entries.ToArray()
            .Select(entry => KeyValuePair.Create(entry.Key, Term(entry.Value, call, arguments)))]),
        SequenceNode list => new FixTerm.List([.. list.Items.ToArray().Select(item => Term(item, call, arguments))]),
        _ when expressions.TryGetValue(at, out var expression) =>
            FixTerm.Of(call.Run, YamlRule.Evaluate(call, expression, arguments)),
        _ => new FixTerm.Leaf(Value.Of(ValueNodes.Copy(at))),
    };

    private static IEnumerable<ScalarNode> Texts(Node at) => at switch
    {
        MappingNode mapping => mapping.Entries.ToArray().SelectMany(static entry => Texts(entry.Value)),
        SequenceNode list => list.Items.ToArray().SelectMany(Texts),
        ScalarNode { Kind: NodeKind.String } text => [text],
        _ => [],
    };
}
