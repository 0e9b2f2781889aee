namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// What <c>arguments</c> is in strict code: an object like an array (ECMAScript, CreateUnmappedArgumentsObject).
/// </summary>
internal sealed class ScriptArguments : ScriptObject
{
    internal override string ClassName => "Arguments";

    public static Value Of(ScriptRun run, ReadOnlySpan<Value> arguments)
    {
        run.Allocate(ScriptRun.ObjectBytes + ((arguments.Length + 3) * (long)ScriptRun.PropertyBytes));
        var made = new ScriptArguments();
        made.Define("length", Value.Of(arguments.Length), PropertyFlags.Hidden);
        for (var i = 0; i < arguments.Length; i++) made.Define(PropertyKey.OfIndex(i), arguments[i]);
        Intrinsics.ArrayPrototype.TryGetOwn("values", out var values);
        made.Define(Symbol.Iterator, values.Value, PropertyFlags.Hidden);
        made.DefineOwn(null, "callee", new Property(Thrower, PropertyFlags.None));
        return Value.Of(made);
    }

    private static readonly Accessor Thrower = MakeThrower();

    private static Accessor MakeThrower()
    {
        var function = new NativeFunction("", 0, static (run, _, _) => throw run.TypeError("`callee` is not for strict code"));
        function.Freeze();
        return new Accessor(function, function);
    }
}
