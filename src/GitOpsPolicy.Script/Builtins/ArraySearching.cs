using System.Runtime.InteropServices;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>The methods of arrays that look for elements (ECMAScript, section 23.1.3).</summary>
internal static class ArraySearching
{
    /// <summary>An answer that hangs on many unknowns names the first ones.</summary>
    private const int MostUnknowns = 16;

    public static void Install()
    {
        var prototype = Intrinsics.ArrayPrototype;
        Intrinsics.AddMethod(prototype, "every", 1, Every);
        Intrinsics.AddMethod(prototype, "some", 1, Some);
        Intrinsics.AddMethod(
            prototype, "find", 1, static (run, self, args) => Find(run, self, args, fromEnd: false, index: false));
        Intrinsics.AddMethod(
            prototype, "findIndex", 1, static (run, self, args) => Find(run, self, args, fromEnd: false, index: true));
        Intrinsics.AddMethod(
            prototype, "findLast", 1, static (run, self, args) => Find(run, self, args, fromEnd: true, index: false));
        Intrinsics.AddMethod(
            prototype, "findLastIndex", 1, static (run, self, args) => Find(run, self, args, fromEnd: true, index: true));
        Intrinsics.AddMethod(prototype, "includes", 1, Includes);
        Intrinsics.AddMethod(prototype, "indexOf", 1, Receiver.Picking(IndexOf));
        Intrinsics.AddMethod(prototype, "lastIndexOf", 1, Receiver.Picking(LastIndexOf));
    }

    private static Value Every(ScriptRun run, Value self, Arguments args) => Quantify(run, self, args, deciding: false);

    private static Value Some(ScriptRun run, Value self, Arguments args) => Quantify(run, self, args, deciding: true);

    // One true decides `some` and one false decides `every`, whatever an element before it turns out to be: so an unknown answer
    // does not end the search. Where nothing decides, the answer hangs on the unknown ones.
    private static Value Quantify(ScriptRun run, in Value self, Arguments args, bool deciding)
    {
        var walk = new ElementWalk(run, self, args);
        List<Value>? unknowns = null;
        while (walk.MoveToNextPresent())
        {
            var answer = walk.Call();
            if (!answer.IsUnknown && Conversion.IsTruthy(answer) == deciding) return Value.Of(deciding);
            if (answer.IsUnknown && (unknowns ??= []).Count < MostUnknowns) unknowns.Add(answer);
        }

        return unknowns is null ? Value.Of(!deciding) : GuardedText.UnknownFrom(CollectionsMarshal.AsSpan(unknowns));
    }

    private static Value Find(ScriptRun run, in Value self, Arguments args, bool fromEnd, bool index)
    {
        var walk = new ElementWalk(run, self, args);
        while (fromEnd ? walk.MoveBack() : walk.MoveNext())
        {
            var (at, item) = (walk.Index, walk.Item);
            if (walk.Test()) return index ? Value.Of(at) : item;
            if (at == 0 && fromEnd) break;
        }

        return index ? Value.Of(-1) : Value.Undefined;
    }

    // An unknown element might be the one looked for: that decides nothing once a known one has been found.
    private static Value Includes(ScriptRun run, Value self, Arguments args)
    {
        var length = Objects.LengthOf(run, self);
        if (length == 0) return Value.Of(false);
        var start = Conversion.ToRelativeIndex(run, args[1], length, 0);
        if (start < length && args[0].IsUnknown) return GuardedText.UnknownFrom(args[0]);
        var unknown = Value.Undefined;
        for (var i = start; i < length; i++)
        {
            run.Charge(1);
            var item = Objects.GetIndex(run, self, i);
            ChargeComparison(run, item, args[0]);
            if (item.IsUnknown) unknown = item;
            else if (Equality.SameValueZero(item, args[0])) return Value.Of(true);
        }

        return unknown.IsUnknown ? GuardedText.UnknownFrom(unknown) : Value.Of(false);
    }

    private static Value IndexOf(ScriptRun run, Value self, Arguments args)
    {
        var length = Objects.LengthOf(run, self);
        if (length == 0) return Value.Of(-1);
        for (var i = Conversion.ToRelativeIndex(run, args[1], length, 0); i < length; i++)
            if (Matches(run, self, i, args[0])) return Place(self, i);
        return Value.Of(-1);
    }

    // Characters of a text are walked like elements: where one stands in a sensitive text is sensitive.
    private static Value Place(in Value self, int index) => Conversion.Number(index, Conversion.IsSensitive(self), null);

    private static Value LastIndexOf(ScriptRun run, Value self, Arguments args)
    {
        var length = Objects.LengthOf(run, self);
        if (length == 0) return Value.Of(-1);
        var from = args.Count > 1 ? Conversion.ToInteger(run, args[1]) : length - 1;
        for (var i = (int)(from < 0 ? Math.Max(length + from, -1) : Math.Min(from, length - 1)); i >= 0; i--)
            if (Matches(run, self, i, args[0])) return Place(self, i);
        return Value.Of(-1);
    }

    private static bool Matches(ScriptRun run, in Value self, int index, in Value wanted)
    {
        run.Charge(1);
        if (!Objects.HasIndex(run, self, index)) return false;
        var item = Objects.GetIndex(run, self, index);
        if (item.IsUnknown || wanted.IsUnknown) throw run.Undetermined(item, wanted);
        ChargeComparison(run, item, wanted);
        return Equality.Strict(item, wanted);
    }

    private static void ChargeComparison(ScriptRun run, in Value item, in Value wanted)
    {
        if (item.Reference is string { Length: >= 64 } a && wanted.Reference is string b && a.Length == b.Length)
            run.ChargeScan(a.Length);
    }
}
