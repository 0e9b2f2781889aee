using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary><c>Array</c> (ECMAScript, section 23.1.1 and 23.1.2).</summary>
internal static class ArrayConstructor
{
    public static void Install()
    {
        var constructor = Intrinsics.AddConstructor(
            "Array", 1, Intrinsics.ArrayPrototype, static (run, _, args) => Make(run, args),
            static (run, args, target) => Subclass(run, Make(run, args), target));
        Intrinsics.AddMethod(constructor, "isArray", 1, static (run, _, args) => IsArray(run, args[0]));
        Intrinsics.AddMethod(constructor, "of", 0, OfGiven);
        Intrinsics.AddMethod(constructor, "from", 1, From);
    }

    private static Value Subclass(ScriptRun run, Value made, ScriptFunction target)
    {
        ((ScriptArray)made.Reference!).TrySetPrototype(run, ScriptFunction.PrototypeFor(run, target, Intrinsics.ArrayPrototype));
        return made;
    }

    private static Value Make(ScriptRun run, Arguments args)
    {
        if (args.Count != 1 || !args[0].IsNumber) return Of(run, args);
        if (Conversion.IsSensitive(args[0])) throw run.TypeError("a sensitive number cannot be a length");
        var length = args[0].Number;
        if (length < 0 || length != Math.Floor(length) || length > uint.MaxValue) throw run.RangeError("invalid array length");
        run.Allocate((long)length * ScriptRun.ElementBytes);
        var array = new ScriptArray();
        array.TrySetLength(run, (int)length);
        return Value.Of(array);
    }

    private static Value Of(ScriptRun run, Arguments args)
    {
        run.Charge(args.Count);
        run.Allocate(ScriptRun.ObjectBytes + ((long)args.Count * ScriptRun.ElementBytes));
        return Value.Of(new ScriptArray(args.All.ToArray()));
    }

    private static Value IsArray(ScriptRun run, in Value value)
    {
        run.RequireKnown(value);
        return Value.Of(Objects.IsArray(value));
    }

    private static Value From(ScriptRun run, Value self, Arguments args)
    {
        var source = args[0];
        var map = args[1].IsUndefined ? Value.Undefined : Receiver.Function(run, args[1]);
        if (source.IsNullish) throw run.TypeError($"`Array.from` called with {ScriptRun.Describe(source)}");
        run.Allocate(ScriptRun.ObjectBytes);
        var array = new ScriptArray();
        var isIterable = Objects.IsArray(source) || Objects.GetMethod(run, source, Symbol.Iterator) is not null;
        var made = Made(run, self, isIterable ? -1 : Objects.LengthOf(run, source));
        if (isIterable) FillFromIterable(run, array, source, map, args[2]);
        else FillFromLength(run, array, source, map, args[2]);
        return made is null ? Receiver.Array(array, source) : Filled(run, made.Value, array.Items);
    }

    private static Value OfGiven(ScriptRun run, Value self, Arguments args) =>
        Made(run, self, args.Count) is { } made ? Filled(run, made, args.All) : Of(run, args);

    // What a class makes that inherits `from` and `of`; null for a plain array. A length below 0 is not passed on.
    private static Value? Made(ScriptRun run, in Value self, int length)
    {
        if (self.Reference is not ScriptFunction { IsConstructor: true } constructor) return null;
        if (constructor is NativeFunction && Intrinsics.Globals["Array"].Reference == constructor) return null;
        return run.Construct(self, length < 0 ? [] : [Value.Of(length)]);
    }

    private static Value Filled(ScriptRun run, in Value made, ReadOnlySpan<Value> items)
    {
        var target = made.Reference as ScriptObject ?? throw run.TypeError("the constructor made no object");
        for (var i = 0; i < items.Length; i++)
        {
            run.Charge(1);
            if (!target.DefineOwn(run, PropertyKey.OfIndex(i), new Property(items[i], PropertyFlags.All)))
                throw run.TypeError($"cannot define property `{i}`");
        }

        Receiver.SetLength(run, made, items.Length);
        return made;
    }

    private static void FillFromIterable(ScriptRun run, ScriptArray array, in Value source, in Value map, in Value thisValue)
    {
        var walk = Iteration.Over(run, source);
        try
        {
            while (walk.TryNext(out var item))
                array.Add(run, map.IsUndefined ? item : run.Call(map, thisValue, item, Value.Of(array.Count)));
        }
        catch (ScriptThrow)
        {
            walk.Close(isThrowing: true);
            throw;
        }
    }

    private static void FillFromLength(ScriptRun run, ScriptArray array, in Value source, in Value map, in Value thisValue)
    {
        var length = Objects.LengthOf(run, source);
        for (var i = 0; i < length; i++)
        {
            run.Charge(1);
            var item = Objects.GetIndex(run, source, i);
            array.Add(run, map.IsUndefined ? item : run.Call(map, thisValue, item, Value.Of(i)));
        }
    }
}
