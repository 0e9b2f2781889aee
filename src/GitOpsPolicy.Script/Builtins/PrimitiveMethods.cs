using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary><c>Boolean</c> and <c>Symbol</c> (ECMAScript, sections 20.3 and 20.4). There are no wrapper objects.</summary>
internal static class PrimitiveMethods
{
    public static void Install()
    {
        var booleans = Intrinsics.BooleanPrototype;
        Intrinsics.AddConstructor("Boolean", 1, booleans, static (run, _, args) => Value.Of(run.Truthy(args[0]), args[0].Origin), NoWrapper);
        Intrinsics.AddMethod(booleans, "toString", 0, static (run, self, _) => Conversion.ToText(run, Boolean(run, self)).ToValue());
        Intrinsics.AddMethod(booleans, "valueOf", 0, static (run, self, _) => Boolean(run, self));

        var symbols = Intrinsics.SymbolPrototype;
        var symbol = Intrinsics.AddConstructor("Symbol", 0, symbols, MakeSymbol, static (run, _, _) => throw run.TypeError("`Symbol` is not a constructor"));
        foreach (var known in (Symbol[])[Symbol.Iterator, Symbol.ToPrimitive, Symbol.HasInstance, Symbol.ToStringTag])
            Intrinsics.AddConstant(symbol, known.Description!["Symbol.".Length..], ValueOf(known));
        Intrinsics.AddGetter(symbols, "description", static (run, self, _) => This(run, self).Description is { } text ? Value.Of(text) : Value.Undefined);
        Intrinsics.AddMethod(symbols, "toString", 0, static (run, self, _) => Value.Of(This(run, self).ToString()));
        Intrinsics.AddMethod(symbols, "valueOf", 0, static (run, self, _) => ValueOf(This(run, self)));
        Intrinsics.AddMethod(symbols, Symbol.ToPrimitive, 1, static (run, self, _) => ValueOf(This(run, self)));
        symbols.Define(Symbol.ToStringTag, Value.Of("Symbol"), PropertyFlags.Configurable);
    }

    /// <summary><c>new String</c> and its like are refused: a wrapper is never what a rule means.</summary>
    public static Value NoWrapper(ScriptRun run, Arguments args, ScriptFunction newTarget) =>
        throw run.Unsupported($"`new {newTarget.InitialName}` makes a wrapper object, call `{newTarget.InitialName}(…)` without `new`");

    private static Value ValueOf(Symbol symbol) => new(symbol, double.NaN, null);

    private static Symbol This(ScriptRun run, in Value self) =>
        self.Reference as Symbol ?? throw run.TypeError($"{ScriptRun.Describe(self)} is not a symbol");

    private static Value Boolean(ScriptRun run, in Value self) => self.IsBoolean ? self : throw run.TypeError($"{ScriptRun.Describe(self)} is not a boolean");

    private static Value MakeSymbol(ScriptRun run, Value self, Arguments args)
    {
        run.Allocate(ScriptRun.ObjectBytes);
        if (args[0].IsUndefined) return ValueOf(new Symbol(null));
        var description = Conversion.ToText(run, args[0]);
        return description.Guard is null ? ValueOf(new Symbol(description.Clear)) : throw run.TypeError("a symbol cannot be described by sensitive text");
    }
}
