using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>A construct that has a value.</summary>
internal abstract record Expression(SourcePosition Start) : SyntaxNode(Start)
{
    /// <summary>It is written in parentheses of its own. Matters to early errors only.</summary>
    public bool IsParenthesized { get; set; }
}

internal sealed record NumberLiteral(SourcePosition Start, double Value) : Expression(Start);

internal sealed record StringLiteral(SourcePosition Start, string Value) : Expression(Start);

internal sealed record BooleanLiteral(SourcePosition Start, bool Value) : Expression(Start);

internal sealed record NullLiteral(SourcePosition Start) : Expression(Start);

/// <summary><c>/pattern/flags</c>. The parser has seen that both can be compiled.</summary>
internal sealed record RegExpLiteral(SourcePosition Start, string Pattern, string Flags) : Expression(Start);

/// <summary>A template. There is one text more than there are expressions.</summary>
/// <param name="Cooked">Texts with escapes read; an item is null where a tagged template holds an escape that means
/// nothing.</param>
/// <param name="Raw">Texts as written, line ends as <c>\n</c>.</param>
internal sealed record TemplateLiteral(
    SourcePosition Start, ImmutableArray<string?> Cooked, ImmutableArray<string> Raw, ImmutableArray<Expression> Expressions)
    : Expression(Start);

internal sealed record TaggedTemplate(SourcePosition Start, Expression Tag, TemplateLiteral Template) : Expression(Start);

/// <summary>
/// A use or declaration of a name. <see cref="Binding"/> null is a global of the host, by name; the parser has checked that the
/// host offers it. As a declaration (in patterns, functions, classes, imports) the binding is the declared one.
/// </summary>
internal sealed record Identifier(SourcePosition Start, string Name) : Expression(Start)
{
    /// <summary>The declared name meant; null for a global.</summary>
    public Binding? Binding { get; set; }

    /// <summary>For a captured binding: how many heap scopes up from the one in force here; 0 is that one itself.</summary>
    public int Hops { get; set; }

    /// <summary>Nothing declares the name: a ReferenceError at run time. See <see cref="Dialect"/>.</summary>
    public bool IsUnresolved { get; set; }

    /// <summary>The declaration may not have run yet when this does: test for the uninitialised mark.</summary>
    public bool NeedsCheck { get; set; }
}

internal sealed record ThisExpression(SourcePosition Start) : Expression(Start);

/// <summary><c>new.target</c>.</summary>
internal sealed record NewTarget(SourcePosition Start) : Expression(Start);

/// <summary><c>[a, , ...b]</c>: an item is null for a hole, a <see cref="Spread"/> for a spread.</summary>
internal sealed record ArrayLiteral(SourcePosition Start, ImmutableArray<Expression?> Items) : Expression(Start);

/// <summary><c>...value</c> among the items of an array or the arguments of a call; nowhere else.</summary>
internal sealed record Spread(SourcePosition Start, Expression Value) : Expression(Start);

internal sealed record ObjectLiteral(SourcePosition Start, ImmutableArray<PropertyDefinition> Properties) : Expression(Start);

internal enum PropertyKind : byte
{
    /// <summary><c>key: value</c>, <c>[key]: value</c> and shorthand <c>name</c>.</summary>
    Value,

    /// <summary><c>key() { }</c>, also a generator.</summary>
    Method,
    Get,
    Set,

    /// <summary><c>...value</c>: the key is null.</summary>
    Spread,

    /// <summary><c>__proto__: value</c> sets the prototype.</summary>
    Prototype,
}

/// <summary>
/// One property of an object literal. For methods and accessors the value is a <see cref="FunctionExpression"/>.
/// </summary>
internal sealed record PropertyDefinition(
    SourcePosition Start, PropertyKind Kind, PropertyKey? Key, Expression Value) : SyntaxNode(Start);

/// <summary>The key of a property in a literal, class or pattern: a fixed name, or computed at run time.</summary>
/// <param name="Name">The fixed name (numbers as the language spells them); null when computed. For private names without the
/// <c>#</c>.</param>
/// <param name="Computed">The expression in brackets; null when fixed.</param>
internal sealed record PropertyKey(SourcePosition Start, string? Name, Expression? Computed) : SyntaxNode(Start)
{
    /// <summary>A <c>#name</c> of a class.</summary>
    public bool IsPrivate { get; init; }
}

/// <summary>A function, arrow or method as a value.</summary>
internal sealed record FunctionExpression(SourcePosition Start, Function Function) : Expression(Start);

internal sealed record ClassExpression(SourcePosition Start, Class Class) : Expression(Start);

internal enum UnaryOperator : byte { Minus, Plus, Not, BitwiseNot, TypeOf, Void, Delete }

/// <summary>
/// An operator before its operand. <c>delete</c> has a <see cref="Member"/>, an <see cref="Index"/> or any other non-name.
/// </summary>
internal sealed record Unary(SourcePosition Start, UnaryOperator Operator, Expression Operand) : Expression(Start);

/// <summary><c>++</c> and <c>--</c>.</summary>
/// <param name="Target">A <see cref="NameTarget"/> or <see cref="PropertyTarget"/>.</param>
internal sealed record Update(SourcePosition Start, bool IsIncrement, bool IsPrefix, Pattern Target) : Expression(Start);

internal enum BinaryOperator : byte
{
    Add, Subtract, Multiply, Divide, Remainder, Power,
    ShiftLeft, ShiftRight, ShiftRightUnsigned, BitwiseAnd, BitwiseOr, BitwiseXor,
    Equal, NotEqual, StrictEqual, StrictNotEqual, Less, LessOrEqual, Greater, GreaterOrEqual,
    In, InstanceOf,
}

/// <summary>
/// An operator that evaluates both operands. <see cref="OperatorStart"/> is where errors of the operator itself are.
/// </summary>
internal sealed record Binary(
    SourcePosition Start, BinaryOperator Operator, Expression Left, Expression Right, SourcePosition OperatorStart)
    : Expression(Start);

/// <summary><c>#name in object</c>.</summary>
internal sealed record PrivateIn(SourcePosition Start, string Name, Expression Object) : Expression(Start);

internal enum LogicalOperator : byte { And, Or, Coalesce }

internal sealed record Logical(
    SourcePosition Start, LogicalOperator Operator, Expression Left, Expression Right) : Expression(Start);

internal sealed record Conditional(SourcePosition Start, Expression Test, Expression Then, Expression Else) : Expression(Start);

/// <summary><c>target = value</c>, patterns included.</summary>
internal sealed record Assignment(SourcePosition Start, Pattern Target, Expression Value) : Expression(Start);

/// <summary>
/// <c>target += value</c> and the like. The target is a <see cref="NameTarget"/> or <see cref="PropertyTarget"/>.
/// </summary>
internal sealed record CompoundAssignment(
    SourcePosition Start, BinaryOperator Operator, Pattern Target, Expression Value) : Expression(Start);

/// <summary>
/// <c>target &amp;&amp;= value</c>, <c>||=</c>, <c>??=</c>. The target is a <see cref="NameTarget"/> or
/// <see cref="PropertyTarget"/>.
/// </summary>
internal sealed record LogicalAssignment(
    SourcePosition Start, LogicalOperator Operator, Pattern Target, Expression Value) : Expression(Start);

/// <summary><c>a, b</c>.</summary>
internal sealed record Sequence(SourcePosition Start, ImmutableArray<Expression> Expressions) : Expression(Start);

/// <summary>
/// <c>object.name</c>; optional for <c>object?.name</c>, which is always somewhere inside an <see cref="OptionalChain"/>.
/// </summary>
internal sealed record Member(
    SourcePosition Start, Expression Object, string Name, SourcePosition NameStart, bool IsOptional) : Expression(Start);

/// <summary><c>object[key]</c>.</summary>
internal sealed record Index(SourcePosition Start, Expression Object, Expression Key, bool IsOptional) : Expression(Start);

/// <summary><c>object.#name</c>.</summary>
internal sealed record PrivateMember(
    SourcePosition Start, Expression Object, string Name, SourcePosition NameStart, bool IsOptional) : Expression(Start);

/// <summary><c>super.name</c>, or <c>super[key]</c> when the key is not null.</summary>
internal sealed record SuperMember(SourcePosition Start, string? Name, Expression? Key) : Expression(Start);

/// <summary>
/// <c>callee(arguments)</c>. When the callee is a member (also one in parentheses, which changes nothing, or an
/// <see cref="OptionalChain"/> in parentheses around one), its object is <c>this</c>.
/// </summary>
/// <param name="Arguments">Expressions and <see cref="Spread"/>s.</param>
/// <param name="ArgumentsStart">Where the opening parenthesis is.</param>
internal sealed record Call(
    SourcePosition Start, Expression Callee, ImmutableArray<Expression> Arguments, SourcePosition ArgumentsStart, bool IsOptional)
    : Expression(Start);

/// <summary><c>super(arguments)</c>.</summary>
internal sealed record SuperCall(SourcePosition Start, ImmutableArray<Expression> Arguments) : Expression(Start);

internal sealed record New(SourcePosition Start, Expression Callee, ImmutableArray<Expression> Arguments) : Expression(Start);

/// <summary>
/// The extent of an optional chain: when an optional link inside (down the object/callee spine, up to the next
/// <see cref="OptionalChain"/>) finds null or undefined, the whole is undefined.
/// </summary>
internal sealed record OptionalChain(SourcePosition Start, Expression Chain) : Expression(Start);

/// <summary><c>yield</c>, <c>yield value</c>, <c>yield* value</c>.</summary>
internal sealed record Yield(SourcePosition Start, Expression? Value, bool IsDelegate) : Expression(Start);
