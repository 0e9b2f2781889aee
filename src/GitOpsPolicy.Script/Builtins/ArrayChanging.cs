using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>
/// The methods that change an array (ECMAScript, section 23.1.3). On a document or a frozen array they throw a TypeError.
/// </summary>
internal static class ArrayChanging
{
    public static void Install()
    {
        var prototype = Intrinsics.ArrayPrototype;
        Intrinsics.AddMethod(prototype, "copyWithin", 2, CopyWithin);
        Intrinsics.AddMethod(prototype, "fill", 1, Fill);
        Intrinsics.AddMethod(prototype, "pop", 0, Pop);
        Intrinsics.AddMethod(prototype, "push", 1, Push);
        Intrinsics.AddMethod(prototype, "reverse", 0, Reverse);
        Intrinsics.AddMethod(prototype, "shift", 0, Shift);
        Intrinsics.AddMethod(prototype, "sort", 1, Sort);
        Intrinsics.AddMethod(prototype, "splice", 2, Splice);
        Intrinsics.AddMethod(prototype, "unshift", 1, Unshift);
    }

    private static Value CopyWithin(ScriptRun run, Value self, Arguments args)
    {
        var length = Objects.LengthOf(run, self);
        var to = Conversion.ToRelativeIndex(run, args[0], length, 0);
        var from = Conversion.ToRelativeIndex(run, args[1], length, 0);
        var end = Conversion.ToRelativeIndex(run, args[2], length, length);
        var count = Math.Min(end - from, length - to);
        var backwards = from < to && to < from + count;
        for (var i = 0; i < count; i++)
        {
            var step = backwards ? count - 1 - i : i;
            Receiver.Move(run, self, from + step, to + step);
        }

        return self;
    }

    private static Value Fill(ScriptRun run, Value self, Arguments args)
    {
        var length = Objects.LengthOf(run, self);
        var start = Conversion.ToRelativeIndex(run, args[1], length, 0);
        var end = Conversion.ToRelativeIndex(run, args[2], length, length);
        for (var i = start; i < end; i++)
        {
            run.Charge(1);
            Receiver.SetIndex(run, self, i, args[0]);
        }

        return self;
    }

    private static Value Pop(ScriptRun run, Value self, Arguments args)
    {
        var length = Objects.LengthOf(run, self);
        var last = length == 0 ? Value.Undefined : Objects.GetIndex(run, self, length - 1);
        if (length > 0 && self.Reference is not ScriptArray) Objects.Delete(run, self, PropertyKey.OfIndex(length - 1));
        Receiver.SetLength(run, self, Math.Max(length - 1, 0));
        return last;
    }

    private static Value Push(ScriptRun run, Value self, Arguments args)
    {
        run.Charge(args.Count);
        if (self.Reference is ScriptArray { IsFrozen: false } array)
        {
            foreach (ref readonly var item in args.All) array.Add(run, item);
            return Value.Of(array.Count);
        }

        var length = Objects.LengthOf(run, self);
        foreach (ref readonly var item in args.All) Receiver.SetIndex(run, self, length++, item);
        Receiver.SetLength(run, self, length);
        return Value.Of(length);
    }

    private static Value Reverse(ScriptRun run, Value self, Arguments args)
    {
        var length = Objects.LengthOf(run, self);
        for (int low = 0, high = length - 1; low < high; low++, high--)
        {
            run.Charge(1);
            var (hasLow, hasHigh) = (Objects.HasIndex(run, self, low), Objects.HasIndex(run, self, high));
            var item = Objects.GetIndex(run, self, low);
            if (hasHigh) Receiver.SetIndex(run, self, low, Objects.GetIndex(run, self, high));
            else if (hasLow) Objects.Delete(run, self, PropertyKey.OfIndex(low));
            if (hasLow) Receiver.SetIndex(run, self, high, item);
            else if (hasHigh) Objects.Delete(run, self, PropertyKey.OfIndex(high));
        }

        return self.IsObject ? self : ScriptPrimitive.ToObject(run, self);
    }

    private static Value Shift(ScriptRun run, Value self, Arguments args)
    {
        var length = Objects.LengthOf(run, self);
        var first = length == 0 ? Value.Undefined : Objects.GetIndex(run, self, 0);
        Replace(run, self, length, 0, Math.Min(length, 1), []);
        return first;
    }

    private static Value Unshift(ScriptRun run, Value self, Arguments args)
    {
        var length = Objects.LengthOf(run, self);
        Replace(run, self, length, 0, 0, args.All);
        return Value.Of(length + args.Count);
    }

    private static Value Splice(ScriptRun run, Value self, Arguments args)
    {
        var length = Objects.LengthOf(run, self);
        var start = Conversion.ToRelativeIndex(run, args[0], length, 0);
        var removed = args.Count switch
        {
            0 => 0,
            1 => length - start,
            _ => (int)Math.Clamp(Conversion.ToInteger(run, args[1]), 0, length - start),
        };
        run.Allocate(ScriptRun.ObjectBytes);
        var taken = new ScriptArray();
        for (var i = start; i < start + removed; i++)
        {
            run.Charge(1);
            taken.Add(run, Objects.HasIndex(run, self, i) ? Objects.GetIndex(run, self, i) : ScriptArray.HoleValue);
        }

        Replace(run, self, length, start, removed, args.Count > 2 ? args.All[2..] : []);
        return Receiver.Array(taken, self);
    }

    /// <summary>Puts items in the place of a run of elements, and moves the rest.</summary>
    private static void Replace(ScriptRun run, in Value self, int length, int start, int removed, ReadOnlySpan<Value> inserted)
    {
        // Arguments may have been converted by code that changed the array: only then does its length differ.
        if (self.Reference is ScriptArray array && array.Count == length && array.TrySplice(run, start, removed, inserted))
            return;
        var growth = inserted.Length - removed;
        if (growth < 0)
        {
            for (var i = start + removed; i < length; i++) Receiver.Move(run, self, i, i + growth);
            for (var i = length - 1; i >= length + growth; i--) Objects.Delete(run, self, PropertyKey.OfIndex(i));
        }
        else if (growth > 0)
        {
            for (var i = length - 1; i >= start + removed; i--) Receiver.Move(run, self, i, i + growth);
        }

        for (var i = 0; i < inserted.Length; i++) Receiver.SetIndex(run, self, start + i, inserted[i]);
        Receiver.SetLength(run, self, length + growth);
    }

    private static Value Sort(ScriptRun run, Value self, Arguments args)
    {
        var compare = ElementOrder.Comparator(run, args[0]);
        var length = Objects.LengthOf(run, self);
        if (length > 0 && (self.Reference is Documents.Node or ScriptArray { IsFrozen: true }))
            throw run.TypeError("cannot sort in place what is read-only, use `toSorted`");
        var present = new List<Value>();
        for (var i = 0; i < length; i++)
        {
            run.Charge(1);
            if (!Objects.HasIndex(run, self, i)) continue;
            run.Allocate(ScriptRun.ElementBytes);
            present.Add(Objects.GetIndex(run, self, i));
        }

        var sorted = ElementOrder.Sort(run, [.. present], compare);
        for (var i = 0; i < sorted.Length; i++) Receiver.SetIndex(run, self, i, sorted[i]);
        for (var i = sorted.Length; i < length; i++)
        {
            run.Charge(1);
            if (Objects.HasIndex(run, self, i)) Objects.Delete(run, self, PropertyKey.OfIndex(i));
        }

        return self;
    }
}
