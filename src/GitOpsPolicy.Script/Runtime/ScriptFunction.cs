namespace GitOpsPolicy.Script.Runtime;

/// <summary>A function of a rule's or of the host's. Rules loaded from expressions are functions too.</summary>
public abstract class ScriptFunction : ScriptObject
{
    private bool hasOwnMembers;

    private protected ScriptFunction(ScriptObject? prototype)
        : base(prototype)
    {
    }

    internal override string ClassName => "Function";

    /// <summary>The first value of <c>name</c>.</summary>
    internal abstract string InitialName { get; }

    /// <summary>The first value of <c>length</c>.</summary>
    internal abstract int InitialLength { get; }

    /// <summary>What <c>toString</c> gives: the source text, where there is one.</summary>
    internal virtual string SourceText => $"function {InitialName}() {{ [native code] }}";

    /// <summary><c>new</c> may be applied to it.</summary>
    internal virtual bool IsConstructor => false;

    /// <summary>A call gives a generator.</summary>
    internal virtual bool IsGenerator => false;

    /// <summary>Calls the function. The caller has charged for the call.</summary>
    internal abstract Value Call(ScriptRun run, in Value thisValue, ReadOnlySpan<Value> arguments);

    /// <summary>Applies <c>new</c>.</summary>
    /// <param name="newTarget">The function that <c>new</c> was written with.</param>
    internal virtual Value Construct(ScriptRun run, ReadOnlySpan<Value> arguments, ScriptFunction newTarget) =>
        throw run.TypeError($"`{InitialName}` is not a constructor");

    /// <summary>
    /// The object that instances made with <c>new</c> inherit from; null when the function has none of its own.
    /// </summary>
    private protected virtual ScriptObject? MakePrototypeObject() => null;

    internal override bool TryGetOwn(PropertyKey key, out Property property)
    {
        if (!hasOwnMembers && key.Text is "name" or "length" or "prototype") AddOwnMembers();
        return base.TryGetOwn(key, out property);
    }

    internal override bool Set(ScriptRun run, PropertyKey key, in Value value, in Value receiver)
    {
        AddOwnMembers();
        return base.Set(run, key, value, receiver);
    }

    internal override bool Delete(PropertyKey key)
    {
        AddOwnMembers();
        return base.Delete(key);
    }

    internal override bool DefineOwn(ScriptRun? run, PropertyKey key, in Property property)
    {
        AddOwnMembers();
        return base.DefineOwn(run, key, property);
    }

    internal override void CollectKeys(List<PropertyKey> keys)
    {
        AddOwnMembers();
        base.CollectKeys(keys);
    }

    internal override void PreventExtensions()
    {
        AddOwnMembers();
        base.PreventExtensions();
    }

    /// <summary>Functions are made often and asked for their members seldom, so those are made when first asked for.</summary>
    private protected void AddOwnMembers()
    {
        if (hasOwnMembers) return;
        hasOwnMembers = true;
        Define("length", Value.Of(InitialLength), PropertyFlags.Configurable);
        Define("name", Value.Of(InitialName), PropertyFlags.Configurable);
        if (MakePrototypeObject() is { } prototype)
            Define("prototype", Value.Of(prototype), PrototypeFlags);
    }

    private protected virtual PropertyFlags PrototypeFlags => PropertyFlags.Writable;

    /// <summary>ECMAScript, GetPrototypeFromConstructor.</summary>
    internal static ScriptObject PrototypeFor(ScriptRun run, ScriptFunction newTarget, ScriptObject fallback) =>
        newTarget.Get(run, "prototype", Value.Of(newTarget)).Reference as ScriptObject ?? fallback;
}

/// <summary>A function whose code is the host's.</summary>
public sealed class NativeFunction : ScriptFunction
{
    private readonly NativeCode code;
    private readonly NativeConstruct? construct;
    private readonly ScriptObject? instancePrototype;

    internal NativeFunction(
        string name, int length, NativeCode code, NativeConstruct? construct = null, ScriptObject? instancePrototype = null)
        : base(Intrinsics.FunctionPrototype) =>
        (InitialName, InitialLength, this.code, this.construct, this.instancePrototype) = (name, length, code, construct,
            instancePrototype);

    /// <summary>A function value for rules to call. Its <c>length</c> is 0.</summary>
    /// <param name="name">Its name, as <c>f.name</c> gives it.</param>
    /// <param name="code">What it does. It may be called from several threads at once, each with a run of its own.</param>
    public static Value Create(string name, NativeCode code)
    {
        var function = new NativeFunction(name, 0, code);
        function.Freeze();
        return Value.Of(function);
    }

    internal override string InitialName { get; }

    internal override int InitialLength { get; }

    internal override bool IsConstructor => construct is not null;

    private protected override PropertyFlags PrototypeFlags => PropertyFlags.None;

    internal override Value Call(ScriptRun run, in Value thisValue, ReadOnlySpan<Value> arguments) =>
        code(run, thisValue, new Arguments(arguments));

    internal override Value Construct(ScriptRun run, ReadOnlySpan<Value> arguments, ScriptFunction newTarget) =>
        construct is null ? base.Construct(run, arguments, newTarget) : construct(run, new Arguments(arguments), newTarget);

    private protected override ScriptObject? MakePrototypeObject() => instancePrototype;
}

/// <summary>What <c>f.bind(…)</c> makes.</summary>
internal sealed class BoundFunction(ScriptFunction target, Value boundThis, Value[] boundArguments, string name, int length)
    : ScriptFunction(target.Prototype)
{
    internal override string InitialName => name;

    internal override int InitialLength => length;

    internal override bool IsConstructor => target.IsConstructor;

    /// <summary>The function that was bound; <c>instanceof</c> asks it.</summary>
    public ScriptFunction Target => target;

    internal override Value Call(ScriptRun run, in Value thisValue, ReadOnlySpan<Value> arguments) =>
        run.Call(Value.Of(target), boundThis, Join(run, arguments));

    internal override Value Construct(ScriptRun run, ReadOnlySpan<Value> arguments, ScriptFunction newTarget) =>
        run.Construct(Value.Of(target), Join(run, arguments), ReferenceEquals(newTarget, this) ? target : newTarget);

    private Value[] Join(ScriptRun run, ReadOnlySpan<Value> arguments)
    {
        run.Charge(boundArguments.Length >> 2);
        run.Allocate((boundArguments.Length + arguments.Length) * (long)ScriptRun.ElementBytes);
        return [.. boundArguments, .. arguments];
    }

    internal override void CollectReferences(List<object> references)
    {
        base.CollectReferences(references);
        references.Add(target);
        if (boundThis.Reference is { } held) references.Add(held);
        foreach (ref readonly var value in boundArguments.AsSpan())
            if (value.Reference is { } reference) references.Add(reference);
    }
}
