using System.Globalization;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Policies;

/// <summary>Turns values of scripts into nodes, and copies nodes.</summary>
internal static class ValueNodes
{
    /// <summary>Objects nested deeper are no metadata.</summary>
    private const int MaxDepth = 32;

    /// <summary>
    /// The value as a node: the very node it is a view of, else a new one. Functions are left out, undefined is null.
    /// </summary>
    /// <exception cref="UndeterminedException">The value is not known.</exception>
    public static Node ToNode(ScriptRun run, Value value) =>
        value.IsObject && ValueReader.TryGetNode(value, out var node) ? node : Make(run, value, null, MaxDepth);

    /// <summary>The object or array that a script wrote out as a literal, as a new node with the places of the literal.</summary>
    /// <param name="run">The run that pays for getters.</param>
    /// <param name="value">The value.</param>
    /// <param name="shape">Where the literal's parts stand; null when that is not known.</param>
    public static Node FromLiteral(ScriptRun run, Value value, LiteralShape? shape) => Make(run, value, shape, MaxDepth);

    /// <summary>A copy that belongs to no document, so that nothing can be mistaken for having come from the input.</summary>
    /// <param name="node">The value to copy.</param>
    /// <param name="keepPositions">The copy has the lines and columns of the original.</param>
    /// <param name="mark">Marks to add, by original node; null for none.</param>
    public static Node Copy(Node node, bool keepPositions = false, Func<Node, NodeFlags>? mark = null)
    {
        var at = keepPositions ? node.Position : default;
        var flags = node.Flags | (mark?.Invoke(node) ?? NodeFlags.None);
        return node switch
        {
            MappingNode mapping => new MappingNode(
                [.. mapping.Entries.ToArray().Select(e => e with { Value = Copy(e.Value, keepPositions, mark) })], at, flags),
            SequenceNode list =>
                new SequenceNode([.. list.Items.ToArray().Select(item => Copy(item, keepPositions, mark))], at, flags),
            ScalarNode { Kind: NodeKind.Number } scalar => ScalarNode.Numeric(scalar.Text, at, flags),
            ScalarNode { Kind: NodeKind.Boolean } scalar => ScalarNode.Boolean(scalar.IsTrue, at, flags),
            ScalarNode { Kind: NodeKind.String } scalar => ScalarNode.String(scalar.Text, at, flags),
            _ => ScalarNode.Null(at, flags),
        };
    }

    private static Node Make(ScriptRun run, Value value, LiteralShape? shape, int depth)
    {
        if (value.IsUnknown) run.Truthy(value);
        if (depth == 0)
            throw new ScriptException(ScriptFailure.TooDeep, $"objects are nested more than {MaxDepth} deep", default);
        var at = shape?.Start ?? default;
        if (value.IsNullish) return ScalarNode.Null(at);
        if (ValueReader.TryGetSensitive(value, out var secret)) return secret;
        if (value.TryGetText(out var text)) return ScalarNode.String(text, at);
        if (ValueReader.TryGetNumber(value, out var number))
            return double.IsFinite(number) ? ScalarNode.Numeric(Spell(number), at) : ScalarNode.Null(at);
        if (ValueReader.TryGetBoolean(value, out var boolean)) return ScalarNode.Boolean(boolean, at);
        if (ValueReader.TryGetNode(value, out var node)) return Copy(node);
        if (ValueReader.IsArray(value))
            return new SequenceNode(
                [.. ValueReader.Elements(run, value).Select((e, i) => Make(run, e, shape?.Element(i), depth - 1))], at);
        return new MappingNode([.. Members(run, value, shape, depth)], at);
    }

    private static IEnumerable<MappingEntry> Members(ScriptRun run, Value value, LiteralShape? shape, int depth)
    {
        foreach (var name in ValueReader.PropertyNames(run, value))
        {
            if (!ValueReader.TryGetProperty(run, value, name, out var member) || member.IsFunction) continue;
            var place = shape?.Member(name);
            yield return new(name, place?.Key ?? shape?.Start ?? default, Make(run, member, place?.Value, depth - 1));
        }
    }

    private static string Spell(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
