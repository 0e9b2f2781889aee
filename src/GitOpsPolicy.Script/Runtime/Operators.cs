using System.Runtime.CompilerServices;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>Yes, no, or not known yet.</summary>
internal enum Truth : byte
{
    False,
    True,
    Unknown,
}

/// <summary>
/// The language's operators, with what they do to values that are unknown (the result is unknown), sensitive (numbers and text
/// stay so; comparisons give plain answers) and to provenance (the first operand that has one).
/// </summary>
internal static class Operators
{
    /// <summary><c>a + b</c>.</summary>
    public static Value Add(ScriptRun run, in Value left, in Value right)
    {
        var a = Conversion.ToPrimitive(run, left, PrimitiveHint.Default);
        var b = Conversion.ToPrimitive(run, right, PrimitiveHint.Default);
        if (a.IsText || b.IsText) return Concatenate(run, a, b);
        return Arithmetic(run, ArithmeticKind.Add, a, b);
    }

    /// <summary>Joins two values that are no objects into text.</summary>
    public static Value Concatenate(ScriptRun run, in Value a, in Value b)
    {
        if (a.Reference is string x && b.Reference is string y)
        {
            run.ChargeText((long)x.Length + y.Length);
            return Value.Of(x.Length == 0 ? y : y.Length == 0 ? x : string.Concat(x, y), a.Source ?? b.Source);
        }

        return new GuardedBuilder(run).Append(a).Append(b).From(a.Origin ?? b.Origin).ToValue();
    }

    /// <summary>An arithmetic or bit operator on values that are not both plain numbers.</summary>
    public static Value Arithmetic(ScriptRun run, ArithmeticKind kind, in Value left, in Value right)
    {
        var a = Conversion.ToPrimitive(run, left, PrimitiveHint.Number);
        var x = a.IsUnknown ? a : Conversion.ToNumeric(run, a);
        var b = Conversion.ToPrimitive(run, right, PrimitiveHint.Number);
        var y = b.IsUnknown ? b : Conversion.ToNumeric(run, b);
        if (x.IsUnknown || y.IsUnknown) return GuardedText.UnknownFrom(x, y);
        var isSensitive = Conversion.IsSensitive(x) || Conversion.IsSensitive(y);
        return Conversion.Number(Compute(kind, x.Number, y.Number), isSensitive, x.Origin ?? y.Origin);
    }

    /// <summary>An arithmetic or bit operator on plain numbers.</summary>
    public static double Compute(ArithmeticKind kind, double a, double b) => kind switch
    {
        ArithmeticKind.Add => a + b,
        ArithmeticKind.Subtract => a - b,
        ArithmeticKind.Multiply => a * b,
        ArithmeticKind.Divide => a / b,
        ArithmeticKind.Remainder => a % b,
        ArithmeticKind.Power => Power(a, b),
        ArithmeticKind.ShiftLeft => Conversion.ToInt32(a) << (Conversion.ToInt32(b) & 31),
        ArithmeticKind.ShiftRight => Conversion.ToInt32(a) >> (Conversion.ToInt32(b) & 31),
        ArithmeticKind.ShiftRightUnsigned => Conversion.ToUint32(a) >> (Conversion.ToInt32(b) & 31),
        ArithmeticKind.BitwiseAnd => Conversion.ToInt32(a) & Conversion.ToInt32(b),
        ArithmeticKind.BitwiseOr => Conversion.ToInt32(a) | Conversion.ToInt32(b),
        _ => Conversion.ToInt32(a) ^ Conversion.ToInt32(b),
    };

    /// <summary>Number::exponentiate: a NaN exponent, or one to an infinite power, is NaN, unlike in IEEE 754.</summary>
    public static double Power(double a, double b) =>
        double.IsNaN(b) || (double.IsInfinity(b) && Math.Abs(a) == 1) ? double.NaN : Math.Pow(a, b);

    /// <summary>A unary arithmetic operator on any value.</summary>
    public static Value Unary(ScriptRun run, UnaryKind kind, in Value operand)
    {
        var primitive = Conversion.ToPrimitive(run, operand, PrimitiveHint.Number);
        if (primitive.IsUnknown) return GuardedText.UnknownFrom(primitive);
        var number = Conversion.ToNumeric(run, primitive);
        return new Value(number.Reference, Compute(kind, number.Number), number.Origin);
    }

    /// <summary>A unary arithmetic operator on a plain number.</summary>
    public static double Compute(UnaryKind kind, double number) => kind switch
    {
        UnaryKind.Minus => -number,
        UnaryKind.Not => ~Conversion.ToInt32(number),
        UnaryKind.Increment => number + 1,
        UnaryKind.Decrement => number - 1,
        _ => number,
    };

    /// <summary><c>===</c> of values that may be unknown.</summary>
    public static Truth StrictEquals(ScriptRun run, in Value a, in Value b)
    {
        if (a.Reference is string { Length: >= 64 } x && b.Reference is string y && x.Length == y.Length)
            run.ChargeScan(x.Length);
        if (!a.IsUnknown && !b.IsUnknown) return Of(Equality.Strict(a, b));
        return IsSurelyDifferent(a, b) ? Truth.False : Truth.Unknown;
    }

    /// <summary><c>==</c> of values that may be unknown.</summary>
    public static Truth LooseEquals(ScriptRun run, in Value a, in Value b) =>
        a.IsUnknown || b.IsUnknown ? Truth.Unknown : Of(Equality.Loose(run, a, b));

    /// <summary><c>&lt;</c> and its kin, on values that may be unknown.</summary>
    public static Truth Compare(ScriptRun run, ComparisonKind kind, in Value left, in Value right)
    {
        var a = Conversion.ToPrimitive(run, left, PrimitiveHint.Number);
        var b = Conversion.ToPrimitive(run, right, PrimitiveHint.Number);
        if (a.IsUnknown || b.IsUnknown) return Truth.Unknown;
        if (a.IsText && b.IsText)
        {
            var (x, y) = (Conversion.ToText(run, a).Clear, Conversion.ToText(run, b).Clear);
            run.ChargeScan(Math.Min(x.Length, y.Length));
            return Of(Compare(kind, string.CompareOrdinal(x, y), 0));
        }

        var number = Conversion.ToNumber(run, a);
        return Of(Compare(kind, number, Conversion.ToNumber(run, b)));
    }

    /// <summary>A comparison of plain numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Compare(ComparisonKind kind, double a, double b) => kind switch
    {
        ComparisonKind.Less => a < b,
        ComparisonKind.LessOrEqual => a <= b,
        ComparisonKind.Greater => a > b,
        _ => a >= b,
    };

    /// <summary><c>typeof</c>; unknown for an unknown.</summary>
    public static Value TypeOf(in Value value) =>
        value.IsUnknown ? GuardedText.UnknownFrom(value) : Value.Of(Conversion.TypeOf(value), value.Origin);

    /// <summary><c>key in target</c>.</summary>
    public static bool In(ScriptRun run, in Value key, in Value target)
    {
        run.RequireKnown(target);
        if (!target.IsObject) throw run.TypeError($"the right side of `in` is {ScriptRun.Describe(target)}, not an object");
        run.RequireKnown(key);
        return Objects.Has(run, target, Conversion.ToKey(run, key));
    }

    /// <summary><c>value instanceof target</c>.</summary>
    public static bool InstanceOf(ScriptRun run, in Value value, in Value target)
    {
        run.RequireKnown(value);
        run.RequireKnown(target);
        if (!target.IsObject) throw run.TypeError("the right side of `instanceof` is not an object");
        if (Objects.GetMethod(run, target, Symbol.HasInstance) is { } method && !Intrinsics.IsIntrinsic(method))
            return run.Truthy(run.Call(Value.Of(method), target, value));
        return target.Reference is ScriptFunction function
            ? OrdinaryHasInstance(run, function, value)
            : throw run.TypeError("the right side of `instanceof` is not callable");
    }

    /// <summary>ECMAScript, OrdinaryHasInstance.</summary>
    public static bool OrdinaryHasInstance(ScriptRun run, ScriptFunction function, in Value value)
    {
        if (function is BoundFunction bound) return InstanceOf(run, value, Value.Of(bound.Target));
        if (!value.IsObject) return false;
        if (function.Get(run, "prototype", Value.Of(function)).Reference is not ScriptObject prototype)
            throw run.TypeError("the right side of `instanceof` has no prototype object");
        for (var at = Objects.PrototypeOf(value); at is not null; at = at.Prototype)
        {
            run.Charge(1);
            if (ReferenceEquals(at, prototype)) return true;
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Truth Of(bool answer) => answer ? Truth.True : Truth.False;

    // What a plan does not know yet is a scalar, list or map of the document: never undefined, a function or an object of the
    // rule's.
    private static bool IsSurelyDifferent(in Value a, in Value b) =>
        a.IsUndefined || b.IsUndefined || a.Reference is Symbol or ScriptFunction || b.Reference is Symbol or ScriptFunction;

}

internal enum ArithmeticKind : byte
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    ShiftLeft,
    ShiftRight,
    ShiftRightUnsigned,
    BitwiseAnd,
    BitwiseOr,
    BitwiseXor,
}

internal enum UnaryKind : byte
{
    Plus,
    Minus,
    Not,
    Increment,
    Decrement,
}

internal enum ComparisonKind : byte
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
