using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Compilation;

/// <summary>A class as compiled: what making it needs.</summary>
internal sealed record ClassCode(
    int HeapSlots, ScopeEntry Entry, Binder? Self, Operation? Base, FunctionCode Constructor, string[] PrivateNames,
    ClassPart[] Parts, SourcePosition Start);

/// <summary>One member of a class.</summary>
/// <param name="IsStatic">A member of the class itself.</param>
/// <param name="Method">The method or accessor under a public key; null for the rest.</param>
/// <param name="Key">The key of a public field; null for the rest.</param>
/// <param name="PrivateName">The index of the private name; -1 for a public member.</param>
/// <param name="Code">The initial value of a field, the code of a static block, or of a private method or accessor; null for a
/// field without initial value.</param>
/// <param name="Kind">What a private member with code is.</param>
internal sealed record ClassPart(
    bool IsStatic, MethodMember? Method, Operation? Key, int PrivateName, FunctionCode? Code, ClassPartKind Kind);

internal enum ClassPartKind : byte
{
    Method,
    Get,
    Set,
    Field,
    StaticBlock,
}

/// <summary>Makes a class (ECMAScript, ClassDefinitionEvaluation).</summary>
internal sealed class ClassOperation(ClassCode code, string? givenName) : Operation
{
    public override Value Evaluate(Frame frame) => Make(frame, givenName);

    public Value Make(Frame frame, string? name)
    {
        var outer = frame.Scope;
        if (code.HeapSlots > 0) frame.Scope = new HeapScope(outer, code.HeapSlots);
        code.Entry.Enter(frame);
        var (parent, prototypeParent) = Bases(frame);
        frame.Run.Allocate(ScriptRun.ObjectBytes * 16);
        var prototype = new ScriptRecord(prototypeParent);
        var privates = code.PrivateNames.Length == 0
            ? frame.Function?.Privates
            : new PrivateScope(frame.Function?.Privates, [.. code.PrivateNames.Select(n => new PrivateName(n))]);
        var made = new Closure(code.Constructor, frame.Scope, parent) { Home = prototype, Privates = privates, GivenName = name };
        made.Define("prototype", Value.Of(prototype), PropertyFlags.None);
        prototype.Define("constructor", Value.Of(made), PropertyFlags.Hidden);
        AddParts(frame, made, prototype, privates);
        frame.Scope = outer;
        return Value.Of(made);
    }

    private (ScriptObject Parent, ScriptObject? PrototypeParent) Bases(Frame frame)
    {
        if (code.Base is null) return (Intrinsics.FunctionPrototype, Intrinsics.ObjectPrototype);
        var parent = code.Base.Evaluate(frame);
        frame.At = code.Start;
        if (parent.IsNull) return (Intrinsics.FunctionPrototype, null);
        if (parent.Reference is not ScriptFunction { IsConstructor: true } function)
            throw frame.Run.TypeError($"a class cannot extend {ScriptRun.Describe(parent)}: it is no constructor");
        var prototype = Objects.Get(frame.Run, parent, "prototype");
        if (prototype.IsNull) return (function, null);
        return (function,
            prototype.Reference as ScriptObject
                ?? throw frame.Run.TypeError("the `prototype` of the class to extend is no object"));
    }

    private void AddParts(Frame frame, Closure made, ScriptObject prototype, PrivateScope? privates)
    {
        var fields = new InstanceFields();
        var later = new List<ClassElement>();
        foreach (var part in code.Parts)
        {
            var home = part.IsStatic ? made : prototype;
            if (part.Method is { } method)
            {
                method.AddTo(frame, home, privates);
                continue;
            }

            var element = Element(frame, part, home, privates);
            if (part.IsStatic) later.Add(element);
            else fields.Add(element);
        }

        code.Self?.Bind(frame, Value.Of(made));
        if (!fields.IsEmpty) made.Fields = fields;

        // Private methods come before fields, whatever their order in the text.
        foreach (var element in later.Where(e => e.IsPrivateMethod)) element.AddTo(frame.Run, Value.Of(made));
        foreach (var element in later.Where(e => !e.IsPrivateMethod)) element.AddTo(frame.Run, Value.Of(made));
    }

    private static ClassElement Element(Frame frame, ClassPart part, ScriptObject home, PrivateScope? privates)
    {
        var key = part.Key is null ? default : Conversion.ToKey(frame.Run, part.Key.Evaluate(frame));
        var function = part.Code is null ? null : (Closure)FunctionMaker.Make(frame, part.Code).Reference!;
        if (function is not null) (function.Home, function.Privates) = (home, privates);
        return new ClassElement(part.Kind, key, part.PrivateName < 0 ? null : privates!.Find(0, part.PrivateName), function);
    }
}

/// <summary>A member of a class that is added to each instance, or to the class itself once it is made.</summary>
/// <param name="Key">The key of a public field.</param>
/// <param name="PrivateName">The private name; null for the rest.</param>
/// <param name="Function">The initializer, block, method or accessor; null for a field without initial value.</param>
internal sealed record ClassElement(ClassPartKind Kind, PropertyKey Key, PrivateName? PrivateName, Closure? Function)
{
    public bool IsPrivateMethod => PrivateName is not null && Kind != ClassPartKind.Field;

    public void AddTo(ScriptRun run, in Value target)
    {
        if (PrivateName is { } name)
        {
            AddPrivate(run, (ScriptObject)target.Reference!, name, target);
            return;
        }

        var value = Function is null ? Value.Undefined : run.Call(Value.Of(Function), target);
        if (Kind == ClassPartKind.StaticBlock) return;
        if (Function is { Code.NamesValue: true } && value.Reference is Closure closure)
            closure.GivenName = FunctionNames.Of(Key);
        if (!((ScriptObject)target.Reference!).DefineOwn(run, Key, new Property(value, PropertyFlags.All)))
            throw run.TypeError($"cannot define the field `{Key}`");
    }

    private void AddPrivate(ScriptRun run, ScriptObject target, PrivateName name, in Value instance)
    {
        var property = Kind switch
        {
            ClassPartKind.Field =>
                new Property(Function is null ? Value.Undefined : run.Call(Value.Of(Function), instance), PropertyFlags.Writable),
            ClassPartKind.Method => new Property(Value.Of(Function!), PropertyFlags.None),
            _ => Accessor(target, name),
        };
        if (property.IsAccessor && target.TryGetPrivate(name, out _)) target.RemovePrivate(name);
        if (!target.TryAddPrivate(run, name, property)) throw run.TypeError($"cannot add `#{name.Name}` to the object twice");
    }

    private Property Accessor(ScriptObject target, PrivateName name)
    {
        var other = target.TryGetPrivate(name, out var existing) && existing.IsAccessor ? existing.Accessor : null;
        return new Property(
            Kind == ClassPartKind.Get ? new Accessor(Function, other?.Set) : new Accessor(other?.Get, Function),
            PropertyFlags.None);
    }
}

/// <summary>What a class adds to each new instance: private methods first, then fields in the order of the text.</summary>
internal sealed class InstanceFields
{
    private readonly List<ClassElement> methods = [];
    private readonly List<ClassElement> fields = [];

    public bool IsEmpty => methods.Count == 0 && fields.Count == 0;

    public void Add(ClassElement element) => (element.IsPrivateMethod ? methods : fields).Add(element);

    public void AddTo(ScriptRun run, in Value instance)
    {
        foreach (var method in methods) method.AddTo(run, instance);
        foreach (var field in fields) field.AddTo(run, instance);
    }

    public void CollectReferences(List<object> references)
    {
        foreach (var element in methods.Concat(fields))
            if (element.Function is { } function) references.Add(function);
    }
}

/// <summary><c>super(…)</c>.</summary>
internal sealed class SuperCall(ArgumentList arguments, SourcePosition start) : Operation
{
    public override Value Evaluate(Frame frame)
    {
        var late = frame.LateThis ?? throw new InvalidOperationException("There is no constructor around `super()`.");
        var parent = late.Constructor.Prototype;
        var values = arguments.ToArray(frame);
        frame.At = start;
        if (parent is not ScriptFunction { IsConstructor: true } constructor)
            throw frame.Run.TypeError("the class extends nothing that can be constructed");
        var made = frame.Run.Construct(Value.Of(constructor), values, frame.NewTarget);
        if (late.IsSet) throw frame.Run.ReferenceError("`super()` has been called before");
        late.Value = made;
        late.Constructor.Fields?.AddTo(frame.Run, made);
        return made;
    }
}

/// <summary><c>super.name</c>: reads above the object that the method was written in, for the sake of <c>this</c>.</summary>
internal sealed class SuperRead(Operation key, SourcePosition start) : Operation
{
    private readonly ThisRead self = new();

    public Value ReadThis(Frame frame) => self.Evaluate(frame);

    public override Value Evaluate(Frame frame) => Read(frame, self.Evaluate(frame));

    public Value Read(Frame frame, in Value thisValue)
    {
        var name = key.Evaluate(frame);
        frame.At = start;
        if (name.IsUnknown) throw frame.Run.Undetermined(name);
        var parent = frame.Function!.Home!.Prototype;
        var at = Conversion.ToKey(frame.Run, name);
        return parent is null ? throw frame.Run.TypeError($"cannot read `{at}` of null") : parent.Get(frame.Run, at, thisValue);
    }
}

/// <summary><c>super.name(…)</c>.</summary>
internal sealed class SuperMethodCall(SuperRead method, ArgumentList arguments, SourcePosition start, bool isOptional)
    : CallOperation(arguments, start, isOptional, null)
{
    public override Value Evaluate(Frame frame)
    {
        var self = method.ReadThis(frame);
        return CallWith(frame, method.Read(frame, self), self);
    }
}

/// <summary><c>super.name = value</c>.</summary>
internal sealed class SuperBinder(Operation key, SourcePosition start) : ReferenceBinder
{
    private readonly ThisRead self = new();

    public override Reference Prepare(Frame frame)
    {
        var target = self.Evaluate(frame);
        return new Reference(target, key.Evaluate(frame));
    }

    public override Value Read(Frame frame, ref Reference reference)
    {
        frame.At = start;
        frame.Run.RequireKnown(reference.Key);
        var name = Conversion.ToKey(frame.Run, reference.Key);
        reference = new Reference(reference.Target, name.ToValue());
        return frame.Function!.Home!.Prototype?.Get(frame.Run, name, reference.Target)
            ?? throw frame.Run.TypeError($"cannot read `{name}` of null");
    }

    public override void Bind(Frame frame, in Reference reference, in Value value)
    {
        frame.At = start;
        frame.Run.RequireKnown(reference.Key);
        var name = Conversion.ToKey(frame.Run, reference.Key);
        if (frame.Function!.Home!.Prototype is not { } parent || !parent.Set(frame.Run, name, value, reference.Target))
            throw frame.Run.TypeError($"cannot assign to `{name}`");
    }
}

/// <summary><c>target.#name</c>.</summary>
internal sealed class PrivateRead(Operation target, int hops, int index, bool isOptional, SourcePosition start) : Operation
{
    public Operation Target => target;

    public override Value Evaluate(Frame frame) => Read(frame, target.Evaluate(frame));

    public Value Read(Frame frame, in Value from)
    {
        if (ReferenceEquals(from.Reference, Tag.Absent)) return from;
        if (isOptional && from.IsNullish) return new Value(Tag.Absent, double.NaN, null);
        frame.At = start;
        var name = frame.Function!.Privates!.Find(hops, index);
        if (from.Reference is not ScriptObject o || !o.TryGetPrivate(name, out var property))
            throw frame.Run.TypeError($"{ScriptRun.Describe(from)} has no `#{name.Name}`");
        return property.IsAccessor && property.Accessor.Get is null
            ? throw frame.Run.TypeError($"`#{name.Name}` has no getter")
            : property.IsAccessor ? ScriptObject.ReadAccessor(frame.Run, property, from) : property.Value;
    }
}

/// <summary><c>target.#name(…)</c>.</summary>
internal sealed class PrivateMethodCall(
    PrivateRead method, ArgumentList arguments, SourcePosition start, bool isOptional, string? path)
    : CallOperation(arguments, start, isOptional, path)
{
    public override Value Evaluate(Frame frame)
    {
        var target = method.Target.Evaluate(frame);
        return CallWith(frame, method.Read(frame, target), target);
    }
}

/// <summary>Assigns <c>target.#name</c>.</summary>
internal sealed class PrivateBinder(Operation target, int hops, int index, SourcePosition start) : ReferenceBinder
{
    private readonly PrivateRead read = new(target, hops, index, false, start);

    public override Reference Prepare(Frame frame) => new(target.Evaluate(frame), Value.Undefined);

    public override Value Read(Frame frame, ref Reference reference) => read.Read(frame, reference.Target);

    public override void Bind(Frame frame, in Reference reference, in Value value)
    {
        frame.At = start;
        var name = frame.Function!.Privates!.Find(hops, index);
        if (reference.Target.Reference is not ScriptObject o || !o.TryGetPrivate(name, out var property))
            throw frame.Run.TypeError($"{ScriptRun.Describe(reference.Target)} has no `#{name.Name}`");
        if (property is { IsAccessor: true, Accessor.Set: { } setter}) frame.Run.Call(Value.Of(setter), reference.Target, value);
        else if (property.IsAccessor || !property.IsWritable || !o.TrySetPrivate(name, value))
            throw frame.Run.TypeError($"cannot assign to `#{name.Name}`");
    }
}

/// <summary><c>#name in target</c>.</summary>
internal sealed class PrivateInTest(Operation target, int hops, int index, SourcePosition start) : Operation
{
    public override Value Evaluate(Frame frame)
    {
        var from = target.Evaluate(frame);
        frame.At = start;
        frame.Run.RequireKnown(from);
        if (!from.IsObject) throw frame.Run.TypeError($"the right side of `in` is {ScriptRun.Describe(from)}, not an object");
        return Value.Of(from.Reference is ScriptObject o && o.TryGetPrivate(frame.Function!.Privates!.Find(hops, index), out _));
    }
}
