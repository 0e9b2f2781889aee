using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>
/// The functions of <c>Object</c> about descriptors of properties, and about what may change (ECMAScript, section 20.1.2).
/// </summary>
internal static class ObjectProperties
{
    public static void Install()
    {
        var constructor = Intrinsics.ObjectPrototype.TryGetOwn("constructor", out var property)
            ? (ScriptObject)property.Value.Reference!
            : null!;
        Intrinsics.AddMethod(constructor, "create", 2, Create);
        Intrinsics.AddMethod(constructor, "defineProperties", 2, static (run, _, args) => DefineAll(run, args[0], args[1]));
        Intrinsics.AddMethod(constructor, "defineProperty", 3, DefineProperty);
        Intrinsics.AddMethod(constructor, "getOwnPropertyDescriptor", 2, GetDescriptor);
        Intrinsics.AddMethod(constructor, "getOwnPropertyDescriptors", 1, GetDescriptors);
        Intrinsics.AddMethod(constructor, "getOwnPropertyNames", 1, static (run, _, args) => Keys(run, args[0], symbols: false));
        Intrinsics.AddMethod(constructor, "getOwnPropertySymbols", 1, static (run, _, args) => Keys(run, args[0], symbols: true));
        Intrinsics.AddMethod(constructor, "freeze", 1, Freeze);
        Intrinsics.AddMethod(
            constructor, "isFrozen", 1,
            static (run, _, args) => Value.Of(IsClosed(run, args[0], PropertyFlags.Writable | PropertyFlags.Configurable)));
        Intrinsics.AddMethod(constructor, "seal", 1, Seal);
        Intrinsics.AddMethod(
            constructor, "isSealed", 1, static (run, _, args) => Value.Of(IsClosed(run, args[0], PropertyFlags.Configurable)));
        Intrinsics.AddMethod(constructor, "preventExtensions", 1, PreventExtensions);
        Intrinsics.AddMethod(
            constructor, "isExtensible", 1,
            static (_, _, args) => Value.Of(args[0].Reference is ScriptObject { IsExtensible: true } and not HostObject));
    }

    private static ScriptObject Target(ScriptRun run, in Value value) => value.Reference as ScriptObject ?? throw run.TypeError(
        value.Reference is Documents.Node
            ? "the documents that a rule judges are read-only"
            : $"cannot define properties of {ScriptRun.Describe(value)}");

    private static Value Create(ScriptRun run, Value self, Arguments args)
    {
        if (!args[0].IsNull && args[0].Reference is not ScriptObject) throw run.TypeError("a prototype is an object or null");
        run.Allocate(ScriptRun.ObjectBytes);
        var made = Value.Of(new ScriptRecord(args[0].Reference as ScriptObject));
        return args[1].IsUndefined ? made : DefineAll(run, made, args[1]);
    }

    private static Value DefineAll(ScriptRun run, in Value target, in Value descriptors)
    {
        var owner = Target(run, target);
        if (descriptors.IsNullish)
            throw run.TypeError($"property descriptors are an object, not {ScriptRun.Describe(descriptors)}");
        var asked = new List<(PropertyKey Key, Property Property)>();
        foreach (var key in Objects.OwnKeys(run, descriptors))
            if (Objects.TryGetOwn(descriptors, key, out var property) && property.IsEnumerable)
                asked.Add((key, Complete(run, owner, key, Objects.Get(run, descriptors, key))));

        // All descriptors are read before the first property is defined, so that a broken one leaves the object as it was.
        foreach (var (key, property) in asked) Define(run, owner, key, property);
        return target;
    }

    private static Value DefineProperty(ScriptRun run, Value self, Arguments args)
    {
        var owner = Target(run, args[0]);
        var key = Conversion.ToKey(run, args[1]);
        Define(run, owner, key, Complete(run, owner, key, args[2]));
        return args[0];
    }

    private static void Define(ScriptRun run, ScriptObject owner, PropertyKey key, in Property property)
    {
        if (!owner.DefineOwn(run, key, property)) throw run.TypeError($"cannot redefine property `{key}`");
    }

    /// <summary>The property that a descriptor asks for: what it leaves out stays as it is, or is false or undefined.</summary>
    private static Property Complete(ScriptRun run, ScriptObject owner, PropertyKey key, in Value descriptor)
    {
        if (!descriptor.IsObject)
            throw run.TypeError($"a property descriptor is an object, not {ScriptRun.Describe(descriptor)}");
        run.Charge(8);
        var exists = owner.TryGetOwn(key, out var current);
        var flags = Flag(run, descriptor, "enumerable", PropertyFlags.Enumerable, exists, current)
            | Flag(run, descriptor, "configurable", PropertyFlags.Configurable, exists, current);
        var isAccessor = Objects.Has(run, descriptor, "get") || Objects.Has(run, descriptor, "set");
        var isData = Objects.Has(run, descriptor, "value") || Objects.Has(run, descriptor, "writable");
        if (isAccessor && isData)
            throw run.TypeError("a property descriptor has either `get` and `set` or `value` and `writable`");
        if (isAccessor || (!isData && exists && current.IsAccessor))
        {
            var before = exists && current.IsAccessor ? current.Accessor : null;
            return new(
                new Accessor(Function(run, descriptor, "get", before?.Get), Function(run, descriptor, "set", before?.Set)),
                flags);
        }

        flags |= Flag(run, descriptor, "writable", PropertyFlags.Writable, exists && !current.IsAccessor, current);
        var kept = exists && !current.IsAccessor ? current.Value : Value.Undefined;
        return new(Objects.Has(run, descriptor, "value") ? Objects.Get(run, descriptor, "value") : kept, flags);
    }

    private static PropertyFlags Flag(
        ScriptRun run, in Value descriptor, string name, PropertyFlags flag, bool exists, in Property current)
    {
        var isSet = Objects.Has(run, descriptor, name)
            ? run.Truthy(Objects.Get(run, descriptor, name))
            : exists && (current.Flags & flag) != 0;
        return isSet ? flag : PropertyFlags.None;
    }

    private static ScriptFunction? Function(ScriptRun run, in Value descriptor, string name, ScriptFunction? before)
    {
        if (!Objects.Has(run, descriptor, name)) return before;
        var value = Objects.Get(run, descriptor, name);
        return value.IsUndefined ? null : (ScriptFunction)Receiver.Function(run, value).Reference!;
    }

    private static Value GetDescriptor(ScriptRun run, Value self, Arguments args)
    {
        if (args[0].IsNullish) throw run.TypeError($"cannot make an object of {ScriptRun.Describe(args[0])}");
        run.RequireKnown(args[0]);
        var key = Conversion.ToKey(run, args[1]);
        if (!Objects.TryGetOwn(args[0], key, out var property)) return Value.Undefined;
        return Describe(
            run,
            key.Guard is null || property.IsAccessor ? property : new Property(Conversion.Hide(property.Value), property.Flags));
    }

    private static Value GetDescriptors(ScriptRun run, Value self, Arguments args)
    {
        if (args[0].IsNullish) throw run.TypeError($"cannot make an object of {ScriptRun.Describe(args[0])}");
        var all = new ScriptRecord();
        foreach (var key in Objects.OwnKeys(run, args[0]))
            if (Objects.TryGetOwn(args[0], key, out var property))
                all.DefineOwn(run, key, new Property(Describe(run, property), PropertyFlags.All));
        return Value.Of(all);
    }

    private static Value Describe(ScriptRun run, in Property property)
    {
        run.Allocate(ScriptRun.ObjectBytes + (4 * ScriptRun.PropertyBytes));
        var descriptor = new ScriptRecord();
        if (property.IsAccessor)
        {
            descriptor.Define("get", property.Accessor.Get is { } get ? Value.Of(get) : Value.Undefined);
            descriptor.Define("set", property.Accessor.Set is { } set ? Value.Of(set) : Value.Undefined);
        }
        else
        {
            descriptor.Define("value", property.Value);
            descriptor.Define("writable", Value.Of(property.IsWritable));
        }

        descriptor.Define("enumerable", Value.Of(property.IsEnumerable));
        descriptor.Define("configurable", Value.Of(property.IsConfigurable));
        return Value.Of(descriptor);
    }

    private static Value Keys(ScriptRun run, in Value target, bool symbols)
    {
        if (target.IsNullish) throw run.TypeError($"cannot make an object of {ScriptRun.Describe(target)}");
        var keys = new ScriptArray();
        foreach (var key in Objects.OwnKeys(run, target))
            if (key.IsSymbol == symbols) keys.Add(run, Objects.KeyToValue(target, key));
        return Receiver.Array(keys, target);
    }

    private static Value Freeze(ScriptRun run, Value self, Arguments args)
    {
        if (args[0].Reference is ScriptObject target) target.Freeze();
        return args[0];
    }

    private static Value PreventExtensions(ScriptRun run, Value self, Arguments args)
    {
        if (args[0].Reference is ScriptObject target) target.PreventExtensions();
        return args[0];
    }

    private static Value Seal(ScriptRun run, Value self, Arguments args)
    {
        if (args[0].Reference is not ScriptObject target) return args[0];
        (target as ScriptArray)?.Seal();
        target.PreventExtensions();
        foreach (var key in Objects.OwnKeys(run, args[0]))
        {
            if (!target.TryGetOwn(key, out var property)) continue;
            var flags = property.Flags & ~PropertyFlags.Configurable;
            target.DefineOwn(
                run, key, property.IsAccessor ? new Property(property.Accessor, flags) : new Property(property.Value, flags));
        }

        return args[0];
    }

    private static bool IsClosed(ScriptRun run, in Value value, PropertyFlags open)
    {
        if (value.Reference is not ScriptObject target || target is HostObject || target.IsFrozen) return true;
        if (target.IsExtensible) return false;
        return Objects.OwnKeys(
            run,
            value).TrueForAll(key =>
                target.TryGetOwn(key, out var property) && (property.Flags & open & ~WritableOf(property)) == 0);
    }

    /// <summary>Being writable says nothing about an accessor.</summary>
    private static PropertyFlags WritableOf(in Property property) =>
        property.IsAccessor ? PropertyFlags.Writable : PropertyFlags.None;
}
