using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>
/// <c>Boolean</c> and <c>Symbol</c> (ECMAScript, sections 20.3 and 20.4), and what wraps a primitive in an object.
/// </summary>
internal static class PrimitiveMethods
{
    public static void Install()
    {
        var booleans = Intrinsics.BooleanPrototype;
        Intrinsics.AddConstructor("Boolean", 1, booleans, static (run, _, args) => Value.Of(run.Truthy(args[0]), args[0].Origin),
            static (run, args, target) => Wrap(
                run, target, Intrinsics.BooleanPrototype, Value.Of(run.Truthy(args[0]), args[0].Origin)));
        Intrinsics.AddMethod(
            booleans, "toString", 0, static (run, self, _) => Conversion.ToText(run, Boolean(run, self)).ToValue());
        Intrinsics.AddMethod(booleans, "valueOf", 0, static (run, self, _) => Boolean(run, self));

        var symbols = Intrinsics.SymbolPrototype;
        var symbol = Intrinsics.AddConstructor(
            "Symbol", 0, symbols, MakeSymbol, static (run, _, _) => throw run.TypeError("`Symbol` is not a constructor"));
        foreach (var known in (Symbol[])[Symbol.Iterator, Symbol.ToPrimitive, Symbol.HasInstance, Symbol.ToStringTag])
            Intrinsics.AddConstant(symbol, known.Description!["Symbol.".Length..], ValueOf(known));
        Intrinsics.AddGetter(
            symbols, "description",
            static (run, self, _) => This(run, self).Description is { } text ? Value.Of(text) : Value.Undefined);
        Intrinsics.AddMethod(symbols, "toString", 0, static (run, self, _) => Value.Of(This(run, self).ToString()));
        Intrinsics.AddMethod(symbols, "valueOf", 0, static (run, self, _) => ValueOf(This(run, self)));
        var toPrimitive = new NativeFunction("[Symbol.toPrimitive]", 1, static (run, self, _) => ValueOf(This(run, self)));
        symbols.Define(Symbol.ToPrimitive, Value.Of(toPrimitive), PropertyFlags.Configurable);
        symbols.Define(Symbol.ToStringTag, Value.Of("Symbol"), PropertyFlags.Configurable);
    }

    /// <summary>What <c>new String</c> and its like make.</summary>
    public static Value Wrap(ScriptRun run, ScriptFunction newTarget, ScriptObject prototype, in Value value)
    {
        run.RequireKnown(value);
        run.Allocate(ScriptRun.ObjectBytes);
        return Value.Of(new ScriptPrimitive(ScriptFunction.PrototypeFor(run, newTarget, prototype), value));
    }

    private static Value ValueOf(Symbol symbol) => new(symbol, double.NaN, null);

    private static Symbol This(ScriptRun run, in Value self) =>
        ScriptPrimitive.Unwrap(self).Reference as Symbol ?? throw run.TypeError($"{ScriptRun.Describe(self)} is not a symbol");

    private static Value Boolean(ScriptRun run, in Value self) =>
        ScriptPrimitive.Unwrap(self) is { IsBoolean: true } inner
            ? inner
            : throw run.TypeError($"{ScriptRun.Describe(self)} is not a boolean");

    private static Value MakeSymbol(ScriptRun run, Value self, Arguments args)
    {
        run.Allocate(ScriptRun.ObjectBytes);
        if (args[0].IsUndefined) return ValueOf(new Symbol(null));
        var description = Conversion.ToText(run, args[0]);
        return description.Guard is null
            ? ValueOf(new Symbol(description.Clear))
            : throw run.TypeError("a symbol cannot be described by sensitive text");
    }
}
