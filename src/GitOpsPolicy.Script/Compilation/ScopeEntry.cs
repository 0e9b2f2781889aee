using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>
/// What entering a scope does: marks variables that may be used too early, and makes the functions it declares.
/// </summary>
internal sealed class ScopeEntry(Binder[] uninitialised, (Binder Target, FunctionCode Code)[] functions)
{
    private static readonly Value Mark = new(Tag.Uninitialised, double.NaN, null);

    public static ScopeEntry None { get; } = new([], []);

    public bool IsEmpty => uninitialised.Length == 0 && functions.Length == 0;

    public void Enter(Frame frame)
    {
        MarkUninitialised(frame);
        MakeFunctions(frame);
    }

    public void MarkUninitialised(Frame frame)
    {
        foreach (var target in uninitialised) target.Bind(frame, Mark);
    }

    public void MakeFunctions(Frame frame)
    {
        foreach (var (target, code) in functions) target.Bind(frame, FunctionMaker.Make(frame, code));
    }
}

/// <summary>Makes closures.</summary>
internal static class FunctionMaker
{
    public static Value Make(Frame frame, FunctionCode code)
    {
        frame.Run.Allocate(ScriptRun.ObjectBytes);
        return Value.Of(code is { IsArrow: true, UsesThis: true }
            ? new Closure(code, frame.Scope, Intrinsics.FunctionPrototype)
            {
                OuterThis = frame.This, OuterLateThis = frame.LateThis, OuterNewTarget = frame.NewTarget,
                Home = frame.Function?.Home, Privates = frame.Function?.Privates,
            }
            : new Closure(
                code, frame.Scope, code.Generator is null ? Intrinsics.FunctionPrototype : Intrinsics.GeneratorFunctionPrototype)
            {
                Privates = frame.Function?.Privates,
            });
    }
}
