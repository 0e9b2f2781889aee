using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>What one call of a function has at hand while it runs. Runs keep frames by depth and use them again.</summary>
internal sealed class Frame(ScriptRun run)
{
    /// <summary>The run the call is part of.</summary>
    public readonly ScriptRun Run = run;

    /// <summary>The variables that no closure shares.</summary>
    public Value[] Slots = [];

    /// <summary>The innermost heap scope in force; null when there is none.</summary>
    public HeapScope? Scope;

    /// <summary>The function called; null for the top level of a module.</summary>
    public Closure? Function;

    /// <summary>The value of <c>this</c>, unless <see cref="LateThis"/> holds it.</summary>
    public Value This;

    /// <summary>Where the constructor of a derived class keeps <c>this</c>, shared with the arrows inside it.</summary>
    public LateThis? LateThis;

    /// <summary>The function that <c>new</c> was applied to; null for an ordinary call.</summary>
    public ScriptFunction? NewTarget;

    /// <summary>The value being returned, while a <see cref="Completion.Return"/> is on its way.</summary>
    public Value Result;

    /// <summary>The statement that a break or continue on its way is meant for.</summary>
    public JumpTarget? Target;

    /// <summary>The unknown value that a <see cref="Truth.Unknown"/> just reported is about.</summary>
    public Value Unknown;

    /// <summary>What a generator gives is the result object of an inner one (<c>yield*</c>), to be handed on as it is.</summary>
    public bool GivesResult;

    /// <summary>How the part of a generator's body that was walked last ended.</summary>
    public Completion Completion;

    /// <summary>What a generator that goes on was told.</summary>
    public ResumeKind ResumeKind;

    /// <summary>The value it was given with that.</summary>
    public Value Sent;

    /// <summary>The place of the statement or call in progress.</summary>
    public SourcePosition At;

    /// <summary>The code being run.</summary>
    public FunctionCode Code = null!;

    /// <summary>The place of the statement or call in progress, with its file.</summary>
    public SourceLocation Location => Code.File.At(At);

    /// <summary>Makes room for a call.</summary>
    public void Prepare(FunctionCode code, HeapScope? scope)
    {
        // A callback is called again and again at one depth: comparing is cheaper than storing a reference.
        if (!ReferenceEquals(Code, code)) Code = code;
        if (!ReferenceEquals(Scope, scope)) Scope = scope;
        At = code.Start;
        if (Slots.Length < code.FrameSlots) Slots = new Value[Math.Max(4, code.FrameSlots)];
    }

    /// <summary>The answer, or the end of the run as undetermined.</summary>
    public bool Decide(Truth truth) => truth == Truth.Unknown ? throw Run.Undetermined(Unknown) : truth == Truth.True;
}

/// <summary>Holds <c>this</c> of the constructor of a derived class, which has none before <c>super()</c> has run.</summary>
internal sealed class LateThis(Closure constructor)
{
    /// <summary>The constructor.</summary>
    public Closure Constructor => constructor;

    public Value Value = new(Tag.Uninitialised, double.NaN, null);

    public bool IsSet => !ReferenceEquals(Value.Reference, Tag.Uninitialised);
}

/// <summary>A statement that breaks and continues can name.</summary>
internal sealed class JumpTarget;
