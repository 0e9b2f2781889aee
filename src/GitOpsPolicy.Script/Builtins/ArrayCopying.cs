using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>The methods that give a changed copy of an array (ECMAScript 2023, section 23.1.3). Holes become undefined.</summary>
internal static class ArrayCopying
{
    public static void Install()
    {
        var prototype = Intrinsics.ArrayPrototype;
        Intrinsics.AddMethod(prototype, "toReversed", 0, ToReversed);
        Intrinsics.AddMethod(prototype, "toSorted", 1, ToSorted);
        Intrinsics.AddMethod(prototype, "toSpliced", 2, ToSpliced);
        Intrinsics.AddMethod(prototype, "with", 2, With);
    }

    private static Value[] Copy(ScriptRun run, in Value self, int length, int except = -1)
    {
        run.Charge(length);
        run.Allocate(ScriptRun.ObjectBytes + ((long)length * ScriptRun.ElementBytes));
        var items = new Value[length];
        for (var i = 0; i < length; i++)
            if (i != except) items[i] = Objects.GetIndex(run, self, i);
        return items;
    }

    private static Value ToReversed(ScriptRun run, Value self, Arguments args)
    {
        var items = Copy(run, self, Objects.LengthOf(run, self));
        Array.Reverse(items);
        return Receiver.Array(new(items), self);
    }

    private static Value ToSorted(ScriptRun run, Value self, Arguments args)
    {
        var compare = ElementOrder.Comparator(run, args[0]);
        var items = Copy(run, self, Objects.LengthOf(run, self));
        return Receiver.Array(new(ElementOrder.Sort(run, items, compare)), self);
    }

    private static Value ToSpliced(ScriptRun run, Value self, Arguments args)
    {
        var length = Objects.LengthOf(run, self);
        var start = Conversion.ToRelativeIndex(run, args[0], length, 0);
        var skipped = args.Count switch
        {
            0 => 0,
            1 => length - start,
            _ => (int)Math.Clamp(Conversion.ToInteger(run, args[1]), 0, length - start),
        };
        var added = args.Count > 2 ? args.All[2..] : [];
        run.Charge((long)length + added.Length);
        run.Allocate(ScriptRun.ObjectBytes + ((length + (long)added.Length) * ScriptRun.ElementBytes));
        var items = new Value[length - skipped + added.Length];
        for (var i = 0; i < start; i++) items[i] = Objects.GetIndex(run, self, i);
        added.CopyTo(items.AsSpan(start));
        for (var i = start + skipped; i < length; i++) items[i - skipped + added.Length] = Objects.GetIndex(run, self, i);
        return Receiver.Array(new(items), self);
    }

    private static Value With(ScriptRun run, Value self, Arguments args)
    {
        var length = Objects.LengthOf(run, self);
        var at = Conversion.ToInteger(run, args[0]);
        if (at < 0) at += length;
        if (at < 0 || at >= length) throw run.RangeError("the index given to `with` is outside the array");
        var items = Copy(run, self, length, except: (int)at);
        items[(int)at] = args[1];
        return Receiver.Array(new(items), self);
    }
}
