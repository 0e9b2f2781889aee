using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>What declared a name.</summary>
internal enum BindingKind : byte
{
    Const,
    Let,
    Parameter,
    Function,
    Class,
    Import,
    Catch,

    /// <summary>The name that a named function expression, or a class inside its own body, has for itself. Read-only.</summary>
    Self,
}

/// <summary>
/// One declared name, resolved to a place. Where its value lives at run time:
/// <list type="bullet">
/// <item><description>not <see cref="IsCaptured"/>: slot <see cref="Slot"/> of the frame of the call (one frame per call;
/// slots of blocks that cannot be live together are reused);</description></item>
/// <item><description><see cref="IsCaptured"/>: slot <see cref="Slot"/> of the heap scope made for <see cref="Home"/>,
/// <see cref="Identifier.Hops"/> heap scopes up from the place of the reference.</description></item>
/// </list>
/// Bindings of a module's top level are always captured: their home is the module scope, of which there is one instance,
/// so a compiler may bind to it directly and ignore the hops.
/// </summary>
internal sealed class Binding(string name, BindingKind kind, SourcePosition declared)
{
    /// <summary>The name; <c>*default*</c> for the value of an <c>export default</c> that has none.</summary>
    public string Name { get; } = name;

    /// <summary>What declared it.</summary>
    public BindingKind Kind { get; } = kind;

    /// <summary>Where.</summary>
    public SourcePosition Declared { get; } = declared;

    /// <summary>A function other than the declaring one uses it, so it outlives the frame.</summary>
    public bool IsCaptured { get; set; }

    /// <summary>Something assigns to it after its declaration.</summary>
    public bool IsAssigned { get; set; }

    /// <summary>
    /// Some use may run before the declaration has: the slot must be set to the uninitialised mark on entry to the scope,
    /// and uses with <see cref="Identifier.NeedsCheck"/> must test for it (ReferenceError).
    /// </summary>
    public bool NeedsCheck { get; set; }

    /// <summary>The slot in the frame or the heap scope.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>The scope whose heap scope holds the binding when it is captured.</summary>
    public Scope Home { get; set; } = null!;

    /// <summary>While resolving: the declaration has run by now, wherever the code being looked at runs.</summary>
    internal bool IsReady { get; set; }

    /// <summary>While resolving: something refers to it.</summary>
    internal bool IsUsed { get; set; }

    /// <summary>
    /// Const, import and self bindings cannot be assigned. (Assigning a self binding or a const is a load error already.)
    /// </summary>
    public bool IsReadOnly => Kind is BindingKind.Const or BindingKind.Import or BindingKind.Self;

    public override string ToString() => $"{Kind} {Name}@{Slot}{(IsCaptured ? " captured" : "")}";
}

/// <summary>What a scope belongs to.</summary>
internal enum ScopeKind : byte
{
    Module,
    Function,
    Block,

    /// <summary>One round of a loop, with the loop's own bindings and everything captured inside its body.</summary>
    Loop,
    Catch,
    Switch,

    /// <summary>A class's own name inside its body.</summary>
    Class,
}

/// <summary>
/// The names that one construct declares. At run time a scope costs something only when <see cref="HeapSlots"/> is not zero:
/// then a fresh heap scope of that many slots, whose parent is the heap scope in force, is made on entry and left on exit.
/// <para>
/// Only the module, functions, loops (once per round) and classes ever have one. Captured names of any other block live in the
/// heap scope of the nearest of those, which is the same thing since such a block runs at most once per instance of it.
/// A function's parameters, self name and body share one scope at run time.
/// </para>
/// </summary>
internal sealed class Scope(ScopeKind kind, Scope? parent, Function? function)
{
    /// <summary>The function whose frame holds the uncaptured names; null for the top level of a module.</summary>
    public Function? Function { get; } = function;

    /// <summary>What the scope belongs to.</summary>
    public ScopeKind Kind { get; } = kind;

    /// <summary>The scope around; null for the outermost.</summary>
    public Scope? Parent { get; } = parent;

    /// <summary>Names declared right here, in source order; a loop's own bindings come first.</summary>
    public List<Binding> Bindings { get; } = [];

    /// <summary>Slots of the heap scope to make on entry; zero for none.</summary>
    public int HeapSlots { get; set; }

    /// <summary>
    /// For <c>for (let …;;)</c>: the first so many heap slots are the loop's own bindings, whose values are copied to the fresh
    /// heap scope of the next round (before the update runs). The other slots start afresh.
    /// </summary>
    public int CopiedSlots { get; set; }

    /// <summary>
    /// Function declarations of this scope, to be made on entry (before its first statement), in source order.
    /// A later one of the same name wins. For a function's body they come after the parameters have their values.
    /// </summary>
    public ImmutableArray<FunctionDeclaration> Functions { get; set; } = [];

    /// <summary>Bindings that must be marked uninitialised on entry: those with <see cref="Binding.NeedsCheck"/>.</summary>
    public ImmutableArray<Binding> Unchecked { get; set; } = [];

    /// <summary>The same names, for looking up.</summary>
    internal Dictionary<string, Binding> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The scope is the body of <see cref="Function"/>, whose parameters are in the scope around it.</summary>
    internal bool IsBody { get; init; }

    /// <summary>Heap scopes in force inside, this one included.</summary>
    internal int HeapDepth { get; set; }

    /// <summary>The first frame slot free for scopes inside.</summary>
    internal int FrameEnd { get; set; }
}
