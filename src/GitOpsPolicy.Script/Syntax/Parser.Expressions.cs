using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>Expressions, from the comma down to operands.</summary>
internal sealed partial class Parser
{
    private const int RelationalPrecedence = 8;

    // Off in the head of a `for`, where `in` belongs to the loop.
    private bool allowIn = true;

    // Where an arrow function may start: only at the start of an assignment expression.
    private int arrowStart = -1;
    private int lastYield = -1;

    private Expression Expression() => Expression(isTarget: false);

    // With `isTarget` a mistake that a pattern would excuse is left in `cover`.
    private Expression Expression(bool isTarget)
    {
        var start = Here;
        if (isTarget) cover = null;
        var first = isTarget ? AssignmentOrPattern() : Assignment();
        if (current.Kind != TokenKind.Comma) return first;
        if (cover is { } mistake && isTarget) throw mistake;
        var expressions = ImmutableArray.CreateBuilder<Expression>();
        expressions.Add(first);
        while (Take(TokenKind.Comma)) expressions.Add(Assignment());
        return new Sequence(start, expressions.ToImmutable());
    }

    private Expression Assignment()
    {
        var outer = cover;
        cover = null;
        var expression = AssignmentOrPattern();
        if (cover is { } mistake) throw mistake;
        cover = outer;
        return expression;
    }

    // Inside brackets: `in` is an operator again.
    private T Inner<T>(Func<T> parse)
    {
        var outer = allowIn;
        allowIn = true;
        var result = parse();
        allowIn = outer;
        return result;
    }

    // Leaves in `cover` the first mistake that only a pattern would excuse.
    private Expression AssignmentOrPattern()
    {
        Enter();
        var outer = cover;
        cover = null;
        var expression = AssignmentHere();
        cover = outer ?? cover;
        depth--;
        return expression;
    }

    private Expression AssignmentHere()
    {
        var start = Here;
        if (enclosing.IsGenerator && current.Is("yield")) return YieldExpression();
        if (IsAsyncFunction()) throw Async(current.Start);
        arrowStart = current.Start;
        var left = Conditional();
        if (IsBareArrow(left)) return left;
        if (current.Kind == TokenKind.Arrow && left is Call { Callee: Identifier { Name: "async" } async })
            throw Async(async.Start);
        var isLiteral = left is ArrayLiteral { IsParenthesized: false } or ObjectLiteral { IsParenthesized: false };
        if (cover is not null && !isLiteral) throw cover;
        if (current.Kind == TokenKind.Assign)
        {
            var target = AssignmentTarget(left);
            cover = null;
            Advance();
            return new Assignment(start, target, Named(Assignment(), target));
        }

        return current.Kind is >= TokenKind.AddAssign and <= TokenKind.CoalesceAssign ? Compound(start, left) : left;
    }

    private Expression Compound(SourcePosition start, Expression left)
    {
        var (kind, target) = (current.Kind, SimpleTarget(left));
        Advance();
        var value = Assignment();
        return kind switch
        {
            TokenKind.LogicalAndAssign => new LogicalAssignment(start, LogicalOperator.And, target, Named(value, target)),
            TokenKind.LogicalOrAssign => new LogicalAssignment(start, LogicalOperator.Or, target, Named(value, target)),
            TokenKind.CoalesceAssign => new LogicalAssignment(start, LogicalOperator.Coalesce, target, Named(value, target)),
            _ => new CompoundAssignment(start, CompoundOperator(kind), target, value),
        };
    }

    private Pattern SimpleTarget(Expression expression) => expression is ArrayLiteral or ObjectLiteral
        ? throw Mistake(expression.Start, "a pattern can only be assigned with `=`")
        : AssignmentTarget(expression);

    private Yield YieldExpression()
    {
        var start = Here;
        lastYield = current.Start;
        if (enclosing.InParameters) Report(start, "`yield` cannot stand among the parameters of a generator");
        Advance();
        if (current.AfterLineBreak || EndsYield()) return new Yield(start, null, false);
        var isDelegate = Take(TokenKind.Multiply);
        return new Yield(start, Assignment(), isDelegate);
    }

    private bool EndsYield() =>
        current.Kind is TokenKind.RightParen or TokenKind.RightBracket or TokenKind.RightBrace or TokenKind.Comma
            or TokenKind.Semicolon or TokenKind.Colon or TokenKind.End || current.Is("in") || current.Is("of");

    private Expression Conditional()
    {
        var start = Here;
        var test = Binary(1);
        if (IsBareArrow(test) || current.Kind != TokenKind.Question) return test;
        if (cover is { } mistake) throw mistake;
        Advance();
        var then = Inner(Assignment);
        Expect(TokenKind.Colon, ":");
        return new Conditional(start, test, then, Assignment());
    }

    private static bool IsBareArrow(Expression expression) =>
        expression is FunctionExpression { IsParenthesized: false, Function.Kind: FunctionKind.Arrow };

    // A chain of n operators is a tree n levels deep on its left: `reach` keeps count of how deep the tree has become.
    private Expression Binary(int minimum)
    {
        var outerReach = reach;
        reach = depth;
        var start = Here;
        var left = current.Kind == TokenKind.PrivateName ? PrivateInside(minimum) : UnaryExpression();
        while (!IsBareArrow(left))
        {
            var precedence = Precedence(current);
            if (precedence < minimum) break;
            if (cover is { } mistake) throw mistake;
            var (token, at, leftReach) = (current, Here, reach);
            Count();
            Advance();
            reach = depth;
            var right = token.Kind == TokenKind.Power ? Deeper(() => Binary(precedence)) : Binary(precedence + 1);
            if (IsBareArrow(right)) throw Mistake(right.Start, "an arrow function as an operand needs parentheses");
            reach = Math.Max(leftReach, reach) + 1;
            CheckReach();
            left = Combine(start, token, at, left, right);
        }

        reach = Math.Max(outerReach, reach);
        return left;
    }

    private Expression Combine(SourcePosition start, Token token, SourcePosition at, Expression left, Expression right)
    {
        LogicalOperator? logical = token.Kind switch
        {
            TokenKind.LogicalAnd => LogicalOperator.And,
            TokenKind.LogicalOr => LogicalOperator.Or,
            TokenKind.Coalesce => LogicalOperator.Coalesce,
            _ => null,
        };
        if (logical is { } op)
        {
            if (Mixes(op, left) || Mixes(op, right))
                Report(at, "`??` cannot be mixed with `&&` or `||`", "put one of them in parentheses");
            return new Logical(start, op, left, right);
        }

        if (token.Kind == TokenKind.Power && left is Unary { IsParenthesized: false })
            Report(
                left.Start, "a sign or operator before the base of `**` is ambiguous",
                "put the base, or the whole power, in parentheses");
        return new Binary(start, BinaryOperatorOf(token), left, right, at);
    }

    private static bool Mixes(LogicalOperator op, Expression operand) =>
        operand is Logical { IsParenthesized: false } other
            && (op == LogicalOperator.Coalesce) != (other.Operator == LogicalOperator.Coalesce);

    private int Precedence(Token token) => token.Kind switch
    {
        TokenKind.Coalesce => 1,
        TokenKind.LogicalOr => 2,
        TokenKind.LogicalAnd => 3,
        TokenKind.Or => 4,
        TokenKind.Xor => 5,
        TokenKind.And => 6,
        TokenKind.Equal or TokenKind.NotEqual or TokenKind.StrictEqual or TokenKind.StrictNotEqual => 7,
        TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual => RelationalPrecedence,
        TokenKind.Name when token.Is("instanceof") || (allowIn && token.Is("in")) => RelationalPrecedence,
        TokenKind.ShiftLeft or TokenKind.ShiftRight or TokenKind.ShiftRightUnsigned => 9,
        TokenKind.Add or TokenKind.Subtract => 10,
        TokenKind.Multiply or TokenKind.Divide or TokenKind.Remainder => 11,
        TokenKind.Power => 12,
        _ => 0,
    };

    private PrivateIn PrivateInside(int minimum)
    {
        var (start, name) = (Here, current.Text);
        Advance();
        if (minimum > RelationalPrecedence || !allowIn || !current.Is("in"))
            throw Mistake(start, $"`#{name}` stands only after a dot or before `in`");
        Advance();
        return new PrivateIn(start, name, Binary(RelationalPrecedence + 1));
    }

    private Expression UnaryExpression()
    {
        if (current.Is("await")) return Awaited();
        UnaryOperator? op = current.Kind switch
        {
            TokenKind.Not => UnaryOperator.Not,
            TokenKind.BitwiseNot => UnaryOperator.BitwiseNot,
            TokenKind.Add => UnaryOperator.Plus,
            TokenKind.Subtract => UnaryOperator.Minus,
            TokenKind.Name when current.Is("typeof") => UnaryOperator.TypeOf,
            TokenKind.Name when current.Is("void") => UnaryOperator.Void,
            TokenKind.Name when current.Is("delete") => UnaryOperator.Delete,
            _ => null,
        };
        if (op is null && current.Kind is not (TokenKind.Increment or TokenKind.Decrement)) return Postfix();
        var (start, isIncrement) = (Here, current.Kind == TokenKind.Increment);
        Advance();
        var operand = Deeper(UnaryExpression);
        if (IsBareArrow(operand)) throw Mistake(operand.Start, "an arrow function as an operand needs parentheses");
        if (op is null) return new Update(start, isIncrement, true, SimpleTarget(operand));
        if (op == UnaryOperator.Delete) CheckDelete(operand);
        return new Unary(start, op.Value, operand);
    }

    // Reported, and read as if it were not there.
    private Expression Awaited()
    {
        var mistake = Unexpected();
        if (Ahead().Kind is TokenKind.Arrow or TokenKind.Assign or TokenKind.Colon) throw mistake;
        Report(mistake);
        Advance();
        return Deeper(UnaryExpression);
    }

    private void CheckDelete(Expression operand)
    {
        if (operand is Identifier name) Report(name.Start, $"the name `{name.Name}` cannot be deleted", "only properties can");
        if (operand is PrivateMember or OptionalChain { Chain: PrivateMember })
            Report(operand.Start, "a private member cannot be deleted");
    }

    private Expression Postfix()
    {
        var start = Here;
        var expression = LeftHandSide();
        if (IsBareArrow(expression) || current.AfterLineBreak || current.Kind is not (TokenKind.Increment or TokenKind.Decrement))
            return expression;
        var isIncrement = current.Kind == TokenKind.Increment;
        var target = SimpleTarget(expression);
        Advance();
        return new Update(start, isIncrement, false, target);
    }

    // ---- names as operands

    private bool IsAsyncFunction()
    {
        if (!current.Is("async")) return false;
        var next = Ahead();
        return !next.AfterLineBreak && next.Kind == TokenKind.Name && !next.Is("of") && !next.Is("in") && !next.Is("instanceof");
    }

    private Token Ahead()
    {
        var next = lexer.Next();
        lexer.MoveTo(current.End);
        return next;
    }

    private static SyntaxException Async(int offset) =>
        new(offset, "`async` is not supported: rules run to their end without waiting", "write a plain function")
        {
            IsUnsupported = true,
        };

    private static SyntaxException Async(SourcePosition at) =>
        new(0, "`async` is not supported: rules run to their end without waiting", "write a plain function")
        {
            Position = at,
            IsUnsupported = true,
        };

    // Gives the value the name of what it is assigned to, if it is a function or class that has none.
    private static Expression Named(Expression value, Pattern target)
    {
        if (target is NameTarget { Name: { IsParenthesized: false, Name: var name } }) Name(value, name);
        return value;
    }

    private static void Name(Expression value, string name)
    {
        if (value is FunctionExpression { Function: { Name.Length: 0 } function }) function.Name = name;
        if (value is ClassExpression { Class: { DisplayName.Length: 0 } definition }) definition.DisplayName = name;
    }

    private static BinaryOperator CompoundOperator(TokenKind kind) => kind switch
    {
        TokenKind.AddAssign => BinaryOperator.Add,
        TokenKind.SubtractAssign => BinaryOperator.Subtract,
        TokenKind.MultiplyAssign => BinaryOperator.Multiply,
        TokenKind.DivideAssign => BinaryOperator.Divide,
        TokenKind.RemainderAssign => BinaryOperator.Remainder,
        TokenKind.PowerAssign => BinaryOperator.Power,
        TokenKind.ShiftLeftAssign => BinaryOperator.ShiftLeft,
        TokenKind.ShiftRightAssign => BinaryOperator.ShiftRight,
        TokenKind.ShiftRightUnsignedAssign => BinaryOperator.ShiftRightUnsigned,
        TokenKind.AndAssign => BinaryOperator.BitwiseAnd,
        TokenKind.OrAssign => BinaryOperator.BitwiseOr,
        TokenKind.XorAssign => BinaryOperator.BitwiseXor,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a compound assignment"),
    };

    private static BinaryOperator BinaryOperatorOf(Token token) => token.Kind switch
    {
        TokenKind.Add => BinaryOperator.Add,
        TokenKind.Subtract => BinaryOperator.Subtract,
        TokenKind.Multiply => BinaryOperator.Multiply,
        TokenKind.Divide => BinaryOperator.Divide,
        TokenKind.Remainder => BinaryOperator.Remainder,
        TokenKind.Power => BinaryOperator.Power,
        TokenKind.ShiftLeft => BinaryOperator.ShiftLeft,
        TokenKind.ShiftRight => BinaryOperator.ShiftRight,
        TokenKind.ShiftRightUnsigned => BinaryOperator.ShiftRightUnsigned,
        TokenKind.And => BinaryOperator.BitwiseAnd,
        TokenKind.Or => BinaryOperator.BitwiseOr,
        TokenKind.Xor => BinaryOperator.BitwiseXor,
        TokenKind.Equal => BinaryOperator.Equal,
        TokenKind.NotEqual => BinaryOperator.NotEqual,
        TokenKind.StrictEqual => BinaryOperator.StrictEqual,
        TokenKind.StrictNotEqual => BinaryOperator.StrictNotEqual,
        TokenKind.Less => BinaryOperator.Less,
        TokenKind.LessOrEqual => BinaryOperator.LessOrEqual,
        TokenKind.Greater => BinaryOperator.Greater,
        TokenKind.GreaterOrEqual => BinaryOperator.GreaterOrEqual,
        TokenKind.Name when token.Text == "in" => BinaryOperator.In,
        TokenKind.Name => BinaryOperator.InstanceOf,
        _ => throw new ArgumentOutOfRangeException(nameof(token), token, "not an operator"),
    };
}
