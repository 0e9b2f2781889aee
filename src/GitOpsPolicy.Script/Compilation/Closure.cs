using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>A compiled function: what all closures made from one place share.</summary>
internal sealed class FunctionCode
{
    public required SourceFile File { get; init; }

    public required SourcePosition Start { get; init; }

    /// <summary>The text that the function is part of, and where in it.</summary>
    public string Source { get; init; } = "";

    public Range SourceRange { get; set; }

    public required string Name { get; init; }

    public required int Length { get; init; }

    public required FunctionKind Kind { get; init; }

    /// <summary>Slots of the frame.</summary>
    public required int FrameSlots { get; set; }

    /// <summary>The body of a generator function; null for any other.</summary>
    public Resumable? Generator { get; set; }

    /// <summary>Slots of the heap scope made for each call; zero for none.</summary>
    public required int HeapSlots { get; init; }

    /// <summary>
    /// How many parameters are plain names whose arguments go straight to the first slots; the rest have binders.
    /// </summary>
    public required int PlainParameters { get; init; }

    /// <summary>Binds the parameters, one by one, when they are not plain.</summary>
    public Binder[] Parameters { get; init; } = [];

    /// <summary>Binds the parameter that takes the remaining arguments; null when there is none.</summary>
    public Binder? Rest { get; init; }

    /// <summary>Where the function finds all its arguments as an object; null when it does not use them so.</summary>
    public Binder? Arguments { get; init; }

    /// <summary>Where a named function expression finds itself; null for none.</summary>
    public Binder? Self { get; init; }

    /// <summary>What comes before the first statement.</summary>
    public ScopeEntry Entry { get; set; } = ScopeEntry.None;

    /// <summary>The statements; empty when <see cref="Value"/> is the whole body.</summary>
    public Step[] Body { get; set; } = [];

    /// <summary>The expression whose value the function returns, for an arrow without braces.</summary>
    public Operation? Value { get; set; }

    /// <summary>Steps that a call costs, its statements not included.</summary>
    public int Cost { get; set; } = 1;

    public bool UsesThis { get; init; }

    /// <summary>
    /// For a field's initial value: a nameless function that it makes gets the name of the field, known at run time only.
    /// </summary>
    public bool NamesValue { get; set; }

    /// <summary>Nothing but plain parameters is to be set up.</summary>
    public bool IsSimple => Entry.IsEmpty && Self is null && Parameters.Length == 0 && Rest is null && Arguments is null;

    public bool IsArrow => Kind == FunctionKind.Arrow;

    public bool IsClassConstructor => Kind is FunctionKind.Constructor or FunctionKind.DerivedConstructor;

    /// <summary>Runs the body in a prepared frame.</summary>
    public Value Run(Frame frame)
    {
        if (Value is { } value) return value.Evaluate(frame);
        foreach (var step in Body)
            if (step.Run(frame) == Completion.Return) return frame.Result;
        return Runtime.Value.Undefined;
    }
}

/// <summary>A function of a rule's: its code and the variables it closes over.</summary>
internal sealed class Closure(FunctionCode code, HeapScope? scope, ScriptObject prototype) : ScriptFunction(prototype)
{
    public FunctionCode Code => code;

    /// <summary>For arrows: <c>this</c> and the rest of what they take over from the function around them.</summary>
    public Value OuterThis { get; init; } = Value.Undefined;

    public LateThis? OuterLateThis { get; init; }

    public ScriptFunction? OuterNewTarget { get; init; }

    /// <summary>The object a method was written in, where <c>super</c> starts looking; for arrows the one around them.</summary>
    public ScriptObject? Home { get; set; }

    /// <summary>For the constructor of a class: what it adds to a new instance. Null when that is nothing.</summary>
    public InstanceFields? Fields { get; set; }

    /// <summary>The private names that its code sees; null for none.</summary>
    public PrivateScope? Privates { get; set; }

    /// <summary>The name, when it is only known at run time (computed keys).</summary>
    public string? GivenName { get; set; }

    internal override string InitialName => GivenName ?? code.Name;

    internal override int InitialLength => code.Length;

    internal override string SourceText => code.Source[code.SourceRange];

    internal override bool IsConstructor =>
        (code.Kind is FunctionKind.Function && code.Generator is null) || code.IsClassConstructor;

    internal override bool IsGenerator => code.Generator is not null;

    private protected override PropertyFlags PrototypeFlags =>
        code.IsClassConstructor ? PropertyFlags.None : PropertyFlags.Writable;

    internal override Value Call(ScriptRun run, in Value thisValue, ReadOnlySpan<Value> arguments)
    {
        if (code.Generator is not null) return Generate(run, thisValue, arguments);
        if (code.IsClassConstructor) throw run.TypeError($"the class `{InitialName}` cannot be called without `new`");
        var frame = run.PushFrame(code, scope);
        if (code.UsesThis)
        {
            if (code.IsArrow) (frame.This, frame.NewTarget, frame.LateThis) = (OuterThis, OuterNewTarget, OuterLateThis);
            else (frame.This, frame.NewTarget, frame.LateThis) = (thisValue, null, null);
        }

        if (!ReferenceEquals(frame.Function, this)) frame.Function = this;
        BindArguments(frame, arguments);
        var result = code.Run(frame);
        run.PopFrame();
        return result;
    }

    internal override Value Construct(ScriptRun run, ReadOnlySpan<Value> arguments, ScriptFunction newTarget)
    {
        if (!IsConstructor) return base.Construct(run, arguments, newTarget);
        var frame = run.PushFrame(code, scope);
        (frame.Function, frame.NewTarget, frame.LateThis) = (this, newTarget, null);
        if (code.Kind == FunctionKind.DerivedConstructor)
        {
            frame.LateThis = new LateThis(this);
        }
        else
        {
            run.Allocate(ScriptRun.ObjectBytes);
            frame.This = Value.Of(new ScriptRecord(PrototypeFor(run, newTarget, Intrinsics.ObjectPrototype)));
            Fields?.AddTo(run, frame.This);
        }

        var (late, made) = (frame.LateThis, frame.This);
        BindArguments(frame, arguments);
        var result = code.Run(frame);
        run.PopFrame();
        if (result.IsObject) return result;
        if (late is null) return made;
        if (!result.IsUndefined) throw run.TypeError("the constructor of a derived class may only return an object or undefined");
        return late.IsSet
            ? late.Value
            : throw run.ReferenceError("the constructor of a derived class has to call `super()` before it ends");
    }

    internal override void CollectReferences(List<object> references)
    {
        base.CollectReferences(references);
        if (scope is not null) references.Add(scope);
        if (OuterThis.Reference is { } held) references.Add(held);
        if (Home is not null) references.Add(Home);
        Fields?.CollectReferences(references);
    }

    // The frame stays with the generator, so it is not one of those that the run uses again.
    private Value Generate(ScriptRun run, in Value thisValue, ReadOnlySpan<Value> arguments)
    {
        run.Allocate((ScriptRun.ObjectBytes * 4) + (code.FrameSlots * ScriptRun.ElementBytes));
        var frame = new Frame(run) { This = thisValue, Function = this };
        frame.Prepare(code, scope);
        BindArguments(frame, arguments);
        var parent = Get(run, "prototype", Value.Of(this)).Reference as ScriptObject ?? Intrinsics.GeneratorPrototype;
        return Value.Of(new ScriptGenerator(parent, frame, code.Generator!.Walk(frame)));
    }

    private protected override ScriptObject? MakePrototypeObject()
    {
        if (code.Generator is not null) return new ScriptRecord(Intrinsics.GeneratorPrototype);
        if (code.Kind != FunctionKind.Function) return null;
        var made = new ScriptRecord();
        made.Define("constructor", Value.Of(this), PropertyFlags.Hidden);
        return made;
    }

    private void BindArguments(Frame frame, ReadOnlySpan<Value> arguments)
    {
        frame.Run.Charge(code.Cost);
        if (code.HeapSlots > 0)
        {
            frame.Run.Allocate(ScriptRun.ObjectBytes + (code.HeapSlots * ScriptRun.ElementBytes));
            frame.Scope = new HeapScope(scope, code.HeapSlots);
        }

        var slots = frame.Slots;
        for (var i = 0; i < code.PlainParameters; i++) slots[i] = i < arguments.Length ? arguments[i] : Value.Undefined;
        if (!code.IsSimple) BindOthers(frame, arguments);
    }

    private void BindOthers(Frame frame, ReadOnlySpan<Value> arguments)
    {
        code.Entry.MarkUninitialised(frame);
        code.Self?.Bind(frame, Value.Of(this));
        code.Arguments?.Bind(frame, ScriptArguments.Of(frame.Run, arguments));
        for (var i = 0; i < code.Parameters.Length; i++)
            code.Parameters[i].Bind(frame, i < arguments.Length ? arguments[i] : Value.Undefined);
        code.Rest?.Bind(frame, RestOf(frame.Run, arguments));
        code.Entry.MakeFunctions(frame);
    }

    private Value RestOf(ScriptRun run, ReadOnlySpan<Value> arguments)
    {
        var from = Math.Min(Math.Max(code.PlainParameters, code.Parameters.Length), arguments.Length);
        run.Allocate(ScriptRun.ObjectBytes + ((arguments.Length - from) * ScriptRun.ElementBytes));
        return Value.Of(new ScriptArray(arguments[from..].ToArray()));
    }
}
