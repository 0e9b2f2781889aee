using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary><c>Object</c> and <c>Object.prototype</c>, but for property descriptors (ECMAScript, section 20.1).</summary>
internal static class ObjectConstructor
{
    public static void Install()
    {
        var constructor = Intrinsics.AddConstructor(
            "Object", 1, Intrinsics.ObjectPrototype, static (run, _, args) => Make(run, args[0]), Construct);
        Intrinsics.AddMethod(constructor, "assign", 2, Assign);
        Intrinsics.AddMethod(constructor, "entries", 1, static (run, _, args) => List(run, args[0], IterationKind.Entries));
        Intrinsics.AddMethod(constructor, "keys", 1, static (run, _, args) => List(run, args[0], IterationKind.Keys));
        Intrinsics.AddMethod(constructor, "values", 1, static (run, _, args) => List(run, args[0], IterationKind.Values));
        Intrinsics.AddMethod(constructor, "fromEntries", 1, FromEntries);
        Intrinsics.AddMethod(constructor, "getPrototypeOf", 1, static (run, _, args) => PrototypeOf(run, args[0]));
        Intrinsics.AddMethod(constructor, "setPrototypeOf", 2, SetPrototypeOf);
        Intrinsics.AddMethod(constructor, "hasOwn", 2, static (run, _, args) => HasOwn(run, args[0], args[1]));
        Intrinsics.AddMethod(constructor, "is", 2, Is);
        AddPrototypeMethods(Intrinsics.ObjectPrototype);
    }

    /// <summary>The default <c>toString</c>: <c>[object Tag]</c>.</summary>
    public static Value ToTagText(ScriptRun run, in Value self)
    {
        run.RequireKnown(self);
        if (self.IsNullish) return Value.Of(self.IsNull ? "[object Null]" : "[object Undefined]");
        var tag = Objects.Get(run, self, Symbol.ToStringTag);
        var text = new GuardedBuilder(run).Append("[object ");
        if (tag.IsText) text.Append(tag);
        else text.Append(ClassName(self));
        return text.Append("]").ToValue();
    }

    private static void AddPrototypeMethods(ScriptObject prototype)
    {
        Intrinsics.AddMethod(
            prototype, "hasOwnProperty", 1,
            static (run, self, args) => HasOwn(run, self, Conversion.ToKey(run, args[0]).ToValue()));
        Intrinsics.AddMethod(prototype, "isPrototypeOf", 1, IsPrototypeOf);
        Intrinsics.AddMethod(prototype, "propertyIsEnumerable", 1, IsEnumerable);
        Intrinsics.AddMethod(
            prototype, "toLocaleString", 0, static (run, self, _) => run.Call(Objects.Get(run, self, "toString"), self));
        Intrinsics.AddMethod(prototype, "toString", 0, static (run, self, _) => ToTagText(run, self));
        Intrinsics.AddMethod(prototype, "valueOf", 0, static (run, self, _) => ScriptPrimitive.ToObject(run, self));
    }

    private static ScriptThrow NoObject(ScriptRun run, in Value value) =>
        run.TypeError($"cannot make an object of {ScriptRun.Describe(value)}");

    private static string ClassName(in Value value) => value switch
    {
        { IsText: true } => "String",
        { IsNumber: true } => "Number",
        { IsBoolean: true } => "Boolean",
        _ when Objects.IsArray(value) => "Array",
        _ => (value.Reference as ScriptObject)?.ClassName ?? "Object",
    };

    private static Value Construct(ScriptRun run, Arguments args, ScriptFunction newTarget)
    {
        var fallback = Intrinsics.ObjectPrototype;
        var prototype = ScriptFunction.PrototypeFor(run, newTarget, fallback);
        if (ReferenceEquals(prototype, fallback)) return Make(run, args[0]);
        run.Allocate(ScriptRun.ObjectBytes);
        return Value.Of(new ScriptRecord(prototype));
    }

    private static Value Make(ScriptRun run, in Value value)
    {
        run.RequireKnown(value);
        if (value.IsObject) return value;
        if (!value.IsNullish) return ScriptPrimitive.ToObject(run, value);
        run.Allocate(ScriptRun.ObjectBytes);
        return Value.Of(new ScriptRecord());
    }

    private static Value Assign(ScriptRun run, Value self, Arguments args)
    {
        var target = ScriptPrimitive.ToObject(run, args[0]);
        for (var i = 1; i < args.Count; i++)
        {
            if (args[i].IsNullish) continue;
            foreach (var key in Objects.OwnKeys(run, args[i]))
                if (Objects.TryGetOwn(args[i], key, out var property) && property.IsEnumerable)
                    Objects.Set(run, target, key, Read(run, property, args[i]));
        }

        return target;
    }

    private static Value Read(ScriptRun run, in Property property, in Value owner) =>
        property.IsAccessor ? ScriptObject.ReadAccessor(run, property, owner) : property.Value;

    private static Value List(ScriptRun run, in Value source, IterationKind kind)
    {
        if (source.IsNullish) throw NoObject(run, source);
        run.Allocate(ScriptRun.ObjectBytes);
        var list = new ScriptArray();
        foreach (var key in Objects.OwnKeys(run, source))
        {
            if (key.IsSymbol || !Objects.TryGetOwn(source, key, out var property) || !property.IsEnumerable) continue;
            list.Add(run, kind switch
            {
                IterationKind.Keys => Objects.KeyToValue(source, key),
                IterationKind.Values => Read(run, property, source),
                _ => IteratorMethods.Pair(run, Objects.KeyToValue(source, key), Read(run, property, source)),
            });
        }

        return Receiver.Array(list, source);
    }

    private static Value FromEntries(ScriptRun run, Value self, Arguments args)
    {
        run.Allocate(ScriptRun.ObjectBytes);
        var made = new ScriptRecord();
        var walk = Iteration.Over(run, args[0]);
        try
        {
            while (walk.TryNext(out var entry))
            {
                if (!entry.IsObject)
                    throw run.TypeError($"`Object.fromEntries` met {ScriptRun.Describe(entry)} instead of an entry");
                var key = Objects.GetIndex(run, entry, 0);
                var value = Objects.GetIndex(run, entry, 1);
                made.DefineOwn(run, Conversion.ToKey(run, key), new Property(value, PropertyFlags.All));
            }
        }
        catch (ScriptThrow)
        {
            walk.Close(isThrowing: true);
            throw;
        }

        return Value.Of(made).WithOrigin(args[0].Origin);
    }

    private static Value PrototypeOf(ScriptRun run, in Value value)
    {
        run.RequireKnown(value);
        if (value.IsNullish) throw NoObject(run, value);
        return Objects.PrototypeOf(value) is { } prototype ? Value.Of(prototype) : Value.Null;
    }

    private static Value SetPrototypeOf(ScriptRun run, Value self, Arguments args)
    {
        if (args[0].IsNullish) throw NoObject(run, args[0]);
        if (!args[1].IsNull && args[1].Reference is not ScriptObject) throw run.TypeError("a prototype is an object or null");
        if (args[0].Reference is ScriptObject target && !target.TrySetPrototype(run, args[1].Reference as ScriptObject))
            throw run.TypeError("cannot change what this object inherits from");
        return args[0].Reference is Documents.Node
            ? throw run.TypeError("the documents that a rule judges are read-only")
            : args[0];
    }

    private static Value HasOwn(ScriptRun run, in Value target, in Value name)
    {
        run.RequireKnown(target);
        if (target.IsNullish) throw NoObject(run, target);
        return Value.Of(Objects.TryGetOwn(target, Conversion.ToKey(run, name), out _));
    }

    private static Value IsEnumerable(ScriptRun run, Value self, Arguments args)
    {
        if (self.IsNullish) throw NoObject(run, self);
        return Value.Of(Objects.TryGetOwn(self, Conversion.ToKey(run, args[0]), out var property) && property.IsEnumerable);
    }

    private static Value IsPrototypeOf(ScriptRun run, Value self, Arguments args)
    {
        if (!args[0].IsObject) return Value.Of(false);
        if (self.IsNullish) throw run.TypeError($"`Object.prototype.isPrototypeOf` called on {ScriptRun.Describe(self)}");
        for (var at = Objects.PrototypeOf(args[0]); at is not null; at = at.Prototype)
        {
            run.Charge(1);
            if (ReferenceEquals(at, self.Reference)) return Value.Of(true);
        }

        return Value.Of(false);
    }

    private static Value Is(ScriptRun run, Value self, Arguments args)
    {
        if (args[0].IsUnknown || args[1].IsUnknown) throw run.Undetermined(args[0], args[1]);
        return Value.Of(Equality.SameValue(args[0], args[1]));
    }
}
