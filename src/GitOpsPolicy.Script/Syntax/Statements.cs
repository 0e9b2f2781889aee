using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>A construct that is run for what it does.</summary>
internal abstract record Statement(SourcePosition Start) : SyntaxNode(Start);

/// <summary><c>const</c> and <c>let</c>.</summary>
internal sealed record VariableDeclaration(
    SourcePosition Start, bool IsConst, ImmutableArray<Declarator> Declarators) : Statement(Start);

/// <summary>One declared pattern. A <c>let</c> without initialiser becomes undefined; loops over values have none.</summary>
internal sealed record Declarator(Pattern Target, Expression? Initializer) : SyntaxNode(Target.Start);

/// <summary>
/// A function declaration. It is made on entry to its scope (<see cref="Scope.Functions"/>); running the statement does nothing.
/// </summary>
internal sealed record FunctionDeclaration(SourcePosition Start, Identifier Name, Function Function) : Statement(Start);

/// <summary>A class declaration: makes the class and initialises <see cref="Name"/>, the outer binding.</summary>
internal sealed record ClassDeclaration(SourcePosition Start, Identifier Name, Class Class) : Statement(Start);

/// <summary><c>export default expression</c>: initialises <see cref="Name"/>, the binding <c>*default*</c>.</summary>
internal sealed record ExportDefault(SourcePosition Start, Identifier Name, Expression Value) : Statement(Start);

internal sealed record ExpressionStatement(SourcePosition Start, Expression Expression) : Statement(Start)
{
    /// <summary>The names that a <c>var</c> declares here; see <see cref="Dialect"/>.</summary>
    public ImmutableArray<Identifier> Vars { get; init; } = [];
}

internal sealed record Block(SourcePosition Start, ImmutableArray<Statement> Body) : Statement(Start)
{
    /// <summary>The block's names. It never has heap slots of its own.</summary>
    public Scope Scope { get; set; } = null!;
}

internal sealed record EmptyStatement(SourcePosition Start) : Statement(Start);

internal sealed record If(SourcePosition Start, Expression Test, Statement Then, Statement? Else) : Statement(Start);

/// <summary>
/// A loop. <see cref="Scope"/> holds the loop's own names, and has heap slots for what closures made in a round capture.
/// </summary>
internal abstract record Loop(SourcePosition Start, Statement Body) : Statement(Start)
{
    /// <summary>One round's scope. See the loops for when it is entered.</summary>
    public Scope Scope { get; set; } = null!;
}

/// <summary>The test is evaluated outside of <see cref="Loop.Scope"/>, which is entered for each run of the body.</summary>
internal sealed record While(SourcePosition Start, Expression Test, Statement Body) : Loop(Start, Body);

/// <summary>The test is evaluated outside of <see cref="Loop.Scope"/>, which is entered for each run of the body.</summary>
internal sealed record DoWhile(SourcePosition Start, Statement Body, Expression Test) : Loop(Start, Body);

/// <summary>
/// <c>for (init; test; update)</c>. All of it is inside <see cref="Loop.Scope"/>: entered before init; a fresh one with the first
/// <see cref="Scope.CopiedSlots"/> slots copied after init, and again before each update.
/// </summary>
/// <param name="Initializer">A <see cref="VariableDeclaration"/>, an <see cref="ExpressionStatement"/> or null.</param>
internal sealed record For(
    SourcePosition Start, Statement? Initializer, Expression? Test, Expression? Update, Statement Body) : Loop(Start, Body);

internal enum EachKind : byte
{
    /// <summary><c>of</c>: over the values of an iterable.</summary>
    Values,

    /// <summary><c>in</c>: over the keys of an object.</summary>
    Keys,
}

/// <summary>
/// <c>for (target of source)</c> and <c>for (target in source)</c>. The source is evaluated outside of <see cref="Loop.Scope"/>,
/// which is entered for each value before the target is bound.
/// </summary>
/// <param name="IsDeclaration">The target declares names; else it is assigned.</param>
internal sealed record ForEach(
    SourcePosition Start, EachKind Kind, bool IsDeclaration, Pattern Target, Expression Source,
    Statement Body) : Loop(Start, Body)
{
    /// <summary>The names declared are <c>const</c>.</summary>
    public bool IsConst { get; init; }
}

internal sealed record Switch(SourcePosition Start, Expression Value, ImmutableArray<SwitchCase> Cases) : Statement(Start)
{
    /// <summary>The names of all cases together; the value is evaluated outside. It never has heap slots of its own.</summary>
    public Scope Scope { get; set; } = null!;
}

/// <summary>One case; the test of <c>default</c> is null.</summary>
internal sealed record SwitchCase(SourcePosition Start, Expression? Test, ImmutableArray<Statement> Body) : SyntaxNode(Start);

internal sealed record Throw(SourcePosition Start, Expression Value) : Statement(Start);

/// <summary><c>try</c>, with a catch, a finally, or both.</summary>
internal sealed record Try(SourcePosition Start, Block Body, CatchClause? Catch, Block? Finally) : Statement(Start);

internal sealed record CatchClause(SourcePosition Start, Pattern? Parameter, Block Body) : SyntaxNode(Start)
{
    /// <summary>The parameter's names. It never has heap slots of its own.</summary>
    public Scope Scope { get; set; } = null!;
}

internal sealed record Return(SourcePosition Start, Expression? Value) : Statement(Start);

/// <summary><c>break</c>. <see cref="Target"/> is the loop, switch or other statement under a label that is left.</summary>
internal sealed record Break(SourcePosition Start, string? Label) : Statement(Start)
{
    public Statement Target { get; set; } = null!;
}

/// <summary><c>continue</c>. <see cref="Target"/> is the loop whose next round starts.</summary>
internal sealed record Continue(SourcePosition Start, string? Label) : Statement(Start)
{
    public Loop Target { get; set; } = null!;
}

/// <summary>
/// <c>label: body</c>. A labelled break out of a loop or switch targets that statement itself (labels are looked through), so
/// only a labelled block or other plain statement is ever the target of a break.
/// </summary>
internal sealed record Labeled(SourcePosition Start, string Label, Statement Body) : Statement(Start)
{
    /// <summary>Some break targets the body.</summary>
    public bool IsTarget { get; set; }
}
