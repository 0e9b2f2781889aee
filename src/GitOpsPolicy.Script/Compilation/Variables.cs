using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>A value known when the rule is compiled: a literal, a global, a host's function.</summary>
internal sealed class Constant(Value value) : Operation
{
    private readonly Value value = value;

    public Value Value => value;

    public override bool IsPure => true;

    public override Value Evaluate(Frame frame) => value;
}

/// <summary>Reads a variable of the frame.</summary>
internal sealed class LocalRead(int slot) : Operation
{
    public int Slot => slot;

    public override bool IsPure => true;

    public override Value Evaluate(Frame frame) => frame.Slots[slot];
}

/// <summary>Reads a variable of the frame whose declaration may not have run yet.</summary>
internal sealed class CheckedLocalRead(int slot, string name, SourcePosition start) : Operation
{
    public override Value Evaluate(Frame frame) => Initialised.Check(frame, frame.Slots[slot], name, start);
}

/// <summary>Reads a variable that closures share.</summary>
internal sealed class ScopeRead(int hops, int slot) : Operation
{
    public override bool IsPure => true;

    public override Value Evaluate(Frame frame) => ScopeChain.At(frame, hops).Slots[slot];
}

/// <summary>Reads a shared variable whose declaration may not have run yet.</summary>
internal sealed class CheckedScopeRead(int hops, int slot, string name, SourcePosition start) : Operation
{
    public override Value Evaluate(Frame frame) => Initialised.Check(frame, ScopeChain.At(frame, hops).Slots[slot], name, start);
}

/// <summary>Reads a variable of a module's top level, or one imported from another module.</summary>
internal sealed class ModuleRead(HeapScope module, int slot, string name, SourcePosition start) : Operation
{
    public override bool IsPure => true;

    public override Value Evaluate(Frame frame) => Initialised.Check(frame, module.Slots[slot], name, start);
}

/// <summary><c>this</c>.</summary>
internal sealed class ThisRead : Operation
{
    public override bool IsPure => true;

    public override Value Evaluate(Frame frame)
    {
        if (frame.LateThis is not { } late) return frame.This;
        return late.IsSet ? late.Value : throw frame.Run.ReferenceError("`this` is used before `super()` has been called");
    }
}

/// <summary><c>new.target</c>.</summary>
internal sealed class NewTargetRead : Operation
{
    public override Value Evaluate(Frame frame) => frame.NewTarget is { } target ? Value.Of(target) : Value.Undefined;
}

/// <summary>A function, arrow or method as a value.</summary>
internal sealed class FunctionValue(FunctionCode code) : Operation
{
    public FunctionCode Code => code;

    public override Value Evaluate(Frame frame) => FunctionMaker.Make(frame, code);
}

/// <summary>Writes a variable of the frame.</summary>
internal sealed class LocalBinder(int slot) : Binder
{
    public int Slot => slot;

    public override void Bind(Frame frame, in Value value) => frame.Slots[slot] = value;
}

/// <summary>Assigns a variable of the frame whose declaration may not have run yet.</summary>
internal sealed class CheckedLocalBinder(int slot, string name, SourcePosition start) : Binder
{
    public override void Bind(Frame frame, in Value value)
    {
        Initialised.Check(frame, frame.Slots[slot], name, start);
        frame.Slots[slot] = value;
    }
}

/// <summary>Initialises or assigns a variable that closures share, or one of the top level of a module being loaded.</summary>
internal sealed class ScopeBinder(
    HeapScope? module, int hops, int slot, string name, SourcePosition start, bool isChecked) : Binder
{
    public override void Bind(Frame frame, in Value value)
    {
        var scope = module ?? ScopeChain.At(frame, hops);
        if (isChecked) Initialised.Check(frame, scope.Slots[slot], name, start);
        if (scope.IsFrozen)
        {
            frame.At = start;
            throw frame.Run.TypeError($"`{name}` cannot change any more: what a module sets up is frozen once it is loaded");
        }

        scope.Slots[slot] = value;
    }
}

internal static class ScopeChain
{
    public static HeapScope At(Frame frame, int hops)
    {
        var scope = frame.Scope!;
        for (; hops > 0; hops--) scope = scope.Parent!;
        return scope;
    }
}

internal static class Initialised
{
    /// <summary>The value, unless it is the mark of a variable whose declaration has not run.</summary>
    public static Value Check(Frame frame, in Value value, string name, SourcePosition start)
    {
        if (!ReferenceEquals(value.Reference, Tag.Uninitialised)) return value;
        frame.At = start;
        throw frame.Run.ReferenceError($"`{name}` is used before its declaration");
    }
}
