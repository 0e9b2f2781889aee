using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

internal enum FunctionKind : byte
{
    /// <summary>A function declaration or expression: has its own <c>this</c>, may be called with <c>new</c>.</summary>
    Function,

    /// <summary>An arrow: <c>this</c>, <c>super</c> and <c>new.target</c> are those around it.</summary>
    Arrow,

    /// <summary>A method, getter or setter of a literal or class: own <c>this</c>, may use <c>super</c>, no <c>new</c>.</summary>
    Method,

    /// <summary>A class constructor: only with <c>new</c>.</summary>
    Constructor,

    /// <summary>A class constructor of a class that extends another: <c>this</c> starts with <c>super()</c>.</summary>
    DerivedConstructor,

    /// <summary>A field initialiser or static block: called as a method of the instance or class.</summary>
    Initializer,
}

/// <summary>
/// A function of any kind. At a call: a frame of <see cref="FrameSlots"/> slots; a heap scope when
/// <see cref="Scope"/> has heap slots; the self name, then the parameters are bound; <see cref="Scope.Functions"/> are made;
/// the body runs.
/// </summary>
/// <param name="Parameters">Without the rest parameter.</param>
/// <param name="Body">Statements; a single <see cref="Return"/> for an arrow with an expression body.</param>
internal sealed record Function(
    SourcePosition Start, FunctionKind Kind, bool IsGenerator,
    ImmutableArray<PatternElement> Parameters, Pattern? Rest, ImmutableArray<Statement> Body)
    : SyntaxNode(Start)
{
    /// <summary>
    /// The value of the function's <c>name</c>: its own, or the one that the language infers from the place (<c>const f = () =>
    /// 1</c>). Empty for none. For a member with a computed key the name is only known at run time.
    /// </summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// The name of a named function expression, visible inside it only; null for none, or when nothing uses it.
    /// </summary>
    public Identifier? Self { get; set; }

    /// <summary>The name <c>arguments</c>, when the function uses it; see <see cref="Dialect"/>.</summary>
    public Identifier? Arguments { get; set; }

    /// <summary>Parameters and body. The body's names are in it too (see <see cref="Syntax.Scope"/>).</summary>
    public Scope Scope { get; set; } = null!;

    /// <summary>Slots of the frame. When no parameter is captured and all are plain names, parameter i is in slot i.</summary>
    public int FrameSlots { get; set; }

    /// <summary>
    /// Every parameter is a plain name without default, and there is no rest: arguments go straight to their slots.
    /// </summary>
    public bool HasPlainParameters { get; set; }

    /// <summary>The value of <c>length</c>: parameters before the first with a default.</summary>
    public int Length { get; set; }

    /// <summary>The function, or an arrow inside it, uses <c>this</c>, <c>super</c> or <c>new.target</c>.</summary>
    public bool UsesThis { get; set; }

    /// <summary>The source text, for <c>toString</c>: offsets into the text in UTF-16 code units.</summary>
    public Range Text { get; init; }
}

/// <summary>A class.</summary>
/// <param name="Name">Its name for itself inside the body (kind <see cref="BindingKind.Self"/>); null for none.</param>
/// <param name="Base">The expression after <c>extends</c>; null for none.</param>
/// <param name="Constructor">Null for the default one.</param>
internal sealed record Class(
    SourcePosition Start, Identifier? Name, Expression? Base, Function? Constructor, ImmutableArray<ClassMember> Members)
    : SyntaxNode(Start)
{
    /// <summary>Holds the class's name for itself; heap slots only when a member uses it.</summary>
    public Scope Scope { get; set; } = null!;

    /// <summary>The source text, for <c>toString</c>: offsets into the text in UTF-16 code units.</summary>
    public Range Text { get; init; }

    /// <summary>The value of the class's <c>name</c>, its own or inferred; empty for none.</summary>
    public string DisplayName { get; set; } = "";
}

internal enum ClassMemberKind : byte { Method, Get, Set, Field, StaticBlock }

/// <summary>One member of a class.</summary>
/// <param name="Key">Null for a static block.</param>
/// <param name="Value">The method, accessor, field initialiser (kind <see cref="FunctionKind.Initializer"/>) or static block;
/// null for a field without initialiser.</param>
internal sealed record ClassMember(
    SourcePosition Start, ClassMemberKind Kind, bool IsStatic, PropertyKey? Key, Function? Value) : SyntaxNode(Start);
