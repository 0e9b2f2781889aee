using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>
/// The methods of arrays that leave the array as it is and give something new (ECMAScript, section 23.1.3). They work on any
/// object with a <c>length</c>, sequences of documents included.
/// </summary>
internal static class ArrayReading
{
    public static void Install()
    {
        var prototype = Intrinsics.ArrayPrototype;
        Intrinsics.AddMethod(prototype, "at", 1, Receiver.Picking(At));
        Intrinsics.AddMethod(prototype, "concat", 1, Concat);
        Intrinsics.AddMethod(prototype, "filter", 1, Filter);
        Intrinsics.AddMethod(prototype, "flat", 0, Flat);
        Intrinsics.AddMethod(prototype, "flatMap", 1, FlatMap);
        Intrinsics.AddMethod(prototype, "forEach", 1, ForEach);
        Intrinsics.AddMethod(prototype, "join", 1, Join);
        Intrinsics.AddMethod(prototype, "map", 1, Map);
        Intrinsics.AddMethod(prototype, "reduce", 1, static (run, self, args) => Reduce(run, self, args, fromEnd: false));
        Intrinsics.AddMethod(prototype, "reduceRight", 1, static (run, self, args) => Reduce(run, self, args, fromEnd: true));
        Intrinsics.AddMethod(prototype, "slice", 2, Slice);
        Intrinsics.AddMethod(prototype, "toString", 0, ToText);
        Intrinsics.AddMethod(prototype, "toLocaleString", 0, ToText);
        Intrinsics.AddMethod(prototype, "keys", 0, static (run, self, _) => Iterator(run, self, IterationKind.Keys));
        Intrinsics.AddMethod(prototype, "entries", 0, static (run, self, _) => Iterator(run, self, IterationKind.Entries));
        var values = Intrinsics.AddMethod(
            prototype, "values", 0, static (run, self, _) => Iterator(run, self, IterationKind.Values));
        prototype.Define(Symbol.Iterator, Value.Of(values), PropertyFlags.Hidden);
    }

    private static Value Iterator(ScriptRun run, in Value self, IterationKind kind)
    {
        if (self.IsNullish) throw run.TypeError($"cannot iterate over {ScriptRun.Describe(self)}");
        run.Allocate(ScriptRun.ObjectBytes);
        return Value.Of(new ArrayIterator(self, kind));
    }

    private static Value At(ScriptRun run, Value self, Arguments args)
    {
        var length = Objects.LengthOf(run, self);
        var at = Conversion.ToInteger(run, args[0]);
        if (at < 0) at += length;
        return at < 0 || at >= length ? Value.Undefined : Objects.GetIndex(run, self, (int)at);
    }

    private static Value Concat(ScriptRun run, Value self, Arguments args)
    {
        if (self.IsNullish) throw run.TypeError($"`Array.prototype.concat` called on {ScriptRun.Describe(self)}");
        run.Allocate(ScriptRun.ObjectBytes);
        var array = new ScriptArray();
        AddSpread(run, array, ScriptPrimitive.ToObject(run, self));
        foreach (ref readonly var item in args.All) AddSpread(run, array, item);
        return Receiver.Array(array, self);
    }

    /// <summary>Adds the elements of an array, holes included, or the value itself when it is no array.</summary>
    private static void AddSpread(ScriptRun run, ScriptArray array, in Value item)
    {
        if (!Objects.IsArray(item))
        {
            array.Add(run, item);
            return;
        }

        var length = Objects.LengthOf(run, item);
        for (var i = 0; i < length; i++)
        {
            run.Charge(1);
            array.Add(run, Objects.HasIndex(run, item, i) ? Objects.GetIndex(run, item, i) : ScriptArray.HoleValue);
        }
    }

    private static Value Filter(ScriptRun run, Value self, Arguments args)
    {
        run.Allocate(ScriptRun.ObjectBytes);
        var array = new ScriptArray();
        var walk = new ElementWalk(run, self, args);
        while (walk.MoveToNextPresent())
        {
            var item = walk.Item;
            if (walk.Test()) array.Add(run, item);
        }

        return Receiver.Array(array, self);
    }

    private static Value ForEach(ScriptRun run, Value self, Arguments args)
    {
        var walk = new ElementWalk(run, self, args);
        while (walk.MoveToNextPresent()) walk.Call();
        return Value.Undefined;
    }

    private static Value Map(ScriptRun run, Value self, Arguments args)
    {
        var walk = new ElementWalk(run, self, args);
        run.Allocate(ScriptRun.ObjectBytes);
        var array = new ScriptArray();
        while (walk.MoveToNextPresent())
        {
            var mapped = walk.Call();
            while (array.Count < walk.Index) array.Add(run, ScriptArray.HoleValue);
            array.Add(run, mapped);
        }

        if (array.Count < walk.Length) array.TrySetLength(run, walk.Length);
        return Receiver.Array(array, self);
    }

    private static Value Flat(ScriptRun run, Value self, Arguments args)
    {
        var depth = args[0].IsUndefined ? 1 : Conversion.ToInteger(run, args[0]);
        run.Allocate(ScriptRun.ObjectBytes);
        var array = new ScriptArray();
        Flatten(run, array, self, depth);
        return Receiver.Array(array, self);
    }

    private static void Flatten(ScriptRun run, ScriptArray array, in Value source, double depth)
    {
        using var level = run.Nest();
        var length = Objects.LengthOf(run, source);
        for (var i = 0; i < length; i++)
        {
            run.Charge(1);
            if (!Objects.HasIndex(run, source, i)) continue;
            var item = Objects.GetIndex(run, source, i);
            if (depth > 0 && Objects.IsArray(item)) Flatten(run, array, item, depth - 1);
            else array.Add(run, item);
        }
    }

    private static Value FlatMap(ScriptRun run, Value self, Arguments args)
    {
        run.Allocate(ScriptRun.ObjectBytes);
        var array = new ScriptArray();
        var walk = new ElementWalk(run, self, args);
        while (walk.MoveToNextPresent())
        {
            var mapped = walk.Call();
            if (Objects.IsArray(mapped)) Flatten(run, array, mapped, 0);
            else array.Add(run, mapped);
        }

        return Receiver.Array(array, self);
    }

    private static Value Join(ScriptRun run, Value self, Arguments args)
    {
        var length = Objects.LengthOf(run, self);
        var separator = args[0].IsUndefined ? new Text(",", null, null) : Conversion.ToText(run, args[0]);
        using var level = run.Nest();   // an array within itself ends here, not on the stack
        var text = new GuardedBuilder(run);
        for (var i = 0; i < length; i++)
        {
            if (i > 0) text.Append(separator);
            var item = Objects.GetIndex(run, self, i);
            if (item.IsNullish) run.Charge(1);
            else text.Append(item);
        }

        return text.From(self.Origin).ToValue();
    }

    private static Value ToText(ScriptRun run, Value self, Arguments args)
    {
        var join = Objects.Get(run, self, "join");
        return join.IsFunction ? run.Call(join, self) : ObjectConstructor.ToTagText(run, self);
    }

    private static Value Reduce(ScriptRun run, in Value self, Arguments args, bool fromEnd)
    {
        var length = Objects.LengthOf(run, self);
        var function = Receiver.Function(run, args[0]);
        var whole = self.IsObject ? self : ScriptPrimitive.ToObject(run, self);
        var hasResult = args.Count > 1;
        var result = args[1];
        for (var step = 0; step < length; step++)
        {
            run.Charge(1);
            var at = fromEnd ? length - 1 - step : step;
            if (!Objects.HasIndex(run, self, at)) continue;
            var item = Objects.GetIndex(run, self, at);
            result = hasResult ? run.Call(function, Value.Undefined, result, item, Value.Of(at), whole) : item;
            hasResult = true;
        }

        return hasResult ? result : throw run.TypeError("`reduce` of an empty array with no initial value");
    }

    private static Value Slice(ScriptRun run, Value self, Arguments args)
    {
        var length = Objects.LengthOf(run, self);
        var start = Conversion.ToRelativeIndex(run, args[0], length, 0);
        var end = Conversion.ToRelativeIndex(run, args[1], length, length);
        run.Allocate(ScriptRun.ObjectBytes);
        var array = new ScriptArray();
        for (var i = start; i < end; i++)
        {
            run.Charge(1);
            array.Add(run, Objects.HasIndex(run, self, i) ? Objects.GetIndex(run, self, i) : ScriptArray.HoleValue);
        }

        return Receiver.Array(array, self);
    }
}
