using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary><c>Function.prototype</c> (ECMAScript, section 20.2.3). Functions cannot be made from text.</summary>
internal static class FunctionMethods
{
    public static void Install()
    {
        var prototype = Intrinsics.FunctionPrototype;
        var constructor = new NativeFunction(
            "Function", 1, static (run, _, _) => throw NoEval(run), static (run, _, _) => throw NoEval(run), prototype);
        prototype.Define("constructor", Value.Of(constructor), PropertyFlags.Hidden);
        prototype.Define("name", Value.Of(""), PropertyFlags.Configurable);
        prototype.Define("length", Value.Of(0), PropertyFlags.Configurable);
        var thrower = new NativeFunction(
            "", 0, static (run, _, _) => throw run.TypeError("strict code knows neither its caller nor its arguments"));
        foreach (var name in (string[])["caller", "arguments"])
            prototype.DefineOwn(null, name, new Property(new Accessor(thrower, thrower), PropertyFlags.Configurable));
        Intrinsics.AddMethod(prototype, "apply", 2, Apply);
        Intrinsics.AddMethod(prototype, "bind", 1, Bind);
        Intrinsics.AddMethod(
            prototype, "call", 1,
            static (run, self, args) => run.Call(This(run, self), args[0], args.Count > 0 ? args.All[1..] : []));
        Intrinsics.AddMethod(prototype, "toString", 0, ToText);
        var hasInstance = new NativeFunction(
            "[Symbol.hasInstance]", 1, static (run, self, args) => Value.Of(HasInstance(run, self, args[0])));
        prototype.Define(Symbol.HasInstance, Value.Of(hasInstance), PropertyFlags.None);
    }

    /// <summary>What generator functions have in common (section 27.3). They cannot be made from text either.</summary>
    public static void InstallGenerators()
    {
        var (functions, generators) = (Intrinsics.GeneratorFunctionPrototype, Intrinsics.GeneratorPrototype);
        var constructor = new NativeFunction(
            "GeneratorFunction", 1, static (run, _, _) => throw NoEval(run), static (run, _, _) => throw NoEval(run), functions);
        functions.Define("constructor", Value.Of(constructor), PropertyFlags.Configurable);
        functions.Define("prototype", Value.Of(generators), PropertyFlags.Configurable);
        functions.Define(Symbol.ToStringTag, Value.Of("GeneratorFunction"), PropertyFlags.Configurable);
        generators.Define("constructor", Value.Of(functions), PropertyFlags.Configurable);
    }

    /// <summary>What <c>instanceof</c> asks of an ordinary function (OrdinaryHasInstance).</summary>
    public static bool HasInstance(ScriptRun run, in Value function, in Value value)
    {
        run.RequireKnown(value);
        if (function.Reference is BoundFunction bound) return HasInstance(run, Value.Of(bound.Target), value);
        if (!function.IsFunction || !value.IsObject) return false;
        var prototype = Objects.Get(run, function, "prototype");
        if (!prototype.IsObject) throw run.TypeError("the function has no `prototype` object to ask `instanceof`");
        for (var at = Objects.PrototypeOf(value); at is not null; at = at.Prototype)
        {
            run.Charge(1);
            if (ReferenceEquals(at, prototype.Reference)) return true;
        }

        return false;
    }

    private static ScriptThrow NoEval(ScriptRun run) =>
        run.Unsupported("functions cannot be made from text, write the function in the rule");

    private static Value This(ScriptRun run, in Value self) => Receiver.Function(run, self);

    private static Value Apply(ScriptRun run, Value self, Arguments args)
    {
        var function = This(run, self);
        if (args[1].IsNullish) return run.Call(function, args[0]);
        if (!args[1].IsObject) throw run.TypeError($"`apply` takes an array of arguments, not {ScriptRun.Describe(args[1])}");
        var count = Objects.LengthOf(run, args[1]);
        run.Charge(count);
        run.Allocate((long)count * ScriptRun.ElementBytes);
        var list = new Value[count];
        for (var i = 0; i < count; i++) list[i] = Objects.GetIndex(run, args[1], i);
        return run.Call(function, args[0], list);
    }

    private static Value Bind(ScriptRun run, Value self, Arguments args)
    {
        var target = (ScriptFunction)This(run, self).Reference!;
        var bound = args.Count > 1 ? args.All[1..].ToArray() : [];
        run.Allocate(ScriptRun.ObjectBytes + (bound.Length * (long)ScriptRun.ElementBytes));
        var length = LengthOf(run, target, self) is var own and > 0 ? Math.Max(own - bound.Length, 0) : 0;
        var name = Objects.Get(run, self, "name");
        if (name.IsText) run.ChargeText(Conversion.ToText(run, name).Length);
        var function = new BoundFunction(
            target, args[0], bound, "bound " + (name.TryGetText(out var text) ? text : ""), (int)Math.Min(length, int.MaxValue));
        if (length > int.MaxValue) function.Define("length", Value.Of(length), PropertyFlags.Configurable);
        return Value.Of(function);
    }

    // ECMAScript, section 20.2.3.2: only a length of its own that is a number counts.
    private static double LengthOf(ScriptRun run, ScriptFunction target, in Value self)
    {
        if (!target.TryGetOwn("length", out _)) return 0;
        var length = Objects.Get(run, self, "length");
        return length.IsNumber ? Conversion.ToInteger(run, length) : 0;
    }

    private static Value ToText(ScriptRun run, Value self, Arguments args)
    {
        var function = (ScriptFunction)This(run, self).Reference!;
        var text = function.SourceText;
        run.ChargeText(text.Length);
        return Value.Of(text);
    }
}
