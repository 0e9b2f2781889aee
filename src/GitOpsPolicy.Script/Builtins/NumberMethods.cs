using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary><c>Number</c>, <c>parseInt</c> and <c>parseFloat</c> (ECMAScript, sections 21.1 and 19.2).</summary>
internal static class NumberMethods
{
    /// <summary>Steps for digits that are computed in integers of any size.</summary>
    private const int ExactDigits = 100;

    public static void Install()
    {
        var constructor = Intrinsics.AddConstructor(
            "Number", 1, Intrinsics.NumberPrototype, static (run, _, args) => Make(run, args),
                static (run, args, target) => PrimitiveMethods.Wrap(run, target, Intrinsics.NumberPrototype, Make(run, args)));
        AddConstants(constructor);
        Intrinsics.AddMethod(
            constructor, "isFinite", 1,
            static (run, _, args) => Value.Of(IsNumber(run, args[0]) && double.IsFinite(args[0].Number)));
        Intrinsics.AddMethod(
            constructor, "isInteger", 1, static (run, _, args) => Value.Of(IsNumber(run, args[0]) && IsInteger(args[0].Number)));
        Intrinsics.AddMethod(
            constructor, "isNaN", 1, static (run, _, args) => Value.Of(IsNumber(run, args[0]) && double.IsNaN(args[0].Number)));
        Intrinsics.AddMethod(constructor, "isSafeInteger", 1, static (run, _, args) =>
            Value.Of(IsNumber(run, args[0]) && IsInteger(args[0].Number) && Math.Abs(args[0].Number) <= 9007199254740991));
        foreach (var (name, length, code) in ((string, int, NativeCode)[])[
            ("parseInt", 2, ParseInteger),
            ("parseFloat", 1, ParseDecimal)
        ])
            Intrinsics.AddGlobal(name, Value.Of(Intrinsics.AddMethod(constructor, name, length, code)));
        AddPrototypeMethods(Intrinsics.NumberPrototype);
    }

    private static void AddConstants(ScriptObject constructor)
    {
        Intrinsics.AddConstant(constructor, "EPSILON", Value.Of(Math.BitIncrement(1.0) - 1));
        Intrinsics.AddConstant(constructor, "MAX_SAFE_INTEGER", Value.Of(9007199254740991));
        Intrinsics.AddConstant(constructor, "MAX_VALUE", Value.Of(double.MaxValue));
        Intrinsics.AddConstant(constructor, "MIN_SAFE_INTEGER", Value.Of(-9007199254740991));
        Intrinsics.AddConstant(constructor, "MIN_VALUE", Value.Of(double.Epsilon));
        Intrinsics.AddConstant(constructor, "NaN", Value.Of(double.NaN));
        Intrinsics.AddConstant(constructor, "NEGATIVE_INFINITY", Value.Of(double.NegativeInfinity));
        Intrinsics.AddConstant(constructor, "POSITIVE_INFINITY", Value.Of(double.PositiveInfinity));
    }

    private static void AddPrototypeMethods(ScriptObject prototype)
    {
        Intrinsics.AddMethod(prototype, "toExponential", 1, Receiver.Picking(ToExponential));
        Intrinsics.AddMethod(prototype, "toFixed", 1, Receiver.Picking(ToFixed));
        Intrinsics.AddMethod(prototype, "toLocaleString", 0, static (run, _, _) =>
            throw run.Unsupported("`toLocaleString` depends on the machine, use `toString` or `toFixed`"));
        Intrinsics.AddMethod(prototype, "toPrecision", 1, Receiver.Picking(ToPrecision));
        Intrinsics.AddMethod(prototype, "toString", 1, Receiver.Picking(ToText));
        Intrinsics.AddMethod(prototype, "valueOf", 0, static (run, self, _) => Number(run, self));
    }

    private static bool IsNumber(ScriptRun run, in Value value)
    {
        run.RequireKnown(value);
        return value.IsNumber;
    }

    private static bool IsInteger(double number) => double.IsFinite(number) && Math.Floor(number) == number;

    private static Value Make(ScriptRun run, Arguments args) => args switch
    {
        { Count: 0 } => Value.Of(0),
        _ when args[0].IsUnknown => GuardedText.UnknownFrom(args[0]),
        _ => Conversion.ToNumeric(run, args[0]),
    };

    private static Value ParseInteger(ScriptRun run, Value self, Arguments args)
    {
        if (args[0].IsUnknown) return GuardedText.UnknownFrom(args[0]);
        var text = Conversion.ToText(run, args[0]);
        var radix = Conversion.ToInt32(Conversion.ToNumber(run, args[1]));
        run.Charge(1 + (text.Length >> 2));
        return text.Derive(radix is 0 or (>= 2 and <= 36) ? NumberParsing.Integer(text.Clear, radix) : double.NaN);
    }

    private static Value ParseDecimal(ScriptRun run, Value self, Arguments args)
    {
        if (args[0].IsUnknown) return GuardedText.UnknownFrom(args[0]);
        var text = Conversion.ToText(run, args[0]);
        run.Charge(1 + (text.Length >> 2));
        return text.Derive(NumberParsing.Decimal(text.Clear));
    }

    private static Value Number(ScriptRun run, in Value self) =>
        ScriptPrimitive.Unwrap(self) is { IsNumber: true } inner
            ? inner
            : throw run.TypeError($"{ScriptRun.Describe(self)} is not a number");

    /// <summary>A number as text: sensitive when the number is.</summary>
    private static Value Write(ScriptRun run, in Value number, string text)
    {
        run.ChargeText(text.Length);
        return Conversion.IsSensitive(number) ? Value.Of(GuardedText.Secret(text), number.Origin) : Value.Of(text, number.Origin);
    }

    private static int Digits(ScriptRun run, in Value argument, int least, string method)
    {
        var digits = Conversion.ToInteger(run, argument);
        return digits >= least && digits <= 100 ? (int)digits : throw run.RangeError($"`{method}` takes {least} to 100 digits");
    }

    private static Value ToText(ScriptRun run, Value self, Arguments args)
    {
        var number = Number(run, self);
        var radix = args[0].IsUndefined ? 10 : Conversion.ToInteger(run, args[0]);
        if (radix is < 2 or > 36) throw run.RangeError("`toString` takes a radix from 2 to 36");
        run.Charge(radix == 10 ? 2 : 100);
        return Write(run, number, radix == 10 || !double.IsFinite(number.Number)
            ? NumberText.Format(number.Number) : NumberFormatting.Radix(number.Number, (int)radix));
    }

    private static Value ToFixed(ScriptRun run, Value self, Arguments args)
    {
        var number = Number(run, self);
        var digits = Digits(run, args[0], 0, "toFixed");
        run.Charge(ExactDigits);
        return Write(
            run, number,
            Math.Abs(number.Number) < 1e21 ? NumberFormatting.Fixed(number.Number, digits) : NumberText.Format(number.Number));
    }

    private static Value ToExponential(ScriptRun run, Value self, Arguments args)
    {
        var number = Number(run, self);
        var wanted = args[0].IsUndefined ? -1 : Conversion.ToInteger(run, args[0]);
        if (!double.IsFinite(number.Number)) return Write(run, number, NumberText.Format(number.Number));
        run.Charge(ExactDigits);
        return Write(
            run, number,
            NumberFormatting.Exponential(
                number.Number, wanted == -1 && args[0].IsUndefined ? -1 : Digits(run, args[0], 0, "toExponential")));
    }

    private static Value ToPrecision(ScriptRun run, Value self, Arguments args)
    {
        var number = Number(run, self);
        if (args[0].IsUndefined) return Write(run, number, NumberText.Format(number.Number));
        Conversion.ToInteger(run, args[0]);
        if (!double.IsFinite(number.Number)) return Write(run, number, NumberText.Format(number.Number));
        run.Charge(ExactDigits);
        return Write(run, number, NumberFormatting.Precision(number.Number, Digits(run, args[0], 1, "toPrecision")));
    }
}
