using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>The methods of strings that take them apart and put them together (ECMAScript, section 22.1.3).</summary>
internal static class StringMethods
{
    public static void Install()
    {
        var prototype = Intrinsics.StringPrototype;
        Intrinsics.AddMethod(prototype, "at", 1, Receiver.Picking(At));
        Intrinsics.AddMethod(prototype, "charAt", 1, Receiver.Picking(CharAt));
        Intrinsics.AddMethod(prototype, "charCodeAt", 1, Receiver.Picking(CharCodeAt));
        Intrinsics.AddMethod(prototype, "codePointAt", 1, Receiver.Picking(CodePointAt));
        Intrinsics.AddMethod(prototype, "concat", 1, Concat);
        Intrinsics.AddMethod(prototype, "padEnd", 1, static (run, self, args) => Pad(run, self, args, atStart: false));
        Intrinsics.AddMethod(prototype, "padStart", 1, static (run, self, args) => Pad(run, self, args, atStart: true));
        Intrinsics.AddMethod(prototype, "repeat", 1, Repeat);
        Intrinsics.AddMethod(prototype, "slice", 2, Receiver.Picking(Slice));
        Intrinsics.AddMethod(prototype, "substr", 2, Receiver.Picking(Substr));
        Intrinsics.AddMethod(prototype, "substring", 2, Receiver.Picking(Substring));
        Intrinsics.AddMethod(prototype, "trim", 0, static (run, self, _) => Trim(run, self, start: true, end: true));
        var trimStart = Intrinsics.AddMethod(
            prototype, "trimStart", 0, static (run, self, _) => Trim(run, self, start: true, end: false));
        var trimEnd = Intrinsics.AddMethod(
            prototype, "trimEnd", 0, static (run, self, _) => Trim(run, self, start: false, end: true));
        prototype.Define("trimLeft", Value.Of(trimStart), PropertyFlags.Hidden);   // annex B.2.2.15 and 16
        prototype.Define("trimRight", Value.Of(trimEnd), PropertyFlags.Hidden);
        Intrinsics.AddMethod(
            prototype, "toLowerCase", 0, static (run, self, _) => Change(run, self, "toLowerCase", LetterCase.Lower));
        Intrinsics.AddMethod(
            prototype, "toUpperCase", 0, static (run, self, _) => Change(run, self, "toUpperCase", LetterCase.Upper));
        Intrinsics.AddMethod(
            prototype, "toLocaleLowerCase", 0, static (run, self, _) => Change(run, self, "toLocaleLowerCase", LetterCase.Lower));
        Intrinsics.AddMethod(
            prototype, "toLocaleUpperCase", 0, static (run, self, _) => Change(run, self, "toLocaleUpperCase", LetterCase.Upper));
        Intrinsics.AddMethod(prototype, "toString", 0, static (run, self, _) => This(run, self));
        Intrinsics.AddMethod(prototype, "valueOf", 0, static (run, self, _) => This(run, self));
        Intrinsics.AddMethod(prototype, Symbol.Iterator, 0, Iterate);
    }

    private static Value This(ScriptRun run, in Value self) =>
        ScriptPrimitive.Unwrap(self) is { IsText: true } inner
            ? inner
            : throw run.TypeError($"{ScriptRun.Describe(self)} is not a string");

    private static Value Iterate(ScriptRun run, Value self, Arguments args)
    {
        run.Allocate(ScriptRun.ObjectBytes);
        return Value.Of(new StringIterator(Receiver.Text(run, self, "[Symbol.iterator]")));
    }

    private static Value At(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "at");
        var at = Conversion.ToInteger(run, args[0]);
        if (at < 0) at += text.Length;
        return at < 0 || at >= text.Length ? Value.Undefined : text.Slice((int)at, 1);
    }

    private static Value CharAt(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "charAt");
        var at = Conversion.ToInteger(run, args[0]);
        return at < 0 || at >= text.Length ? Value.Of("", text.Origin) : text.Slice((int)at, 1);
    }

    private static Value CharCodeAt(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "charCodeAt");
        var at = Conversion.ToInteger(run, args[0]);
        return at < 0 || at >= text.Length ? Value.Of(double.NaN) : text.Derive(text.Clear[(int)at]);
    }

    private static Value CodePointAt(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "codePointAt");
        var at = Conversion.ToInteger(run, args[0]);
        if (at < 0 || at >= text.Length) return Value.Undefined;
        var isPair = at + 1 < text.Length && char.IsSurrogatePair(text.Clear, (int)at);
        return text.Derive(isPair ? char.ConvertToUtf32(text.Clear, (int)at) : text.Clear[(int)at]);
    }

    private static Value Concat(ScriptRun run, Value self, Arguments args)
    {
        var text = new GuardedBuilder(run).Append(Receiver.Text(run, self, "concat"));
        foreach (ref readonly var part in args.All) text.Append(part);
        return text.ToValue();
    }

    private static Value Pad(ScriptRun run, in Value self, Arguments args, bool atStart)
    {
        var text = Receiver.Text(run, self, atStart ? "padStart" : "padEnd");
        var length = Conversion.ToLength(run, args[0]);
        if (length <= text.Length) return text.ToValue();
        var filler = args[1].IsUndefined ? new Text(" ", null, null) : Conversion.ToText(run, args[1]);
        if (filler.Length == 0) return text.ToValue();
        run.ChargeText(length);
        var missing = length - text.Length;
        var padding = new GuardedBuilder(run);
        for (; missing >= filler.Length; missing -= filler.Length) padding.Append(filler);
        padding.Append(Conversion.ToText(run, filler.Slice(0, missing)));
        var whole = new GuardedBuilder(run).From(text.Origin);
        return atStart
            ? whole.Append(padding.ToValue()).Append(text).ToValue()
            : whole.Append(text).Append(padding.ToValue()).ToValue();
    }

    private static Value Repeat(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "repeat");
        var count = Conversion.ToInteger(run, args[0]);
        if (Conversion.IsSensitive(args[0])) throw run.TypeError("`repeat` takes a count that is not sensitive");
        if (count < 0 || double.IsInfinity(count)) throw run.RangeError("`repeat` takes a count from 0 on");
        if (count == 0 || text.Length == 0) return Value.Of("", text.Origin);
        var length = text.Length * count;
        run.ChargeText(length > int.MaxValue ? long.MaxValue / 4 : (long)length);
        if (text.Guard is null)
            return Value.Of(new System.Text.StringBuilder((int)length).Insert(0, text.Clear, (int)count).ToString(), text.Origin);
        var whole = new GuardedBuilder(run);
        for (var i = 0; i < count; i++) whole.Append(text);
        return whole.ToValue();
    }

    private static Value Part(ScriptRun run, in Text text, int start, int length)
    {
        run.ChargeText(length);
        return length <= 0 ? Value.Of("", text.Origin) : text.Slice(start, length);
    }

    private static Value Slice(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "slice");
        var start = Conversion.ToRelativeIndex(run, args[0], text.Length, 0);
        var end = Conversion.ToRelativeIndex(run, args[1], text.Length, text.Length);
        return Part(run, text, start, Math.Max(end - start, 0));
    }

    private static Value Substr(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "substr");
        var start = Conversion.ToRelativeIndex(run, args[0], text.Length, 0);
        var length = args[1].IsUndefined ? text.Length : Conversion.ToInteger(run, args[1]);
        return Part(run, text, start, (int)Math.Clamp(length, 0, text.Length - start));
    }

    private static Value Substring(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "substring");
        var start = (int)Math.Clamp(Conversion.ToInteger(run, args[0]), 0, text.Length);
        var end = args[1].IsUndefined ? text.Length : (int)Math.Clamp(Conversion.ToInteger(run, args[1]), 0, text.Length);
        return Part(run, text, Math.Min(start, end), Math.Abs(end - start));
    }

    private static Value Trim(ScriptRun run, in Value self, bool start, bool end)
    {
        var text = Receiver.Text(run, self, "trim");
        run.Charge(1 + (text.Length >> 4));
        var (from, to) = (0, text.Length);
        while (start && from < to && NumberText.WhiteSpace.Contains(text.Clear[from])) from++;
        while (end && to > from && NumberText.WhiteSpace.Contains(text.Clear[to - 1])) to--;
        return from == 0 && to == text.Length ? text.ToValue() : Part(run, text, from, to - from);
    }

    private static Value Change(ScriptRun run, in Value self, string method, Func<string, string> change)
    {
        var text = Receiver.Text(run, self, method);
        run.ChargeText(text.Length * 2L);
        return text.Derive(change(text.Clear));
    }
}
