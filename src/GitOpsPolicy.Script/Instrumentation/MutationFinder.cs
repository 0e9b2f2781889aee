using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script.Instrumentation;

/// <summary>A change that can be made to one expression.</summary>
/// <param name="Mutation">As hosts know it.</param>
/// <param name="Node">The expression.</param>
/// <param name="Replacement">What is compiled instead.</param>
internal sealed record FoundMutation(ScriptMutation Mutation, Expression Node, Expression Replacement);

/// <summary>
/// Finds the changes that tests should notice, in source order. Words of messages and what a rule says about itself are left
/// alone: tests need not repeat them.
/// </summary>
internal sealed class MutationFinder(SourceFile file)
{
    private readonly List<FoundMutation> found = [];
    private readonly HashSet<SyntaxNode> negated = new(ReferenceEqualityComparer.Instance);

    /// <summary>All changes to a text.</summary>
    /// <param name="file">The file that the text is part of.</param>
    /// <param name="root">The text.</param>
    /// <param name="isCondition">The text is one expression that decides something.</param>
    public static IReadOnlyList<FoundMutation> Find(SourceFile file, SyntaxNode root, bool isCondition)
    {
        var finder = new MutationFinder(file);
        if (isCondition && root is Function { Body: [Return { Value: { } value }] }) finder.Negate(value);
        finder.Walk(root);
        return finder.found;
    }

    private void Walk(SyntaxNode node)
    {
        switch (node)
        {
            case Function { IsGenerator: true }:
                return;
            case ExportDefault { Value: ObjectLiteral rule }:
                foreach (var property in rule.Properties)
                    if (property.Value is FunctionExpression function) Walk(function);
                return;
            case If e:
                Negate(e.Test);
                break;
            case SwitchCase { Test: StringLiteral text }:
                Empty(text);
                break;
            case Expression e:
                Mutate(e);
                break;
            default:
                break;
        }

        foreach (var child in SyntaxChildren.Of(node))
            if (child is not null) Walk(child);
    }

    private void Mutate(Expression expression)
    {
        switch (expression)
        {
            case Conditional e:
                Negate(e.Test);
                break;
            case Logical { Operator: not LogicalOperator.Coalesce } e:
                var other = e.Operator == LogicalOperator.And ? LogicalOperator.Or : LogicalOperator.And;
                Add(
                    e, e with { Operator = other }, e.Right.Start,
                    e.Operator == LogicalOperator.And ? "`&&` to `||`" : "`||` to `&&`");
                break;
            case Binary e:
                Mutate(e);
                break;
            case Call { Callee: Member { Name: "deny" or "warn" or "audit" } method } e:
                Add(
                    e, new Unary(e.Start, UnaryOperator.Void, new NumberLiteral(e.Start, 0)), method.NameStart,
                    $"`{method.Name}` left out");
                break;
            case ArrayLiteral e:
                foreach (var text in e.Items.OfType<StringLiteral>()) Empty(text);
                break;
            case RegExpLiteral e:
                Add(e, e with { Pattern = "(?:)" }, e.Start, $"`/{e.Pattern}/` emptied");
                break;
            default:
                break;
        }
    }

    private void Mutate(Binary e)
    {
        // A whole condition that is turned round is negated already; one that is moved by one is another change.
        if (Opposite(e.Operator) is { } opposite && !(negated.Contains(e) && IsEquality(e.Operator)))
            Add(e, e with { Operator = opposite }, e.OperatorStart, $"`{Sign(e.Operator)}` to `{Sign(opposite)}`");
        if (Opposite(e.Operator) is null) return;
        if (e.Left is StringLiteral left) Empty(left);
        if (e.Right is StringLiteral right) Empty(right);
    }

    // The operand is another node than the condition: else it would be replaced once more.
    private void Negate(Expression condition)
    {
        negated.Add(condition);
        Add(condition, new Unary(condition.Start, UnaryOperator.Not, condition with { }), condition.Start, "condition negated");
    }

    private void Empty(StringLiteral text)
    {
        if (text.Value.Length > 0) Add(text, text with { Value = "" }, text.Start, $"`\"{text.Value}\"` emptied");
    }

    private void Add(Expression node, Expression replacement, SourcePosition at, string change) =>
        found.Add(new(new(file.At(at), change, found.Count), node, replacement));

    private static bool IsEquality(BinaryOperator op) =>
        op is BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.StrictEqual or BinaryOperator.StrictNotEqual;

    private static BinaryOperator? Opposite(BinaryOperator op) => op switch
    {
        BinaryOperator.Equal => BinaryOperator.NotEqual,
        BinaryOperator.NotEqual => BinaryOperator.Equal,
        BinaryOperator.StrictEqual => BinaryOperator.StrictNotEqual,
        BinaryOperator.StrictNotEqual => BinaryOperator.StrictEqual,
        BinaryOperator.Less => BinaryOperator.LessOrEqual,
        BinaryOperator.LessOrEqual => BinaryOperator.Less,
        BinaryOperator.Greater => BinaryOperator.GreaterOrEqual,
        BinaryOperator.GreaterOrEqual => BinaryOperator.Greater,
        _ => null,
    };

    private static string Sign(BinaryOperator op) => op switch
    {
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.StrictEqual => "===",
        BinaryOperator.StrictNotEqual => "!==",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };
}
