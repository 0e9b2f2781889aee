using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script.Analysis;

/// <summary>Tells what values are made of. What may be both counts as having come from elsewhere.</summary>
internal static class Shapes
{
    /// <summary>The shape of a value.</summary>
    public static ValueShape Of(Expression? expression) =>
        expression is null ? ValueShape.Any : new(IsMade(expression), PathOf(expression), HasMadeElements(expression));

    /// <summary>The path a value is read by; null when it is no path.</summary>
    public static string? PathOf(Expression expression) => expression switch
    {
        Identifier it => it.Name,
        OptionalChain it => PathOf(it.Chain),
        Member it when PathOf(it.Object) is { } path => $"{path}.{it.Name}",
        Syntax.Index { Key: StringLiteral key } it when PathOf(it.Object) is { } path => $"{path}.{key.Value}",
        _ => null,
    };

    // A text put together from several values remembers the first of them, so sums and templates are not made.
    private static bool IsMade(Expression expression) => expression switch
    {
        NumberLiteral or StringLiteral or BooleanLiteral or NullLiteral or RegExpLiteral => true,
        ArrayLiteral or ObjectLiteral or FunctionExpression or ClassExpression => true,
        TemplateLiteral it => it.Expressions.All(IsMade),
        Unary { Operator: UnaryOperator.Not or UnaryOperator.TypeOf or UnaryOperator.Void or UnaryOperator.Delete } => true,
        Binary { Operator: BinaryOperator.Add } it => IsMade(it.Left) && IsMade(it.Right),
        Binary { Operator: >= BinaryOperator.Equal } => true,
        Conditional it => IsMade(it.Then) && IsMade(it.Else),
        Logical { Operator: not LogicalOperator.And } it => IsMade(it.Left) && IsMade(it.Right),
        Logical it => IsMade(it.Right),
        Sequence it => IsMade(it.Expressions[^1]),
        _ => false,
    };

    private static bool HasMadeElements(Expression expression) => expression switch
    {
        ArrayLiteral it => !it.Items.IsEmpty && it.Items.All(static item => item is not null and not Spread && IsMade(item)),
        OptionalChain it => HasMadeElements(it.Chain),
        Call { Callee: Member { Object: Identifier { Binding: null, Name: "Object" }, Name: "entries" } } => true,
        Call { Callee: Member { Name: "map" }, Arguments: [FunctionExpression { Function: var each }, ..] } =>
            each.Body is [Return { Value: { } value }] && IsMade(value),
        Call { Callee: Member { Name: "filter" or "slice" or "toSorted" or "sort" or "reverse" } it } =>
            HasMadeElements(it.Object),
        _ => false,
    };
}
