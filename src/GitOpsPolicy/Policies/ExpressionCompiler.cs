using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Instrumentation;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Policies;

/// <summary>Compiles the expressions of YAML rules.</summary>
/// <param name="scope">What they see by name besides the parameters: the exports of the built-in modules.</param>
/// <param name="instrumentation">What is done to them besides compiling; null for nothing.</param>
internal sealed class ExpressionCompiler(IReadOnlyDictionary<string, Value> scope, ScriptInstrumentation? instrumentation = null)
{
    /// <summary>What is done to expressions besides compiling; null for nothing.</summary>
    public ScriptInstrumentation? Instrumentation => instrumentation;

    /// <summary>Compiles an expression; null and problems when it is broken.</summary>
    /// <param name="node">The expression.</param>
    /// <param name="names">Names of the parameters, in the order of the arguments of each call.</param>
    /// <param name="problems">Where mistakes go.</param>
    /// <param name="condition">What the expression is called when it decides whether something is done; else null.</param>
    public CompiledExpression? Compile(
        ScalarNode node, ImmutableArray<string> names, ProblemList problems, string? condition = null)
    {
        var (file, at) = PlaceOf(node);
        var wanted = condition is null || instrumentation is null
            ? instrumentation
            : instrumentation with { Condition = condition };
        return Finish(ScriptLoader.LoadExpression(file, node.Text, at, names, scope, wanted), node, problems);
    }

    /// <summary>Compiles what stands between <c>${</c> and <c>}</c> when that is the whole text.</summary>
    public CompiledExpression? CompileWhole(ScalarNode node, ImmutableArray<string> names, ProblemList problems)
    {
        var (file, at) = PlaceOf(node);
        return Finish(
            ScriptLoader.LoadExpression(file, node.Text[2..^1], at.Skip(2), names, scope, instrumentation), node, problems);
    }

    /// <summary>Compiles a text with expressions between <c>${</c> and <c>}</c>.</summary>
    public CompiledExpression? CompileTemplate(ScalarNode node, ImmutableArray<string> names, ProblemList problems)
    {
        var (file, at) = PlaceOf(node);
        return Finish(ScriptLoader.LoadTemplate(file, node.Text, at, names, scope, instrumentation), node, problems);
    }

    private static CompiledExpression? Finish(Loaded<ScriptFunction> loaded, ScalarNode node, ProblemList problems)
    {
        problems.AddRange(loaded.Problems);
        return loaded.TryGet(out var function) ? new(Value.Of(function), node.Location) : null;
    }

    /// <summary>
    /// Where the text of a scalar starts: that of a quoted one behind its quote, that of a block on the next line.
    /// </summary>
    public static (SourceFile File, TextOrigin At) PlaceOf(ScalarNode node)
    {
        var file = node.Document!.Source;
        var at = node.Position;
        if (!file.TryGetExcerpt(at.Line, at.Column, out var excerpt) || excerpt.Caret >= excerpt.Text.Length) return (file, at);
        return excerpt.Text[excerpt.Caret] switch
        {
            '"' or '\'' => (file, at with { Column = at.Column + 1 }),
            '|' or '>' => (file, BlockStart(file, at)),
            _ => (file, at),
        };
    }

    // The first line that is not blank says how far the block is indented.
    private static TextOrigin BlockStart(SourceFile file, SourcePosition at)
    {
        for (var line = at.Line + 1; file.TryGetExcerpt(line, 1, out var next); line++)
        {
            var indent = next.Text.Length - next.Text.TrimStart(' ').Length;
            if (indent < next.Text.Length) return new(new(at.Line + 1, indent + 1), indent);
        }

        return at;
    }
}
