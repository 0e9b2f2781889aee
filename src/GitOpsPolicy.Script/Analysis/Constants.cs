using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script.Analysis;

/// <summary>Works out expressions that hang on nothing. It knows literals and what can be done with them, no more.</summary>
internal static class Constants
{
    /// <summary>Whether an expression counts as true; null when that hangs on something.</summary>
    public static bool? Truth(Expression? expression) => expression switch
    {
        Logical { Operator: LogicalOperator.And } it => And(Truth(it.Left), Truth(it.Right)),
        Logical { Operator: LogicalOperator.Or } it => Not(And(Not(Truth(it.Left)), Not(Truth(it.Right)))),
        Unary { Operator: UnaryOperator.Not } it => Not(Truth(it.Operand)),
        Conditional it when Truth(it.Test) is { } test => Truth(test ? it.Then : it.Else),
        ArrayLiteral or ObjectLiteral or FunctionExpression or ClassExpression or RegExpLiteral => true,
        Binary it when Value(it.Left) is { } left && Value(it.Right) is { } right => Compare(it.Operator, left, right),
        _ => Value(expression) switch
        {
            null => null,
            bool truth => truth,
            double number => number != 0 && !double.IsNaN(number),
            string text => text.Length > 0,
            _ => false,
        },
    };

    // What is false on either side is false, whatever the other.
    private static bool? And(bool? left, bool? right) =>
        left == false || right == false ? false : left == true && right == true ? true : null;

    private static bool? Not(bool? truth) => truth is { } known ? !known : null;

    private static object? Value(Expression? expression) => expression switch
    {
        NumberLiteral it => it.Value,
        StringLiteral it => it.Value,
        BooleanLiteral it => it.Value,
        NullLiteral => DBNull.Value,
        Identifier { Binding: null, Name: "undefined" } => DBNull.Value,
        TemplateLiteral { Expressions.IsEmpty: true } it => it.Cooked[0],
        Unary { Operator: UnaryOperator.Minus, Operand: NumberLiteral number } => -number.Value,
        _ => null,
    };

    private static bool? Compare(BinaryOperator how, object left, object right) => how switch
    {
        BinaryOperator.StrictEqual => Equals(left, right),
        BinaryOperator.StrictNotEqual => !Equals(left, right),
        BinaryOperator.Less when (left, right) is (double a, double b) => a < b,
        BinaryOperator.LessOrEqual when (left, right) is (double a, double b) => a <= b,
        BinaryOperator.Greater when (left, right) is (double a, double b) => a > b,
        BinaryOperator.GreaterOrEqual when (left, right) is (double a, double b) => a >= b,
        _ => null,
    };
}
