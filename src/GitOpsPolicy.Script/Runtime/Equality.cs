using System.Runtime.CompilerServices;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// The language's notions of being equal (ECMAScript, section 7.2). Operands must be known. Sensitive values compare by what
/// they hold; views of a document are the same object when they are the same node.
/// </summary>
internal static class Equality
{
    /// <summary><c>===</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Strict(in Value a, in Value b)
    {
        if (a.Reference is null && b.Reference is null) return a.Number == b.Number;
        if (a.Reference is string x && b.Reference is string y) return ReferenceEquals(x, y) || x == y;
        return StrictSlow(a, b);
    }

    /// <summary><c>==</c>.</summary>
    public static bool Loose(ScriptRun run, in Value a, in Value b)
    {
        if (a.IsNullish || b.IsNullish) return a.IsNullish && b.IsNullish;
        if (a.IsObject && b.IsObject) return ReferenceEquals(a.Reference, b.Reference);
        if (a.IsObject) return Loose(run, Conversion.ToPrimitive(run, a, PrimitiveHint.Default), b);
        if (b.IsObject) return Loose(run, a, Conversion.ToPrimitive(run, b, PrimitiveHint.Default));
        if (a.IsUnknown || b.IsUnknown) throw run.Undetermined(a, b);
        if (a.IsText && b.IsText)
        {
            run.ChargeScan(Conversion.ToText(run, a).Length);
            return Strict(a, b);
        }

        if (a.Reference is Symbol || b.Reference is Symbol) return ReferenceEquals(a.Reference, b.Reference);
        return Conversion.ToNumber(run, a) == Conversion.ToNumber(run, b);
    }

    /// <summary>SameValue: as <c>===</c>, but NaN is itself and zeros differ by sign.</summary>
    public static bool SameValue(in Value a, in Value b) => a.IsNumber && b.IsNumber
        ? a.Number.Equals(b.Number) && (a.Number != 0 || double.IsNegative(a.Number) == double.IsNegative(b.Number))
        : Strict(a, b);

    /// <summary>SameValueZero: as <c>===</c>, but NaN is itself. What <c>includes</c>, <c>Map</c> and <c>Set</c> use.</summary>
    public static bool SameValueZero(in Value a, in Value b) =>
        a.IsNumber && b.IsNumber ? a.Number.Equals(b.Number) : Strict(a, b);

    private static bool StrictSlow(in Value a, in Value b)
    {
        if (ReferenceEquals(a.Reference, b.Reference))
            return !ReferenceEquals(a.Reference, Tag.SensitiveNumber) || a.Number == b.Number;
        if (a.IsNumber) return b.IsNumber && a.Number == b.Number;
        return ClearText(a) is { } text && text == ClearText(b);
    }

    private static string? ClearText(in Value value) => value.Reference as string ?? (value.Reference as GuardedText)?.Text;
}
